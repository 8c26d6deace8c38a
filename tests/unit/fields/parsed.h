// A text, parsed: what the tests of `fields` start from.
#pragma once

#include <string>
#include <vector>

#include "diag/emitter.h"
#include "source/source_manager.h"
#include "syntax/parse.h"

namespace dpc::fields {

class Parsed {
 public:
  explicit Parsed(std::string text)
      : file_(sources_.Add("a.yaml", std::move(text))), tree_(syntax::Parse(sources_, file_, emitter_)) {}

  syntax::NodeView Root() const { return tree_.Root(tree_.documents().front()); }

  Emitter& emitter() { return emitter_; }

  bool HasOneDocument() const { return tree_.documents().size() == 1; }

  // "line:column Name: message", then "  hint: ..." and "  label line:column ..." for each.
  std::vector<std::string> Findings() {
    diagnostics_.Sort();
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : diagnostics_.all()) {
      lines.push_back(Place(diagnostic.range) + " " + std::string(diagnostic.info.name) + ": " + diagnostic.message);
      for (const Label& label : diagnostic.labels) {
        lines.push_back("  label " + Place(label.range) + " " + label.text);
      }
      for (const std::string& hint : diagnostic.hints) {
        lines.push_back("  hint: " + hint);
      }
    }
    return lines;
  }

 private:
  std::string Place(Range range) const {
    const source::Place place = sources_.Locate(range.begin);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
  }

  source::SourceManager sources_;
  DiagnosticList diagnostics_;
  Emitter emitter_{diagnostics_};
  source::FileId file_;
  syntax::SyntaxTree tree_;
};

}  // namespace dpc::fields
