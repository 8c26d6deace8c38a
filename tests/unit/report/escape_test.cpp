#include "report/escape.h"

#include <catch2/catch.hpp>

namespace dpc::report {
namespace {

TEST_CASE("XML: markup is escaped once, what XML cannot hold is replaced") {
  CHECK(XmlText("a<b>&\"']]>") == "a&#60;b&#62;&#38;&#34;&#39;]]&#62;");
  CHECK(XmlText("\xC3\xA9\xF0\x9F\x8F\x96") == "\xC3\xA9\xF0\x9F\x8F\x96");
  CHECK(XmlText("\x1B\x01\xFF") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(XmlText("a\n\t\xE2\x80\xAE\x7F") == "a&#10;&#9;&#8238;&#127;");
  CHECK(XmlText("##vso[x]") == "#&#35;vso[x]");
  CHECK(XmlAttributes({{"a", "1"}, {"b", "\""}}) == " a=\"1\" b=\"&#34;\"");
}

TEST_CASE("URI: all but unreserved characters and slashes are percent-encoded") {
  CHECK(UriPath("a-b/c_d.e~1") == "a-b/c_d.e~1");
  CHECK(UriPath("http://x y%20#?\xC3\xA9") == "http%3A//x%20y%2520%23%3F%C3%A9");
}

TEST_CASE("Markdown: a fence is longer than any run of backticks in its text") {
  CHECK(CodeSpan("a") == "`a`");
  CHECK(CodeSpan("a`b") == "``a`b``");
  CHECK(CodeSpan("`a``") == "``` `a`` ```");
  CHECK(CodeSpan("") == "`  `");
  CHECK(CodeSpan(" a ") == "`  a  `");
  CHECK(CodeSpan("@team <b> [x](y) \\") == "`@team <b> [x](y) \\`");
}

TEST_CASE("what is replaced is not replaced again") {
  CHECK(Replaced("a%0A\n%", {{'%', "%25"}, {'\n', "%0A"}}) == "a%250A%0A%25");
  CHECK(Replaced("", {{'%', "%25"}}).empty());
}

TEST_CASE("a text is cut between characters") {
  CHECK(Shortened("abc", 3) == "abc");
  CHECK(Shortened("abcdef", 5) == "ab...");
  CHECK(Shortened("a\xC3\xA9\xC3\xA9", 5) == "a\xC3\xA9\xC3\xA9");
  CHECK(Shortened("a\xC3\xA9\xC3\xA9z", 5) == "a...");
}

}  // namespace
}  // namespace dpc::report
