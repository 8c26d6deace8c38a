// Parsing of all files in several threads; the result does not depend on how many.
#pragma once

#include <vector>

#include "diag/diagnostic.h"
#include "source/source_manager.h"
#include "syntax/syntax_tree.h"

namespace dpc::driver {

// Files that were parsed before, and their trees; those that hold nothing are of no use.
struct Parsed {
  const source::SourceManager* sources = nullptr;
  const std::vector<syntax::SyntaxTree>* trees = nullptr;
};

// One tree a file, in file order; diagnostics are handed to `sink` in file order. `threads` 0: one a core. A file that
// was parsed before, under the same path, has the same tree.
std::vector<syntax::SyntaxTree> ParseAll(const source::SourceManager& sources, unsigned threads, const Parsed& before,
                                         DiagnosticSink& sink);

// Takes the trees of files with findings out of those that others may use.
void DropTreesWithFindings(const source::SourceManager& sources, const DiagnosticList& findings,
                           std::vector<syntax::SyntaxTree>& trees);

}  // namespace dpc::driver
