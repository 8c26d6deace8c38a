// A text, parsed, and its tree as one line a document: `{a: 1, b: [x, ~]}`. What is not text says so: `int 1`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/emitter.h"
#include "source/source_manager.h"
#include "syntax/parse.h"

namespace dpc::syntax {

inline std::string TypeName(ScalarType type) {
  switch (type) {
    case ScalarType::Null:
      return "null ";
    case ScalarType::Boolean:
      return "bool ";
    case ScalarType::Integer:
      return "int ";
    case ScalarType::Float:
      return "float ";
    case ScalarType::Text:
      return "";
  }
  return "?";
}

inline std::string Line(const NodeView& node) {  // NOLINT(misc-no-recursion): kMaxDepth
  std::string line;
  switch (node.kind()) {
    case NodeKind::Null:
      return "~";
    case NodeKind::Scalar:
      return TypeName(node.scalar_type()) + std::string(node.text());
    case NodeKind::Sequence:
      for (std::size_t i = 0; i < node.size(); ++i) {
        line += (i == 0 ? "" : ", ") + Line(node.Item(i));
      }
      return "[" + line + "]";
    case NodeKind::Mapping:
      for (std::size_t i = 0; i < node.size(); ++i) {
        line += (i == 0 ? "" : ", ") + Line(node.Key(i)) + ": " + Line(node.Value(i));
      }
      return "{" + line + "}";
  }
  return "?";
}

class Parsed {
 public:
  explicit Parsed(std::string text)
      : file_(sources_.Add("a.yaml", std::move(text))), tree_(Parse(sources_, file_, emitter_)) {}

  const SyntaxTree& tree() const { return tree_; }

  NodeView Root() const { return tree_.Root(tree_.documents().front()); }

  // One line a document; "(damaged)" and "(resumed)" in front of those.
  std::vector<std::string> Documents() const {
    std::vector<std::string> lines;
    for (const SyntaxTree::Document& document : tree_.documents()) {
      lines.push_back(std::string(document.damaged ? "(damaged) " : "") + (document.resumed ? "(resumed) " : "") +
                      Line(tree_.Root(document)));
    }
    return lines;
  }

  // "line:column Name" for each, in order of places.
  std::vector<std::string> Findings() {
    diagnostics_.Sort();
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : diagnostics_.all()) {
      lines.push_back(Place(diagnostic.range) + " " + std::string(diagnostic.info.name));
    }
    return lines;
  }

  const DiagnosticList& diagnostics() const { return diagnostics_; }

  std::string Place(Range range) const {
    const source::Place place = sources_.Locate(range.begin);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
  }

  // The source text of a range.
  std::string_view Source(Range range) const {
    return sources_.Text(file_).substr(range.begin.offset() - sources_.Start(file_).offset(), range.length);
  }

 private:
  source::SourceManager sources_;
  DiagnosticList diagnostics_;
  Emitter emitter_{diagnostics_};
  source::FileId file_;
  SyntaxTree tree_;
};

}  // namespace dpc::syntax
