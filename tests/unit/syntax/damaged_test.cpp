// Texts that are not YAML, and tabs: what is reported, and what is read in spite of it.
#include <catch2/catch.hpp>

#include "parsed.h"

namespace dpc::syntax {
namespace {

using Lines = std::vector<std::string>;

struct Row {
  std::string text;
  Lines findings;
  Lines documents;
};

void CheckRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.text);
    Parsed parsed(row.text);
    CHECK(parsed.Findings() == row.findings);
    CHECK(parsed.Documents() == row.documents);
  }
}

TEST_CASE("after an error, reading goes on at the next top-level key") {
  CheckRows({
      {"a: 1\nb: }\nc: 3\nd: 4\n",
       {"2:4 YamlSyntax"},
       {"(damaged) {a: int 1, b: ~}", "(resumed) {c: int 3, d: int 4}"}},
      {"a: @x\nb: 2\n", {"1:4 YamlSyntax"}, {"(damaged) {a: ~}", "(resumed) {b: int 2}"}},
      {"a: \"\\q\"\nb: 2\n", {"1:6 YamlSyntax"}, {"(damaged) {a: ~}", "(resumed) {b: int 2}"}},
      {"a: b: c\nd: e\n", {"1:5 YamlSyntax"}, {"(damaged) {a: ~}", "(resumed) {d: e}"}},
      {"a:\n  - b\n c: d\ne: 1\n", {"3:2 YamlSyntax"}, {"(damaged) {a: [b]}", "(resumed) {e: int 1}"}},
      {"a: \"x\" y\nb: 2\n", {"1:8 YamlSyntax"}, {"(damaged) {a: x}", "(resumed) {b: int 2}"}},
      {"a: }\n  x: y\n- b\n# c: d\n\"e\": f\n", {"1:4 YamlSyntax"}, {"(damaged) {a: ~}", "(resumed) {e: f}"}},
  });
}

TEST_CASE("each broken entry is one error") {
  CheckRows({
      {"a: b: c\nd: e: f\ng: h\n",
       {"1:5 YamlSyntax", "2:5 YamlSyntax"},
       {"(damaged) {a: ~}", "(damaged) (resumed) {d: ~}", "(resumed) {g: h}"}},
      {"a: }\nb: 1\nc: ]\nd: 2\n",
       {"1:4 YamlSyntax", "3:4 YamlSyntax"},
       {"(damaged) {a: ~}", "(damaged) (resumed) {b: int 1, c: ~}", "(resumed) {d: int 2}"}},
  });
}

TEST_CASE("after an error, reading goes on at the next document too, which is not resumed") {
  CheckRows({
      {"a: }\n---\nb: 1\n", {"1:4 YamlSyntax"}, {"(damaged) {a: ~}", "{b: int 1}"}},
      {"a: }\n--- b\n", {"1:4 YamlSyntax"}, {"(damaged) {a: ~}", "b"}},
      {"a: }\r\n---\r\nb: 1\r\n", {"1:4 YamlSyntax"}, {"(damaged) {a: ~}", "{b: int 1}"}},
      {"a: 1\n---\nb: }\n---\nc: 1\n", {"3:4 YamlSyntax"}, {"{a: int 1}", "(damaged) {b: ~}", "{c: int 1}"}},
      {"}\n", {"1:1 YamlSyntax"}, {"(damaged) ~"}},
  });
}

TEST_CASE("what is not closed is reported where it began, not at the end of the file") {
  CheckRows({
      {"a: 1\nb: \"x\nc: 3\n", {"2:4 YamlSyntax"}, {"(damaged) {a: int 1, b: ~}", "(resumed) {c: int 3}"}},
      {"a: 'x\nb: 1\n", {"1:4 YamlSyntax"}, {"(damaged) {a: ~}", "(resumed) {b: int 1}"}},
  });
  Parsed parsed("a: 1\nb: [x, y\nc: 3\nd: 4\n");
  CHECK(parsed.Findings().size() == 1);
  CHECK(parsed.Place(parsed.diagnostics().all()[0].range) == "2:4");
  CHECK(parsed.Place(parsed.diagnostics().all()[0].labels.at(0).range) == "3:1");
  CHECK(parsed.Documents().back() == "(resumed) {c: int 3, d: int 4}");
}

TEST_CASE("a tab in the indentation is reported once, where it stands") {
  CheckRows({
      {"a:\n\tb: 1\n", {"2:1 TabIndentation"}, {"(damaged) {a: ~}"}},
      {"a: 1\n  \tb: 2\n", {"2:3 TabIndentation"}, {"(damaged) {a: 1 b}"}},
      {"- a\n- b\n\t- c\n", {"3:1 TabIndentation"}, {"(damaged) [a, b]"}},
      {"a: [\n\tb,\n\tc]\n", {"2:1 TabIndentation"}, {"(damaged) {a: []}"}},
      {"a: x\n\ty\nb: 1\n", {"2:1 TabIndentation"}, {"(damaged) {a: x}", "(resumed) {b: int 1}"}},
      {"a: |\n\tx\n", {"2:1 TabIndentation"}, {"(damaged) {a: }"}},
  });
}

TEST_CASE("tabs between and in values are fine") {
  CheckRows({
      {"a:\tb\t# c\n", {}, {"{a: b}"}},
      {"a: b\tc\n", {}, {"{a: b\tc}"}},
      {"-\ta\n- \tb\n", {}, {"[a, b]"}},
      {"[a,\tb]\t\n", {}, {"[a, b]"}},
  });
}

