#include "policy/sql/column_order.h"

#include <algorithm>
#include <numeric>

namespace dpc::policy {
namespace {

// A column holds numbers or texts, never both.
bool IsBefore(const Cell& a, const Cell& b) {
  if (a.is_null() || b.is_null()) {
    return a.is_null() && !b.is_null();
  }
  return a.is_number() ? a.number() < b.number() : a.text() < b.text();
}

}  // namespace

std::vector<std::uint32_t> OrderBy(const Rows& rows, std::size_t column) {
  std::vector<Cell> cells;
  cells.reserve(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    cells.push_back(rows.Get(row, column));
  }
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return IsBefore(cells[a], cells[b]); });
  return order;
}

}  // namespace dpc::policy
