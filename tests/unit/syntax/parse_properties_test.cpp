// Random trees are read as they were written; random bytes do no harm.
#include <catch2/catch.hpp>
#include <set>

#include "../property.h"
#include "parsed.h"

namespace dpc::syntax {
namespace {

struct KeyLine {
  std::string key;
  std::uint32_t line = 0;
  bool operator==(const KeyLine&) const = default;
};

int Pick(int choices) {
  return *rc::gen::inRange(0, choices);
}

// Makes a tree up and writes it down at once, so that it knows on which line each key stands. What it writes comes back
// as parsed.h prints it.
class TreeWriter {
 public:
  std::string Document() { return Pick(4) == 0 ? List(0, 0) : Map(0, 0); }

  const std::string& text() const { return text_; }

  const std::vector<KeyLine>& keys() const { return keys_; }

 private:
  void Write(const std::string& part) {
    text_ += part;
    for (const char c : part) {
      line_ += c == '\n' ? 1U : 0U;
    }
  }

  // Between entries anything may stand that says nothing.
  void Nothing() {
    static const std::vector<std::string> kNothing = {"", "", "", "\n", "# comment: {\n", "  \n"};
    Write(*rc::gen::elementOf(kNothing));
  }

  std::string Map(int depth, std::size_t indent) {
    std::string expected;
    const int size = 1 + Pick(4);
    for (int i = 0; i < size; ++i) {
      Nothing();
      const std::string key = "k" + std::to_string(i) + *TextOf("a-_/.", 3) + "z";
      keys_.push_back({key, line_});
      const std::string quote = *rc::gen::elementOf(std::vector<std::string>{"", "", "\"", "'"});
      Write(std::string(indent, ' ') + quote + key + quote + ":");
      expected += (i == 0 ? "" : ", ") + key + ": " + Value(depth + 1, indent + 2);
    }
    return "{" + expected + "}";
  }

  std::string List(int depth, std::size_t indent) {
    std::string expected;
    const int size = 1 + Pick(4);
    for (int i = 0; i < size; ++i) {
      Nothing();
      Write(std::string(indent, ' ') + "-");
      expected += (i == 0 ? "" : ", ") + Value(depth + 1, indent + 2);
    }
    return "[" + expected + "]";
  }

  // After `key:` or `-`.
  std::string Value(int depth, std::size_t indent) {
    const int choice = depth < 5 ? Pick(8) : 2 + Pick(6);
    switch (choice) {
      case 0:
        Write("\n");
        return Map(depth, indent);
      case 1:
        Write("\n");
        return List(depth, indent);
      case 2:
        Write("\n");
        return "~";
      case 3:
        return Flow();
      case 4:
        return Literal(indent);
      default:
        Write(" ");
        const std::string expected = Scalar();
        Write(*rc::gen::elementOf(std::vector<std::string>{"\n", "  # comment\n", "\r\n"}));
        return expected;
    }
  }

  std::string Scalar() {
    switch (Pick(4)) {
      case 0:
        return Quoted("\"", *TextOf("a:#-{}[]'1 ", 8));
      case 1:
        return Quoted("'", *TextOf("a:#-{}[]\"\\1 ", 8));
      case 2:
        return Typed();
      default:
        return Quoted("", "p" + *TextOf("a1-_/.", 6));
    }
  }

  std::string Quoted(const std::string& quote, const std::string& text) {
    Write(quote + text + quote);
    return text;
  }

  std::string Typed() {
    static const std::vector<std::pair<std::string, std::string>> kTyped = {
        {"12", "int 12"}, {"0x1F", "int 0x1F"}, {"true", "bool true"}, {"1.5", "float 1.5"},
        {"~", "~"},       {"null", "~"},        {"yes", "yes"},        {"1e3", "float 1e3"}};
    const auto [written, expected] = *rc::gen::elementOf(kTyped);
    Write(written);
    return expected;
  }

  std::string Flow() {
    std::string expected;
    Write(" [");
    const int size = Pick(4);
    for (int i = 0; i < size; ++i) {
      Write(i == 0 ? "" : ", ");
      expected += (i == 0 ? "" : ", ") + Scalar();
    }
    Write("]\n");
    return "[" + expected + "]";
  }

  std::string Literal(std::size_t indent) {
    std::string expected;
    Write(" |\n");
    const int size = 1 + Pick(3);
    for (int i = 0; i < size; ++i) {
      const std::string line = "l" + *TextOf("a:#-{ \t", 6) + "e\n";
      Write(std::string(indent, ' ') + line);
      expected += line;
    }
    return expected;
  }

