#include "cli/layout.h"

#include <catch2/catch.hpp>
#include <string>

#include "../property.h"
#include "base/text.h"

namespace dpc::cli {
namespace {

TEST_CASE("lines are broken at spaces, and go on below where they began") {
  CHECK(Wrap("one two three", 40, 2) == "one two three");
  CHECK(Wrap("  one two three four five six seven", 22, 4) == "  one two three four\n    five six seven");
  CHECK(Wrap("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b", 20, 0) == "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb");
}

TEST_CASE("the description of an option hangs below itself") {
  CHECK(WrapHelp("  -x,--long NAME    a description of many words", 40) ==
        "  -x,--long NAME    a description of\n                    many words");
}

TEST_CASE("paragraphs are filled, and what is shown literally stays") {
  CHECK(
      WrapMarkdown("# T\n\none\ntwo three four five six seven eight\n\n```\na  b  c  d  e  f  g  h  i  j  k\n```\n- an "
                   "item of some more words\n",
                   24) ==
      "# T\n\none two three four five\nsix seven eight\n\n```\na  b  c  d  e  f  g  h  i  j  k\n```\n- an item of "
      "some more\n  words\n");
}

TEST_CASE("empty columns are left out, and the last one is wrapped") {
  CHECK(TableText({{"A", "B", "C"}, {"x", "", "one two three four five six seven eight"}}, 24) ==
        "A  C\nx  one two three four\n   five six seven eight\n");
}

TEST_CASE("no word is lost or made") {
  CHECK(Holds(200, 40, [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
      for (const char c : part) {
        text += c >= 'a' && c <= 'z' ? c : ' ';
      }
      text += ' ';
    }
    const auto words = [](const std::string& of) {
      std::string all;
      for (const char c : of) {
        all += c == ' ' || c == '\n' ? "" : std::string(1, c);
      }
      return all;
    };
    RC_ASSERT(words(Wrap(text, 30, 4)) == words(text));
    RC_ASSERT(words(WrapMarkdown(text, 30)) == words(text));
  }));
}

}  // namespace
}  // namespace dpc::cli
