// Row numbers in the order of one column. Private to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/tables/table.h"

namespace dpc::policy {

// As SQLite's `ORDER BY column`, byte by byte: NULL first; rows of one value stay in their order.
std::vector<std::uint32_t> OrderBy(const Rows& rows, std::size_t column);

}  // namespace dpc::policy