  std::string text_;
  std::uint32_t line_ = 1;
  std::vector<KeyLine> keys_;
};

// Nodes in document order, with a stack of its own.
std::vector<NodeView> Nodes(const NodeView& root) {
  std::vector<NodeView> nodes;
  std::vector<NodeView> open = {root};
  while (!open.empty()) {
    const NodeView node = open.back();
    open.pop_back();
    nodes.push_back(node);
    for (std::size_t i = node.size(); i > 0; --i) {
      if (node.kind() == NodeKind::Mapping) {
        open.push_back(node.Value(i - 1));
        open.push_back(node.Key(i - 1));
      } else {
        open.push_back(node.Item(i - 1));
      }
    }
  }
  return nodes;
}

std::vector<KeyLine> KeyLines(const Parsed& parsed, const NodeView& root) {
  std::vector<KeyLine> lines;
  for (const NodeView& node : Nodes(root)) {
    for (std::size_t i = 0; node.kind() == NodeKind::Mapping && i < node.size(); ++i) {
      const std::string place = parsed.Place(node.Key(i).range());
      lines.push_back({std::string(node.Key(i).text()), static_cast<std::uint32_t>(std::stoul(place))});
    }
  }
  return lines;
}

bool ByLine(const KeyLine& a, const KeyLine& b) {
  return a.line < b.line;
}

TEST_CASE("a tree that was written down comes back, each key on its line") {
  CHECK(Holds(150, 100, [] {
    TreeWriter writer;
    const std::string expected = writer.Document();
    RC_LOG() << writer.text();
    Parsed parsed(writer.text());
    RC_ASSERT(parsed.Findings() == std::vector<std::string>());
    RC_ASSERT(parsed.Documents() == std::vector<std::string>{expected});
    auto found = KeyLines(parsed, parsed.Root());
    std::sort(found.begin(), found.end(), ByLine);
    RC_ASSERT(found == writer.keys());
  }));
}

// What holds of every tree, whatever the text was.
void CheckTree(const Parsed& parsed, const std::string& text) {
  for (const SyntaxTree::Document& document : parsed.tree().documents()) {
    for (const NodeView& node : Nodes(parsed.tree().Root(document))) {
      RC_ASSERT(node.range().begin.offset() + node.range().length <= text.size());
      std::set<std::string_view> keys;
      for (std::size_t i = 0; node.kind() == NodeKind::Mapping && i < node.size(); ++i) {
        RC_ASSERT(node.Key(i).kind() == NodeKind::Scalar);
        RC_ASSERT(keys.insert(node.Key(i).text()).second);
      }
    }
  }
  for (const Diagnostic& diagnostic : parsed.diagnostics().all()) {
    RC_ASSERT(diagnostic.range.begin.offset() + diagnostic.range.length <= text.size());
    RC_ASSERT(diagnostic.info.severity == Severity::Error);
  }
}

TEST_CASE("any bytes give a tree or a finding, within the text") {
  CHECK(Holds(200, 100, [] {
    const std::string text = *Bytes(60);
    const Parsed parsed(text);
    CheckTree(parsed, text);
  }));
}

TEST_CASE("any text of YAML's own signs gives a tree or a finding, within the text") {
  const std::vector<std::string> pieces = {
      "a",  "b",      ": ",  "- ",   "\n", "\n  ", "\n    ", "[b, ",  "]", "{b, ", "}",  "\"", "'",    "&x ",
      "*x", "!!str ", "|\n", ">-\n", "# ", "%",    "---\n",  "...\n", "~", "1.5",  "\\", "@",  "\r\n", "a: "};
  CHECK(Holds(400, 100, [&] {
    std::string text;
    for (const std::string& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) {
      text += piece;
    }
    const Parsed parsed(text);
    CheckTree(parsed, text);
    RC_ASSERT((!parsed.tree().damaged() || !parsed.diagnostics().all().empty()));
  }));
}

TEST_CASE("the same text gives the same tree and findings") {
  CHECK(Holds(100, 100, [] {
    const std::string text = *TextOf("a:- \n[]{}\"'&*|", 60);
    Parsed first(text);
    Parsed second(text);
    RC_ASSERT(first.Documents() == second.Documents());
    RC_ASSERT(first.Findings() == second.Findings());
  }));
}

}  // namespace
}  // namespace dpc::syntax
