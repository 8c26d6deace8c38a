#include "json/writer.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dpc {
namespace {

enum Class : std::uint8_t { kEscaped = 1, kHash = 2, kColon = 4 };

constexpr std::array<std::uint8_t, 256> Classes() {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < classes.size(); ++byte) {
    const bool escaped = byte < ' ' || byte > '~' || byte == '"' || byte == '\\';
    classes[byte] = escaped ? kEscaped : byte == '#' ? kHash : byte == ':' ? kColon : 0;
  }
  return classes;
}

constexpr std::array<std::uint8_t, 256> kClasses = Classes();

// A colon that may stand behind "section_start" or "section_end", in whatever case.
bool HasSuspectColon(std::string_view text) {
  for (std::size_t at = text.find(':', 1); at < text.size(); at = text.find(':', at + 1)) {
    if (std::string_view("tTdD").find(text[at - 1]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// Nothing in it is escaped, whoever reads it: printable ASCII without quotes, and nothing that PrintableJson looks at
// twice, `##` and some colons.
bool IsPlain(std::string_view text) {
  std::uint8_t classes = 0;
  for (const char c : text) {
    classes |= kClasses[static_cast<unsigned char>(c)];
  }
  return (classes & kEscaped) == 0 && ((classes & kHash) == 0 || text.find("##") == std::string_view::npos) &&
         ((classes & kColon) == 0 || !HasSuspectColon(text));
}

}  // namespace

void AppendJsonText(std::string& out, std::string_view text) {
  if (IsPlain(text)) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  out += PrintableJson(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
}

void JsonWriter::NewLine() {
  text_ += '\n';
  text_.append(2 * depth_, ' ');
}

void JsonWriter::Next() {
  if (keyed_) {
    keyed_ = false;
    return;
  }
  if (!empty_) {
    text_ += ',';
  }
  if (begun_) {
    NewLine();
  }
  empty_ = false;
}

void JsonWriter::Begin(char bracket) {
  Next();
  text_ += bracket;
  ++depth_;
  empty_ = true;
  begun_ = true;
}

void JsonWriter::End(char bracket) {
  --depth_;
  if (!empty_) {
    NewLine();
  }
  text_ += bracket;
  empty_ = false;
}

void JsonWriter::Key(std::string_view key) {
  Next();
  AppendJsonText(text_, key);
  text_ += ": ";
  keyed_ = true;
}

void JsonWriter::Text(std::string_view text) {
  Next();
  AppendJsonText(text_, text);
}

void JsonWriter::Number(std::uint64_t number) {
  Next();
  text_ += std::to_string(number);
}

void JsonWriter::Written(std::string_view json) {
  Next();
  text_ += json;
}

// Depth is bounded by what dpc builds, and by ParseForeignJson.
// NOLINTNEXTLINE(misc-no-recursion)
void JsonWriter::Value(const Json& value) {
  if (value.is_string()) {
    Text(value.get_ref<const std::string&>());
  } else if (value.is_array()) {
    BeginArray();
    for (const Json& item : value) {
      Value(item);
    }
    EndArray();
  } else if (value.is_object()) {
    BeginObject();
    for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
      Key(key);
      Value(item);
    }
    EndObject();
  } else {
    Written(value.dump());
  }
}

}  // namespace dpc
