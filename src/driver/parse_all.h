// Parsing of all files in several threads; the result does not depend on how many.
#pragma once

#include <vector>

#include "diag/diagnostic.h"
#include "source/source_manager.h"
#include "syntax/syntax_tree.h"

namespace dpc::driver {

// One tree a file, in file order; diagnostics are handed to `sink` in file order. `threads` 0: one a core.
std::vector<syntax::SyntaxTree> ParseAll(const source::SourceManager& sources, unsigned threads, DiagnosticSink& sink);

}  // namespace dpc::driver
