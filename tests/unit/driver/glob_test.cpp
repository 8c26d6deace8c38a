#include "driver/glob.h"

#include <catch2/catch.hpp>
#include <string>

#include "../property.h"

namespace dpc::driver {
namespace {

bool Matches(std::string_view pattern, std::string_view path) {
  return Glob(pattern).Matches(path);
}

TEST_CASE("a pattern without signs matches a path and what lies below it") {
  CHECK(Matches("a/b.yaml", "a/b.yaml"));
  CHECK(Matches("a", "a/b/c.yaml"));
  CHECK(Matches("a/b", "a/b/c.yaml"));
  CHECK_FALSE(Matches("a", "ab/c.yaml"));
  CHECK_FALSE(Matches("a", "b/a"));
  CHECK_FALSE(Matches("a/b", "a"));
  CHECK_FALSE(Matches("A", "a"));
  CHECK_FALSE(Matches("a.yaml", "a-yaml"));
}

TEST_CASE("slashes and ./ around a pattern do not matter") {
  for (const std::string_view pattern : {"a/b", "/a/b", "./a/b", "a/b/", "//a/b//", "././a/b", "/./a/b"}) {
    INFO(pattern);
    CHECK(Matches(pattern, "a/b"));
    CHECK(Matches(pattern, "a/b/c"));
    CHECK_FALSE(Matches(pattern, "x/a/b"));
  }
}

TEST_CASE("* and ? stay within a folder, ** does not") {
  CHECK(Matches("*.yaml", "a.yaml"));
  CHECK(Matches("*.yaml", ".yaml"));
  CHECK_FALSE(Matches("*.yaml", "a/b.yaml"));
  CHECK(Matches("a?c", "abc"));
  CHECK_FALSE(Matches("a?c", "a/c"));
  CHECK_FALSE(Matches("a?c", "ac"));
  CHECK(Matches("a**c", "ac"));
  CHECK(Matches("a**c", "a/b/c"));
  CHECK(Matches("a/**", "a/b/c"));
  CHECK(Matches("**", "a/b"));
}

TEST_CASE("**/ is any number of folders, also none, and only whole ones") {
  CHECK(Matches("**/c", "c"));
  CHECK(Matches("**/c", "a/b/c"));
  CHECK(Matches("**/c", "a/c/d"));
  CHECK(Matches("a/**/c", "a/c"));
  CHECK(Matches("a/**/c", "a/b/b/c"));
  CHECK_FALSE(Matches("**/c", "ac"));
  CHECK_FALSE(Matches("a/**/c", "a/bc"));
  CHECK_FALSE(Matches("a/**/c", "ab/c"));
}

TEST_CASE("? is one character, whatever bytes it takes") {
  CHECK(Matches("?.yaml", "\xC3\xA9.yaml"));
  CHECK(Matches("?.yaml", "\xF0\x9F\x98\x80.yaml"));
  CHECK(Matches("?.yaml", "\xFF.yaml"));
  CHECK_FALSE(Matches("?.yaml", "\xC3(.yaml"));
  CHECK(Matches("\xC3\xA9*", "\xC3\xA9t\xC3\xA9"));
}

TEST_CASE("an empty pattern matches no path") {
  for (const std::string_view pattern : {"", "/", "./"}) {
    CHECK_FALSE(Matches(pattern, "a"));
    CHECK_FALSE(Matches(pattern, "a/b"));
  }
}

// By the words of glob.h, one after the other. `begins`: the pattern is at the beginning of a segment.
bool Naive(std::string_view pattern, std::string_view path, bool begins) {
  if (pattern.empty()) {
    return path.empty();
  }
  const bool folders = begins && pattern.starts_with("**/");
  const bool anything = !folders && pattern.starts_with("**");
  if (folders || anything || pattern.front() == '*') {
    const std::string_view rest = pattern.substr(folders ? 3 : anything ? 2 : 1);
    for (std::size_t end = 0; end <= path.size(); ++end) {
      const bool whole = end == 0 || path[end - 1] == '/';
      if ((!folders || whole) && Naive(rest, path.substr(end), folders)) {
        return true;
      }
      if (!folders && !anything && end < path.size() && path[end] == '/') {
        return false;
      }
    }
    return false;
  }
  const bool fits = !path.empty() && (pattern.front() == '?' ? path.front() != '/' : pattern.front() == path.front());
  return fits && Naive(pattern.substr(1), path.substr(1), pattern.front() == '/');
}

bool NaiveWithFolders(const std::string& pattern, const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (Naive(pattern, path.substr(0, slash), true)) {
      return true;
    }
  }
  return Naive(pattern, path, true);
}

std::string AnyPath() {
  std::string path = *rc::gen::nonEmpty(TextOf("abe", 2));
  for (int depth = *rc::gen::inRange(0, 4); depth > 0; --depth) {
    path += "/" + *rc::gen::nonEmpty(TextOf("abe", 2));
  }
  return path;
}

// `e` stands for a character of two bytes.
std::string Accented(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == 'e' ? "\xC3\xA9" : std::string(1, c);
  }
  return out;
}

TEST_CASE("patterns match what their definition says") {
  CHECK(Holds(1500, 100, [] {
    const auto part = rc::gen::elementOf(std::vector<std::string>{"a", "b", "e", "*", "**", "?", "/", "**/", "a/"});
    // Slashes around a pattern are for another test.
    std::string pattern = *rc::gen::elementOf(std::vector<std::string>{"a", "*", "**/", "?", "**"});
    for (int parts = *rc::gen::inRange(0, 6); parts > 0; --parts) {
      pattern += *part;
    }
    while (pattern.ends_with('/')) {
      pattern.pop_back();
    }
    const std::string path = AnyPath();
    RC_ASSERT(Matches(Accented(pattern), Accented(path)) == NaiveWithFolders(pattern, path));
  }));
}

TEST_CASE("a path that is its own pattern matches") {
  CHECK(Holds(100, 100, [] {
    const std::string path = AnyPath();
    RC_ASSERT(Matches(path, path));
    RC_ASSERT(Matches(path, path + "/x"));
    RC_ASSERT(Matches("**/" + path, "x/" + path));
  }));
}

TEST_CASE("many stars are no burden") {
  std::string pattern;
  for (int i = 0; i < 100; ++i) {
    pattern += "*a";
  }
  CHECK_FALSE(Matches(pattern + "b", std::string(2000, 'a')));
  CHECK(Matches(pattern, std::string(2000, 'a')));
}

// Without the merging of neighbours this takes hours.
TEST_CASE("many stars side by side are no burden either, and mean what few mean") {
  const std::string path(4000, 'a');
  for (const std::string star : {"**", "**/", "***"}) {
    INFO(star);
    std::string pattern;
    for (int i = 0; i < 20'000; ++i) {
      pattern += star;
    }
    CHECK(Matches(pattern + "a", path) == Matches(star + "a", path));
    CHECK(Matches(pattern + "b", path) == Matches(star + "b", path));
    CHECK(Matches(pattern + "a", "b/" + path.substr(0, 1)));
  }
}

}  // namespace
}  // namespace dpc::driver
