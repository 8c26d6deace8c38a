#include "json/writer.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "../property.h"
#include "base/text.h"

namespace dpc {
namespace {

// How PrettyJson was written before there was a writer.
std::string ByLibrary(const Json& value) {
  return PrintableJson(value.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

std::string ByWriter(std::string_view text) {
  std::string out;
  AppendJsonText(out, text);
  return out + "\n";
}

TEST_CASE("a text is written as the library writes it, whatever bytes it has") {
  for (const std::string text : {"", "plain", "a:b", "section_start:x", "SECTION_END:", "t:", "##[error]", "##vso[x]",
                                 "#", "##", "a\"b\\c/", "\n\t\r\b\f\v\x01\x7F", "\xC3\xA9", "\xC2\xA0", "\xE2\x80\xAE",
                                 "\xF3\xA0\x81\x81", "\xFF", "\xC3", "a\xE2\x82"}) {
    CHECK(ByWriter(text) == ByLibrary(Json(text)));
  }
  CHECK(Holds(500, 100, [] {
    const std::string text = *rc::gen::oneOf(TextOf("ab#[:tT_", 12), Bytes(12));
    RC_ASSERT(ByWriter(text) == ByLibrary(Json(text)));
  }));
}

// Any value, three deep.
Json AnyValue(int depth) {
  const auto text = [] { return *rc::gen::oneOf(TextOf("ab\"\\#[:\n", 6), Bytes(4)); };
  switch (*rc::gen::inRange(0, depth == 0 ? 4 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(), rc::gen::just<std::int64_t>(0));
    case 3:
      return text();
    case 4: {
      Json list = Json::array();
      for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
        list.push_back(AnyValue(depth - 1));
      }
      return list;
    }
    default:
      break;
  }
  Json object = Json::object();
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    object[text()] = AnyValue(depth - 1);
  }
  return object;
}

TEST_CASE("a value is written as the library writes it") {
  CHECK(PrettyJson(Json::array()) == "[]\n");
  CHECK(PrettyJson(Json(1.5)) == ByLibrary(Json(1.5)));
  CHECK(Holds(500, 100, [] {
    const Json value = AnyValue(3);
    RC_ASSERT(PrettyJson(value) == ByLibrary(value));
  }));
}

TEST_CASE("what was written for a place stands there as if it had been written in one go") {
  const Json inner = Json{{"x", Json::array({1, Json::object()})}, {"y", "##[group]"}};
  JsonWriter body(2);
  body.Value(inner);
  JsonWriter out;
  out.BeginObject();
  out.Key("a");
  out.BeginArray();
  out.Number(7);
  out.Written(body.Take());
  out.EndArray();
  out.EndObject();
  CHECK(out.Take() + "\n" == PrettyJson(Json{{"a", Json::array({7, inner})}}));
}

}  // namespace
}  // namespace dpc