TEST_CASE("tabs in lines that hold nothing or a comment are fine") {
  CheckRows({
      {"a: b\n\t\nc: d\n", {}, {"{a: b, c: d}"}},
      {"a: b\n\t# x\nc: d\n", {}, {"{a: b, c: d}"}},
      {"a: b\r\n\t\r\nc: d\r\n", {}, {"{a: b, c: d}"}},
      {"a:\n  - b\n  \t\n \t # x\n  - c\n\t", {}, {"{a: [b, c]}"}},
      {"a: |\n  x\n  \t\n  \t# y\n# z\n\t\nb: c\n\t\n", {}, {"{a: x\n\t\n\t# y\n, b: c}"}},
      {"a: >- # |\n  x\n\n   \t# y\nb: c\n\t# z\n", {}, {"{a: x\n\n \t# y, b: c}"}},
      {"- |1-\n \t\n  y\n- z\n\t\n", {}, {"[\t\n y, z]"}},
      {"a:\n   |\n \t\n x\nb: c\n\t\n", {}, {"{a: \t\nx\n, b: c}"}},
      {"a: \"x\n\t\n \t# y\"\nb: c\n", {}, {"{a: x\n# y, b: c}"}},
      // The block text does not own the line, and it has not ended.
      {"a: |\n  x\n\t\n  y\nb: c\n", {"3:1 YamlSyntax"}, {"(damaged) {a: ~}", "(resumed) {b: c}"}},
  });
}

TEST_CASE("a key that is no text is one error, cut off or within another one") {
  CheckRows({
      {"{{a}}: b\n", {"1:1 Template"}, {"(damaged) {}"}},
      {"{ {a}}: b\n", {"1:3 KeyNotText"}, {"{}"}},
      {"{[{a: b}]: c}: d\n", {"1:2 KeyNotText"}, {"{}"}},
      {"[a: b]: c\n{d}: {[e]: f}\n", {"1:1 KeyNotText", "2:1 KeyNotText", "2:7 KeyNotText"}, {"{}"}},
      {"a:\n  {b: {c: d}\ne: f\n", {"2:3 YamlSyntax"}, {"(damaged) {a: {b: {c: d}}}", "(resumed) {e: f}"}},
  });
}

TEST_CASE("tabs in quoted and block scalars are text") {
  CheckRows({
      {"a: \"x\n \ty\"\nb: 1\n", {}, {"{a: x y, b: int 1}"}},
      {"a: 'x\n \ty'\nb: 1\n", {}, {"{a: x y, b: int 1}"}},
      // 6.3: the line of a quoted text is as deep as any other.
      {"a: \"x\n\ty\"\nb: 1\n", {"2:1 TabIndentation"}, {"(damaged) {a: ~}", "(resumed) {b: int 1}"}},
      {"a: |\n  x\n  \ty\nb: 1\n", {}, {"{a: x\n\ty\n, b: int 1}"}},
      {"a: >-\n  \tx\nb: 1\n", {}, {"{a: \tx, b: int 1}"}},
      {"- |\n  all:\n  \tmake\n- b\n", {}, {"[all:\n\tmake\n, b]"}},
  });
}

TEST_CASE("what looks like a space is named where YAML has one") {
  CheckRows({
      {"a:\n\xC2\xA0\xC2\xA0"
       "b: c\n",
       {"2:1 UnicodeIndentation"},
       {"(damaged) {a: ~}"}},
      {"a:\xC2\xA0"
       "b\nc: d\n",
       {"1:3 UnicodeSpace"},
       {"(damaged) a:\xC2\xA0"
        "b c",
        "(resumed) {c: d}"}},
      {"a: \xE3\x80\x80"
       "b\n",
       {"1:4 UnicodeSpace"},
       {"(damaged) {a: ~}"}},
      {"- a\n-\xE2\x80\x8B"
       "b\n",
       {"2:2 UnicodeSpace"},
       {"(damaged) [a]"}},
      {"a: b\xC2\xA0"
       "c\nd: \"\xC2\xA0\"\n",
       {},
       {"{a: b\xC2\xA0"
        "c, d: \xC2\xA0}"}},
  });
}

TEST_CASE("lists and maps cost as many steps as they have bytes: nodes and findings grow no faster than the text") {
  for (const std::string_view part :
       {"- &a v\n", "- [a, b]\n", "---\n", "- \"a\\n\"\n", "- {a: b}\n", "? a\n", "k: v\n", "- |\n x\n\n"}) {
    INFO(part);
    const auto count = [&](int n) {
      std::string text;
      for (int i = 0; i < n; ++i) {
        text += part;
      }
      Parsed parsed(text);
      std::size_t nodes = parsed.diagnostics().all().size();
      for (const std::string& document : parsed.Documents()) {
        nodes += document.size();
      }
      return nodes;
    };
    CHECK(count(2000) <= 2 * count(1000) + 10);
  }
}

TEST_CASE("a thousand broken entries end, and more are not read") {
  std::string text;
  for (int i = 0; i < 1500; ++i) {
    text += "k" + std::to_string(i) + ": }\n";
  }
  Parsed parsed(text);
  CHECK(parsed.Findings().size() == 1000);
  CHECK(parsed.tree().damaged());
}

}  // namespace
}  // namespace dpc::syntax
