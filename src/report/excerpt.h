// The source line of a finding with carets below it, safe and short enough for a terminal.
#pragma once

#include <cstdint>
#include <string>

#include "base/location.h"
#include "source/source_manager.h"

namespace dpc::report {

struct Excerpt {
  std::uint32_t line = 1;
  std::string text;    // printable, cut around the caret with `...`
  std::string carets;  // spaces, then at least one `^`; "" where the line is no text
};

// `range` must have a place. `width`: columns for `text`, at least 20; what is escaped may take more.
Excerpt MakeExcerpt(const source::SourceManager& sources, Range range, std::size_t width);

}  // namespace dpc::report
