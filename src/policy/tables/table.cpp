#include "policy/tables/table.h"

#include <algorithm>

namespace dpc::policy {

std::size_t TableSpec::Find(std::string_view column) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const ColumnSpec& spec) { return spec.name == column; });
  return static_cast<std::size_t>(found - columns.begin());
}

const TableSpec* FindTable(std::string_view name) {
  const auto all = AllTableSpecs();
  const auto found = std::find_if(all.begin(), all.end(), [&](const TableSpec* spec) { return spec->name == name; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace dpc::policy
