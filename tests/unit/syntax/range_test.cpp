// Where keys and values are said to be: what reports and editors underline.
#include <catch2/catch.hpp>

#include "parsed.h"

namespace dpc::syntax {
namespace {

// "line:column source" of the value of the first entry.
std::string ValueAt(const std::string& text) {
  const Parsed parsed(text);
  REQUIRE(parsed.diagnostics().all().empty());
  const Range range = parsed.Root().Value(0).range();
  return parsed.Place(range) + " " + std::string(parsed.Source(range));
}

TEST_CASE("the range of a scalar is its source text, with its quotes") {
  CHECK(ValueAt("a: text\n") == "1:4 text");
  CHECK(ValueAt("a:   text  # comment\n") == "1:6 text");
  CHECK(ValueAt("a: two words\n") == "1:4 two words");
  CHECK(ValueAt("a: \"x\\ty\" # z\n") == "1:4 \"x\\ty\"");
  CHECK(ValueAt("a: 'it''s'\n") == "1:4 'it''s'");
  CHECK(ValueAt("a:\n  text\n") == "2:3 text");
  CHECK(ValueAt("{a: x, b: y}\n") == "1:5 x");
  CHECK(ValueAt("a: caf\xC3\xA9\n") == "1:4 caf\xC3\xA9");
  CHECK(ValueAt("\xC3\xA9\xC3\xA9: b\n") == "1:5 b");
}

TEST_CASE("the range of a scalar on several lines is in its first line") {
  CHECK(ValueAt("a: one\n  two\nb: c\n") == "1:4 one");
  CHECK(ValueAt("a: \"one\n  two\"\nb: c\n") == "1:4 \"one");
  CHECK(ValueAt("a: |\n  one\n  two\nb: c\n") == "1:4 |");
}

TEST_CASE("the range is the content, not the anchor or tag in front of it") {
  CHECK(ValueAt("a: &x text\n") == "1:7 text");
  CHECK(ValueAt("a: !!str text\n") == "1:10 text");
  CHECK(ValueAt("a: &x !!str text\n") == "1:13 text");
  CHECK(ValueAt("a: &x\n  b: c\n") == "2:3 b: c");
}

TEST_CASE("the range of a collection is its first line") {
  CHECK(ValueAt("a:\n  b: c\n  d: e\n") == "2:3 b: c");
  CHECK(ValueAt("a:\n  - b\n  - c\n") == "2:3 - b");
  CHECK(ValueAt("a: [b,\n c]\n") == "1:4 [b,");
  CHECK(ValueAt("a: {b: c}  \r\n") == "1:4 {b: c}");
}

TEST_CASE("what is not there has a place without length") {
  const Parsed parsed("a:\nb: c\n");
  CHECK(parsed.Root().Value(0).range().length == 0);
  CHECK(parsed.Place(parsed.Root().Key(0).range()) == "1:1");
  CHECK(parsed.Source(parsed.Root().Key(1).range()) == "b");
}

TEST_CASE("keys have ranges, quoted ones too") {
  const Parsed parsed("a: 1\n'b b': 2\n? c\n: 3\n");
  CHECK(parsed.Source(parsed.Root().Key(0).range()) == "a");
  CHECK(parsed.Source(parsed.Root().Key(1).range()) == "'b b'");
  CHECK(parsed.Place(parsed.Root().Key(2).range()) == "3:3");
}

TEST_CASE("entries are found by key") {
  const Parsed parsed("a: 1\nb: {c: 2}\n");
  CHECK(parsed.Root().Find("a")->text() == "1");
  CHECK(parsed.Root().Find("b")->Find("c")->text() == "2");
  CHECK(parsed.Root().FindEntry("b")->first.text() == "b");
  CHECK_FALSE(parsed.Root().Find("d").has_value());
  CHECK_FALSE(parsed.Root().Find("a")->Find("x").has_value());
  CHECK(parsed.Root().Find("a")->size() == 0);
}

}  // namespace
}  // namespace dpc::syntax
