#include "json/tree.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "../property.h"
#include "json/json.h"

namespace dpc {
namespace {

// What the tree holds, as the library's value; numbers and words are null. As deep as the tests' texts.
Json ValueOf(const JsonNode& node) {
  if (node.IsText()) {
    return std::string(node.text());
  }
  if (!node.IsObject() && !node.IsArray()) {
    return nullptr;
  }
  Json out = node.IsObject() ? Json::object() : Json::array();
  for (const JsonNode& item : node.Items()) {
    out.push_back(ValueOf(item));
  }
  for (const auto& [key, value] : node.Members()) {
    CHECK(node.Find(key).has_value());
    out[std::string(key)] = ValueOf(value);
  }
  return out;
}

Json WithoutScalars(const Json& value) {
  if (value.is_string()) {
    return value;
  }
  if (!value.is_structured()) {
    return nullptr;
  }
  Json out = value.is_object() ? Json::object() : Json::array();
  for (const auto& [key, item] : value.items()) {
    value.is_object() ? void(out[key] = WithoutScalars(item)) : out.push_back(WithoutScalars(item));
  }
  return out;
}

// The library writes some of them otherwise than they were.
bool HasNumber(const Json& value) {
  return value.is_number() || (value.is_structured() && std::any_of(value.begin(), value.end(), HasNumber));
}

// Both readers take it, with one meaning and size, or neither does.
bool Agree(const std::string& text) {
  const auto tree = JsonTree::Read(text);
  const auto value = ParseForeignJson(text);
  if (!tree || !value) {
    return !tree && !value;
  }
  return ValueOf(tree->root()) == WithoutScalars(*value) &&
         (HasNumber(*value) || tree->compact_bytes() == CompactJson(*value).size());
}

TEST_CASE("texts are taken and refused as by the library") {
  for (const std::string text : {"",
                                 " ",
                                 "{}",
                                 "[]",
                                 " [ ] ",
                                 "{\"a\":1}",
                                 "{\"a\":1,\"a\":2}",
                                 "{\"a\":{\"a\":1}}",
                                 "{\"a\":1,}",
                                 "[1,]",
                                 "[,1]",
                                 "{,}",
                                 "[1 2]",
                                 "{\"a\" 1}",
                                 "{a:1}",
                                 "01",
                                 "-",
                                 "-0",
                                 "1.",
                                 "1.5",
                                 "1e",
                                 "1e+",
                                 "1e+5",
                                 ".5",
                                 "true",
                                 "tru",
                                 "truex",
                                 "null",
                                 "\"a",
                                 "\"\\x\"",
                                 "\"\\u12\"",
                                 "\"\\u00e9\"",
                                 "\"\\uD800\"",
                                 "\"\\uDC00\"",
                                 "\"\\uD83D\\uDE00\"",
                                 "\"\\uD83D\\u0041\"",
                                 "\"\t\"",
                                 "\"\xFF\"",
                                 "\"\xC3\xA9\"",
                                 "\"\xED\xA0\x80\"",
                                 "\xEF\xBB\xBF{}",
                                 "{} {}",
                                 "{}x",
                                 "[[]",
                                 "[]]",
                                 "{\"a\":[}",
                                 "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                                 "{\"\\u0061\":1,\"a\":2}",
                                 "[\"a\\u0000b\"]",
                                 "\x0C[]"}) {
    INFO(text);
    CHECK(Agree(text));
  }
}

TEST_CASE("depth and keys are limited as by ParseForeignJson") {
  for (const std::size_t depth : {63, 64, 65, 66}) {
    CHECK(Agree(std::string(depth, '[') + std::string(depth, ']')));
    CHECK(Agree(std::string(depth, '[') + "1" + std::string(depth, ']')));
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i) {
      objects += "{\"a\":";
    }
    CHECK(Agree(objects + "1" + std::string(depth, '}')));
  }
  for (const int keys : {9, 10000, 10001}) {
    std::string text = "{";
    for (int i = 0; i < keys; ++i) {
      text += "\"" + std::to_string(i) + "\":0,";
    }
    text.back() = '}';
    CHECK(Agree(text));
    text.back() = ',';
    CHECK(Agree(text + "\"7\":0}"));
  }
}

TEST_CASE("texts that are nearly JSON are taken and refused as by the library") {
  CHECK(Holds(2000, 100, [] {
    std::string text = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"],
      "Resource": "a\u00e9\n", "Condition": {"StringLike": {"s3:prefix": ["x/*", ""], "n": 15}}}, true, null]})";
    if (*rc::gen::arbitrary<bool>()) {
      text.replace(text.find("15"), 2, "[]");
    }
    for (int changes = *rc::gen::inRange(0, 4); changes > 0; --changes) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      const char c = *rc::gen::elementOf(std::string("{}[]\":,\\u0ae-.9 \n\xC3\xA9\xFF"));
      switch (*rc::gen::inRange(0, 3)) {
        case 0:
          text[at] = c;
          break;
        case 1:
          text.erase(at, 1);
          break;
        default:
          text.insert(at, 1, c);
      }
    }
    RC_ASSERT(Agree(text));
  }));
}

TEST_CASE("a part of a text is found wherever it stands") {
  const auto tree = JsonTree::Read(R"({"a": [{"k${": 1}], "b": "x\u0024{y"})");
  CHECK(tree->root().HoldsText("${"));
  CHECK(tree->root().Find("a")->HoldsText("k$"));
  CHECK_FALSE(tree->root().Find("a")->HoldsText("x"));
  CHECK(tree->root().Find("b")->HoldsText("${"));
}

}  // namespace
}  // namespace dpc
