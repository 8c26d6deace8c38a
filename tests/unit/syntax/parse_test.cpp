#include "syntax/parse.h"

#include <catch2/catch.hpp>

#include "parsed.h"

namespace dpc::syntax {
namespace {

using Lines = std::vector<std::string>;

// A text without findings, and its documents.
void CheckFine(const std::string& text, const Lines& documents) {
  INFO(text);
  Parsed parsed(text);
  CHECK(parsed.Findings() == Lines{});
  CHECK(parsed.Documents() == documents);
}

void CheckFindings(const std::string& text, const Lines& findings, const Lines& documents) {
  INFO(text);
  Parsed parsed(text);
  CHECK(parsed.Findings() == findings);
  CHECK(parsed.Documents() == documents);
}

TEST_CASE("maps, lists and scalars become a tree") {
  CheckFine("a: x\nb: [1, {c: d}]\ne:\n  - f\n  - g: h\n    i: j\n  -\n",
            {"{a: x, b: [int 1, {c: d}], e: [f, {g: h, i: j}, ~]}"});
  CheckFine("- - a\n  - b\n- {}\n- []\n", {"[[a, b], {}, []]"});
  CheckFine("a:\n- x\n- y\nb: z", {"{a: [x, y], b: z}"});
  CheckFine("text", {"text"});
  CheckFine("? a\n: b\n", {"{a: b}"});
}

TEST_CASE("scalars of all styles have their values") {
  CheckFine("a: \"x\\ty\\u00e9\"\n", {"{a: x\ty\xC3\xA9}"});
  CheckFine("a: 'it''s'\n", {"{a: it's}"});
  CheckFine("a: |\n  x\n   y\n\nb: >\n  x\n  y\n", {"{a: x\n y\n, b: x y\n}"});
  CheckFine("a: x\n  y\n", {"{a: x y}"});
  CheckFine("a: x # comment\nb: x#y\n", {"{a: x, b: x#y}"});
  CheckFine("a: http://x:80/y\n", {"{a: http://x:80/y}"});
}

TEST_CASE("a file without content has no documents, one with comments and nothing else neither") {
  CheckFine("", {});
  CheckFine("# nothing\n\n", {});
  CheckFine("---\n", {"~"});
}

TEST_CASE("documents are told apart by ---, and ... ends one") {
  CheckFine("a: 1\n---\nb: 2\n", {"{a: int 1}", "{b: int 2}"});
  CheckFine("---\na: 1\n...\n---\n- b\n", {"{a: int 1}", "[b]"});
  CheckFine("--- text\n---\n---\nx: y\n", {"text", "~", "{x: y}"});
}

TEST_CASE("a byte-order mark and carriage returns do not matter") {
  CheckFine(
      "\xEF\xBB\xBF"
      "a: b\r\nc:\r\n  - d\r\n",
      {"{a: b, c: [d]}"});
}

TEST_CASE("anchors repeat what they mark, within their document") {
  CheckFine("a: &x {b: c}\nd: *x\ne: [*x, *x]\n", {"{a: {b: c}, d: {b: c}, e: [{b: c}, {b: c}]}"});
  CheckFine("a: &x 1\nb: &x 2\nc: *x\n", {"{a: int 1, b: int 2, c: int 2}"});
  CheckFine("&k a: 1\nb: *k\n", {"{a: int 1, b: a}"});
  CheckFindings("a: &x 1\n---\nb: *x\n", {"3:4 UnknownAnchor"}, {"{a: int 1}", "(damaged) {b: ~}"});
  CheckFindings("a: *x\n", {"1:4 UnknownAnchor"}, {"(damaged) {a: ~}"});
}

TEST_CASE("an alias inside its own anchor is refused") {
  CheckFindings("a: &x [1, *x]\n", {"1:11 AliasInsideItself"}, {"(damaged) {a: [int 1]}"});
  CheckFindings("a: &x\n  b: *x\nc: d\n", {"2:6 AliasInsideItself"}, {"(damaged) {a: {b: ~}}", "(resumed) {c: d}"});
}

TEST_CASE("an alias has a place of its own and shares what is below") {
  Parsed parsed("a: &x {b: c}\nd: *x\n");
  const NodeView alias = parsed.Root().Value(1);
  CHECK(parsed.Place(alias.range()) == "2:4");
  CHECK(parsed.Source(alias.range()) == "*x");
  CHECK(parsed.Place(alias.Key(0).range()) == "1:8");
}

TEST_CASE("aliases may repeat many nodes, but not without bound") {
  // Each level repeats the one before ten times.
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  const auto add_level = [&](int level) {
    const std::string name = "a" + std::to_string(level);
    const std::string alias = "*a" + std::to_string(level - 1);
    text += name + ": &" + name + " [";
    for (int i = 0; i < 10; ++i) {
      text += (i == 0 ? "" : ", ") + alias;
    }
    text += "]\n";
  };
  for (int level = 1; level <= 3; ++level) {
    add_level(level);
  }
  CHECK(Parsed(text).diagnostics().all().empty());
  add_level(4);
  Parsed parsed(text);
  CHECK(parsed.Findings().size() == 1);
  CHECK(parsed.diagnostics().all().front().info.name == "TooManyAliases");
  CHECK(parsed.tree().damaged());
}

TEST_CASE("the bound on aliases is for each document") {
  std::string list = "x";
  for (int i = 1; i < 1000; ++i) {
    list += ",x";
  }
  std::string document = "---\na: &a [" + list + "]\nb: [";
  for (int i = 0; i < 60; ++i) {
    document += "*a,";
  }
  document += "]\n";
  CHECK(Parsed(document + document).diagnostics().all().empty());
  CHECK(Parsed(document + document.substr(4)).diagnostics().all().size() > 0);  // one document, repeated keys
}

TEST_CASE("a key that is given twice is reported with both places, and the first one stays") {
  Parsed parsed("a: 1\nb: 2\na: 3\n'a': 4\n");
  CHECK(parsed.Findings() == Lines{"3:1 DuplicateKey", "4:1 DuplicateKey"});
  CHECK(parsed.Documents() == Lines{"{a: int 1, b: int 2}"});
  CHECK(parsed.Place(parsed.diagnostics().all()[0].labels[0].range) == "1:1");
  CheckFine("a: {x: 1}\nb: {x: 2}\n", {"{a: {x: int 1}, b: {x: int 2}}"});
  CheckFine("a: 1\nA: 2\n", {"{a: int 1, A: int 2}"});
}

TEST_CASE("keys are text, not lists, maps or nothing") {
  CheckFindings("[a]: 1\nb: 2\n", {"1:1 KeyNotText"}, {"{b: int 2}"});
  CheckFindings("{a: b}: 1\n", {"1:1 KeyNotText"}, {"{}"});
  CheckFindings(": 1\nb: 2\n", {"1:1 KeyNotText"}, {"{b: int 2}"});
  CheckFindings("~: 1\n", {"1:1 KeyNotText"}, {"{}"});
  CheckFine("1: a\ntrue: b\n\"\": c\n", {"{int 1: a, bool true: b, : c}"});
}

TEST_CASE("tags other than the core ones are refused, and the core ones for text and collections are not") {
  CheckFine("a: !!str 1\nb: !!map {c: d}\ne: !!seq [f]\n", {"{a: 1, b: {c: d}, e: [f]}"});
  CheckFindings("a: !include x.yaml\n", {"1:13 CustomTag"}, {"{a: x.yaml}"});
  CheckFindings("a: !!int \"1\"\nb: !x [c]\n", {"1:10 CustomTag", "2:7 CustomTag"}, {"{a: 1, b: [c]}"});
}

std::string Nested(std::size_t depth) {
  return std::string(depth, '[') + "x" + std::string(depth, ']');
}

TEST_CASE("nesting has a bound, and far beyond it nothing happens to us") {
  CHECK(Parsed(Nested(kMaxDepth)).diagnostics().all().empty());
  CheckFindings("a: b\n---\n" + Nested(kMaxDepth + 1) + "\n---\nc: d\n", {"3:65 TooDeep"},
                {"{a: b}", "(damaged) " + std::string(64, '[') + std::string(64, ']'), "{c: d}"});
  for (const std::string_view part : {"[", "{a: ", "- ", "? ", "{"}) {
    INFO(part);
    std::string text;
    for (int i = 0; i < 2000; ++i) {
      text += part;
    }
    CHECK_FALSE(Parsed(text).diagnostics().all().empty());
  }
}

TEST_CASE("what is not UTF-8, or holds control characters, is not read") {
  CheckFindings("a: b\nc: \xFFx\n", {"2:4 NotUtf8"}, {"(damaged) ~"});
  CheckFindings("a: \xC0\xAF\n", {"1:4 NotUtf8"}, {"(damaged) ~"});
  CheckFindings(std::string("a: b\0c\n", 7), {"1:5 ControlCharacter"}, {"(damaged) ~"});
  CheckFindings("a: \x1B[2J\n", {"1:4 ControlCharacter"}, {"(damaged) ~"});
  CheckFindings("a: \x7F\n", {"1:4 ControlCharacter"}, {"(damaged) ~"});
  CheckFine("a: \"\\x07\"\n", {"{a: \x07}"});
}

TEST_CASE("a file that is too large is not read") {
  CheckFindings(std::string(kMaxFileBytes + 1, '#'), {"1:1 FileTooLarge"}, {"(damaged) ~"});
}

}  // namespace
}  // namespace dpc::syntax
