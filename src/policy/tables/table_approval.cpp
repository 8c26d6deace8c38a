#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = ApprovalId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "approval:PORT>CONSUMER/EMAIL."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"agreement", ColumnType::Key, Null::Never, Lookup::Index, "", "The agreement."},
                [](const Side& s, const Row& row) { return s.Key(s.keys().approvals()[row.index()].agreement); }},
    Column<Row>{
        {"user", ColumnType::Text, Null::Never, Lookup::Index, "", "The email of who approved."},
        [](const Side& s, const Row& row) { return s.Text(s.m().names[s.keys().approvals()[row.index()].name]); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < side.keys().approvals().size(); ++i) {
    if (!side.m().agreements[side.keys().approvals()[i].agreement].poisoned) {
      rows.emplace_back(i);
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_approval;
const TableSpec table_approval = MakeTable<Row>("approval", "Who approved an agreement.", kColumns, List);

}  // namespace dpc::policy
