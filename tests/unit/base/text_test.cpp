#include "base/text.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "../property.h"

namespace dpc {
namespace {

// By the definition of UTF-8 (RFC 3629), not by its bits: the one way to write each code point.
std::string Encode(std::uint32_t c) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) {
    return {byte(c)};
  }
  if (c < 0x800) {
    return {byte(0xC0 + c / 64), byte(0x80 + c % 64)};
  }
  if (c < 0x10000) {
    return {byte(0xE0 + c / 4096), byte(0x80 + c / 64 % 64), byte(0x80 + c % 64)};
  }
  return {byte(0xF0 + c / 262144), byte(0x80 + c / 4096 % 64), byte(0x80 + c / 64 % 64), byte(0x80 + c % 64)};
}

bool IsSurrogate(std::uint32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

TEST_CASE("every code point is decoded from its encoding, and surrogates are not") {
  std::size_t wrong = 0;
  for (std::uint32_t c = 0; c <= 0x10FFFF; ++c) {
    const std::string bytes = Encode(c);
    const CodePoint point = DecodeUtf8(bytes, 0);
    const bool right = IsSurrogate(c) ? point.size == 0 : point.value == c && point.size == bytes.size();
    wrong += right ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("what is not UTF-8 has no size") {
  const std::vector<std::string> bad = {"\x80",                      // a continuation byte
                                        "\xBF",                      //
                                        "\xC3",                      // cut off
                                        "\xE2\x82",                  //
                                        "\xF0\x9F\x98",              //
                                        "\xC3(",                     // not continued
                                        "\xE2\x82(",                 //
                                        "\xC0\xAF",                  // overlong slash
                                        "\xC1\xBF",                  //
                                        "\xE0\x80\xAF",              //
                                        "\xE0\x9F\xBF",              //
                                        "\xF0\x80\x80\xAF",          //
                                        "\xF0\x8F\xBF\xBF",          //
                                        "\xED\xA0\x80",              // surrogates
                                        "\xED\xBF\xBF",              //
                                        "\xF4\x90\x80\x80",          // above U+10FFFF
                                        "\xF5\x80\x80\x80",          //
                                        "\xF8\x88\x80\x80\x80",      // forms of old
                                        "\xFC\x84\x80\x80\x80\x80",  //
                                        "\xFE",
                                        "\xFF"};
  for (const std::string& text : bad) {
    INFO(Printable(text));
    CHECK(DecodeUtf8(text, 0).size == 0);
    CHECK(FindInvalidUtf8("caf\xC3\xA9 " + text) == std::optional<std::size_t>(6));
  }
  CHECK(DecodeUtf8("a", 1).size == 0);
  CHECK_FALSE(FindInvalidUtf8("").has_value());
  CHECK_FALSE(FindInvalidUtf8(std::string("caf\xC3\xA9\0x", 7)).has_value());
}

// What some terminal, pager or log reader acts upon, or does not show.
bool IsActedUpon(std::uint32_t c) {
  static constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 7> kRanges = {{
      {0x00, 0x1F},      // C0: escape sequences, line ends, backspace
      {0x7F, 0x9F},      // DEL and C1: 0x9B begins an escape sequence too
      {0x061C, 0x061C},  // Arabic letter mark
      {0x200E, 0x200F},  // left-to-right and right-to-left marks
      {0x2028, 0x202E},  // line and paragraph separators, embeddings and overrides
      {0x2066, 0x2069},  // isolates
      {0xFEFF, 0xFEFF},  // byte-order mark
  }};
  return std::any_of(kRanges.begin(), kRanges.end(),
                     [&](const auto& range) { return c >= range.first && c <= range.second; });
}

bool IsHarmless(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    if (point.size == 0 || IsActedUpon(point.value)) {
      return false;
    }
    at += point.size;
  }
  return true;
}

TEST_CASE("a printable text holds nothing that a terminal obeys") {
  CHECK(Holds(300, 100, [] { RC_ASSERT(IsHarmless(Printable(*Bytes(40)))); }));
  CHECK(Holds(300, 100, [] {
    std::string text;
    for (int i = *rc::gen::inRange(0, 10); i > 0; --i) {
      const auto high = *rc::gen::elementOf(std::vector<std::uint32_t>{0x100, 0x2100, 0x110000});
      text += Encode(*rc::gen::inRange<std::uint32_t>(0, high));
    }
    RC_ASSERT(IsHarmless(Printable(text)));
  }));
}

TEST_CASE("a printable text stays what it is, and escapes say what was there") {
  CHECK(Printable("caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80 ~\\") == "caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80 ~\\");
  CHECK(Printable("a\nb\tc\rd") == "a\\nb\\tc\\x0Dd");
  CHECK(Printable("\x1B[2J\x7F") == "\\x1B[2J\\x7F");
  CHECK(Printable("\xC2\x9B") == "\\x9B");
  CHECK(Printable("\xE2\x80\xAE") == "\\u202E");
  CHECK(Printable("\xE2\x80\xA8\xEF\xBB\xBF") == "\\u2028\\uFEFF");
  CHECK(Printable("\xC3(\xFF") == "\\xC3(\\xFF");
  CHECK(Printable(std::string("\0", 1)) == "\\x00");
}

TEST_CASE("words that a build service obeys are broken up, and nothing else is") {
  CHECK(Printable("a##vso[task.setvariable]b") == "a#\\x23vso[task.setvariable]b");
  CHECK(Printable("##[error]x") == "#\\x23[error]x");
  CHECK(Printable("####[error]") == "###\\x23[error]");
  CHECK(Printable("##teamcity[x]") == "#\\x23teamcity[x]");
  CHECK(Printable("section_start:1:x") == "section_start\\x3A1:x");
  CHECK(Printable("Section_End:1") == "Section_End\\x3A1");
  CHECK(Printable("::error::x") == "\\x3A:error::x");
  CHECK(Printable("  ::error::x") == "  \\x3A:error::x");
  for (const std::string_view plain : {"# [x]", "## heading", "a::b", "x ::y", "#[x]", "section_start", "a: b", "##"}) {
    CHECK(Printable(plain) == plain);
  }
}

TEST_CASE("a part is printed as a part of its text") {
  const std::string text = "##vso[x]";
  CHECK(PrintablePart(text, 0, 1) + PrintablePart(text, 1, text.size()) == Printable(text));
  CHECK(PrintablePart(text, 0, 2) + PrintablePart(text, 2, text.size()) == Printable(text));
}

TEST_CASE("many colons behind many spaces cost no more than their length") {
  std::string text(1U << 20U, ' ');
  for (std::size_t i = 0; i < text.size(); i += 3) {
    text[i] = ':';
    text[i + 1] = ':';
  }
  text.insert(0, std::string(1U << 20U, ' '));
  CHECK(Printable(text).size() >= text.size());
}

TEST_CASE("JSON keeps its meaning, and holds nothing that a terminal or a build service obeys") {
  CHECK(PrintableJson("{\n  \"a\": \"##vso[x]\"\n}") == "{\n  \"a\": \"#\\u0023vso[x]\"\n}");
  CHECK(PrintableJson("\"\xE2\x80\xA8\xC2\x85\x7F\"") == "\"\\u2028\\u0085\\u007F\"");
  CHECK(PrintableJson("\"\xF3\xA0\x80\x81\"") == "\"\\uDB40\\uDC01\"");
  CHECK(PrintableJson("\"Zo\xC3\xAB\"") == "\"Zo\xC3\xAB\"");
}

TEST_CASE("lower case is ASCII's, whatever the locale") {
  CHECK(LowerCase("AZ[az\xC3\x84 09") == "az[az\xC3\x84 09");
}

// The recursion that defines the distance.
std::size_t NaiveDistance(const std::string& a, const std::string& b, std::size_t i, std::size_t j) {
  if (i == 0 || j == 0) {
    return i + j;
  }
  std::size_t best = std::min({NaiveDistance(a, b, i - 1, j) + 1, NaiveDistance(a, b, i, j - 1) + 1,
                               NaiveDistance(a, b, i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1)});
  if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
    best = std::min(best, NaiveDistance(a, b, i - 2, j - 2) + 1);
  }
  return best;
}

TEST_CASE("the edit distance is the one of its definition") {
  CHECK(EditDistance("", "") == 0);
  CHECK(EditDistance("abc", "") == 3);
  CHECK(EditDistance("ca", "ac") == 1);
  CHECK(EditDistance("ca", "abc") == 3);  // optimal string alignment: a swapped pair is not edited again
  CHECK(Holds(150, 100, [] {
    const std::string a = *TextOf("abc", 6);
    const std::string b = *TextOf("abc", 6);
    RC_ASSERT(EditDistance(a, b) == NaiveDistance(a, b, a.size(), b.size()));
  }));
}

TEST_CASE("the nearest name is near enough to be a slip, and the first among equals") {
  const std::vector<std::string_view> names = {"orders", "order-lines", "customers", "Customer"};
  CHECK(NearestName("ordres", names) == "orders");
  CHECK(NearestName("ORDERS", names) == "orders");
  CHECK(NearestName("customer", names) == "Customer");
  CHECK(NearestName("customert", names) == "customers");
  CHECK_FALSE(NearestName("payments", names).has_value());
  CHECK_FALSE(NearestName("orders", {}).has_value());
  CHECK_FALSE(NearestName("", names).has_value());
  const std::vector<std::string_view> equals = {"ab", "ac"};
  CHECK(NearestName("ad", equals) == "ab");
}

TEST_CASE("a third of the letters may be wrong, of a short name one") {
  const std::vector<std::string_view> names = {"a", "abcdef"};
  CHECK(NearestName("x", names) == "a");
  CHECK(NearestName("abcdxx", names) == "abcdef");
  CHECK_FALSE(NearestName("abcxxx", names).has_value());
}

TEST_CASE("long names are not compared") {
  const std::string name(201, 'a');
  const std::vector<std::string_view> names = {name};
  CHECK_FALSE(NearestName(name, names).has_value());
  const std::string shorter(200, 'a');
  const std::vector<std::string_view> fine = {shorter};
  CHECK(NearestName(shorter, fine) == shorter);
}

TEST_CASE("joining undoes splitting") {
  CHECK(Holds(100, 100, [] {
    const std::string text = *TextOf("ab/", 12);
    std::vector<std::string> parts;
    for (const std::string_view part : Split(text, '/')) {
      RC_ASSERT(part.find('/') == std::string_view::npos);
      parts.emplace_back(part);
    }
    RC_ASSERT(Join(parts, "/") == text);
  }));
  CHECK(Split("", '/') == std::vector<std::string_view>{""});
  CHECK(Split("/", '/') == std::vector<std::string_view>{"", ""});
  CHECK(Join({}, ", ").empty());
}

TEST_CASE("digits are 0 to 9, and at least one") {
  CHECK(IsDigits("0123456789"));
  CHECK_FALSE(IsDigits(""));
  CHECK_FALSE(IsDigits("1a"));
  CHECK_FALSE(IsDigits("-1"));
  CHECK_FALSE(IsDigits("\xD9\xA1"));  // an Arabic one
}

TEST_CASE("one is singular, none and many are plural") {
  CHECK(Plural(0, "file") == "0 files");
  CHECK(Plural(1, "file") == "1 file");
  CHECK(Plural(2, "file") == "2 files");
}

}  // namespace
}  // namespace dpc
