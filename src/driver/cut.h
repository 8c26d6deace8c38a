// Findings of one sort in one file, cut where nobody reads on. Private to `driver`.
#pragma once

#include <cstddef>

#include "diag/diagnostic.h"
#include "source/source_manager.h"

namespace dpc::driver {

inline constexpr std::size_t kMostOfOneSort = 1000;

// Of dpc's own errors, which no baseline and no waiver knows: the first thousand of one code in one file stay, in the
// order of places, and one more says how many there are behind them, and counts for them.
void CutRepeated(const source::SourceManager& sources, DiagnosticList& diagnostics);

}  // namespace dpc::driver
