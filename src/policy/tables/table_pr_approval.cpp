#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = std::size_t;

const std::array kColumns = {
    Column<Row>{{"user", ColumnType::Text, Null::Never, Lookup::Index, "", "The email of who approved."},
                [](const Side& s, const Row& row) { return Cell::Text(s.world().pull_request().approvals[row]); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < side.world().pull_request().approvals.size(); ++i) {
    rows.push_back(i);
  }
  return rows;
}

}  // namespace

extern const TableSpec table_pr_approval;
const TableSpec table_pr_approval =
    MakeTable<Row>("pr_approval", "Who approved the pull request, as --approvals says.", kColumns, List, true);

}  // namespace dpc::policy
