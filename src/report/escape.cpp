#include "report/escape.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace dpc::report {
namespace {

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~' || c == '/';
}

// https://www.w3.org/TR/xml/#charsets
bool IsXmlCharacter(std::uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

bool IsXmlMarkup(std::uint32_t c) {
  return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

std::string XmlCharacter(std::string_view text, std::size_t at, CodePoint point) {
  if (point.size == 0 || !IsXmlCharacter(point.value)) {
    return "\xEF\xBF\xBD";
  }
  const std::string_view character = text.substr(at, point.size);
  // Line breaks of an attribute are spaces when it is read, unless they are references.
  const bool plain = !IsXmlMarkup(point.value) && PrintablePart(text, at, at + point.size) == character;
  return plain ? std::string(character) : "&#" + std::to_string(point.value) + ";";
}

std::string Percent(char c) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
}

std::size_t LongestRun(std::string_view text, char c) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char each : text) {
    run = each == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string XmlText(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    out += XmlCharacter(text, at, point);
    at += std::max<std::uint32_t>(1, point.size);
  }
  return out;
}

std::string XmlAttributes(std::initializer_list<std::pair<std::string_view, std::string>> attributes) {
  std::string out;
  for (const auto& [name, value] : attributes) {
    out.append(" ").append(name).append("=\"").append(XmlText(value)).append("\"");
  }
  return out;
}

std::string UriPath(std::string_view path) {
  std::string out;
  for (const char c : path) {
    out += IsUnreserved(c) ? std::string(1, c) : Percent(c);
  }
  return out;
}

std::string CodeSpan(std::string_view text) {
  const std::string fence(LongestRun(text, '`') + 1, '`');
  // One space on either side is taken away again: https://spec.commonmark.org/0.31.2/#code-spans
  const bool padded = text.empty() || text.front() == '`' || text.back() == '`' ||
                      (text.front() == ' ' && text.back() == ' ' && text.find_first_not_of(' ') != std::string::npos);
  const std::string_view pad = padded ? " " : "";
  return std::string(fence).append(pad).append(text).append(pad).append(fence);
}

std::string Replaced(std::string_view text, std::initializer_list<std::pair<char, std::string_view>> replacements) {
  std::string out;
  for (const char c : text) {
    const auto* const found = std::find_if(replacements.begin(), replacements.end(),
                                           [c](const auto& replacement) { return replacement.first == c; });
    out += found == replacements.end() ? std::string(1, c) : std::string(found->second);
  }
  return out;
}

std::string Shortened(std::string_view text, std::size_t most) {
  static constexpr std::string_view kCut = "...";
  if (text.size() <= most) {
    return std::string(text);
  }
  std::size_t end = most - kCut.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)).append(kCut);
}

}  // namespace dpc::report
