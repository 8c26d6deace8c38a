// Questions about characters and parts of text, for the rules of scalars. ASCII only where nothing else is said.
// Private to this folder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace dpc::fields {

inline bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}

inline bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}

inline bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

inline bool IsLowerOrDigit(char c) {
  return IsLower(c) || IsDigit(c);
}

inline bool IsWord(char c) {
  return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '_';
}

inline bool IsVisible(char c) {
  return c >= '!' && c <= '~';
}

inline bool IsOneOf(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

template <class Predicate>
bool All(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

inline bool HasLength(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most;
}

// Every part between `separator`s passes.
template <class Predicate>
bool AllParts(std::string_view text, char separator, Predicate predicate) {
  const auto parts = Split(text, separator);
  return std::all_of(parts.begin(), parts.end(), predicate);
}

inline bool IsControl(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

// Every code point passes; false for text that is not UTF-8.
template <class Predicate>
bool AllCodePoints(std::string_view text, Predicate predicate) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    if (point.size == 0 || !predicate(point.value)) {
      return false;
    }
    at += point.size;
  }
  return true;
}

// One line of text without control characters, at least one character.
inline bool AcceptsAnyText(std::string_view text) {
  return !text.empty() && AllCodePoints(text, [](std::uint32_t c) { return !IsControl(c); });
}

}  // namespace dpc::fields
