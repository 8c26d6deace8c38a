// Text helpers that know nothing of data products. All work on bytes and ignore the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dpc {

// One code point of UTF-8 and the bytes it takes; `size` 0 when the bytes at `at` are not UTF-8 (overlong forms,
// surrogates and values above U+10FFFF are not).
struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t size = 0;
};

CodePoint DecodeUtf8(std::string_view text, std::size_t at);

// The offset of the first byte that is not valid UTF-8.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// User text made safe for a one-line message: control characters, line and paragraph separators, bidirectional
// controls, spaces that are not U+0020, and bytes that are not UTF-8 become `\n`, `\u202E` or `\xFF`; words that a
// build service obeys anywhere in a line (`##vso[`, `##[`, `section_start:`), or at its begin (`::`), are broken up
// (`#\x23vso[`). Nothing a terminal or a log reader could obey is left.
std::string Printable(std::string_view text);

// The part [begin, end) of `text`, judged as a part of it.
std::string PrintablePart(std::string_view text, std::size_t begin, std::size_t end);

// JSON text (of which only what is in quotes may be of users) with the same characters and words as `\u` escapes: the
// value is the same.
std::string PrintableJson(std::string_view json);

// ASCII only.
std::string LowerCase(std::string_view text);

// Damerau-Levenshtein distance (optimal string alignment) over bytes.
std::size_t EditDistance(std::string_view left, std::string_view right);

// The candidate nearest to `name` if near enough to be a typing error (a third of the longer length, at least 1,
// compared without regard to case); the first in the given order among equals.
std::optional<std::string> NearestName(std::string_view name, std::span<const std::string_view> candidates);

std::string Join(std::span<const std::string> parts, std::string_view separator);
std::vector<std::string_view> Split(std::string_view text, char separator);
bool IsDigits(std::string_view text);

// "1 file", "2 files".
std::string Plural(std::size_t count, std::string_view noun);

}  // namespace dpc
