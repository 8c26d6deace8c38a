// A Range as people and formats count it. Used by all renderers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/location.h"
#include "source/source_manager.h"

namespace dpc::report {

// Lines and columns from 1, columns in code points. The end is exclusive: the column after the last character, as SARIF
// has it.
struct Region {
  std::string_view path;  // as long as the manager
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t end_line = 1;
  std::uint32_t end_column = 1;
};

// Nothing for a range without a place.
std::optional<Region> Locate(const source::SourceManager& sources, Range range);

}  // namespace dpc::report
