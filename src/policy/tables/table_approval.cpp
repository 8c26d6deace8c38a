#include "policy/tables/claims.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  ApprovalId id;
  bool counts = true;
};

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "approval:PORT>CONSUMER/EMAIL."},
                [](const Side& s, const Row& row) { return s.Key(row.id); }},
    Column<Row>{{"agreement", ColumnType::Key, Null::Never, Lookup::Index, "", "The agreement."},
                [](const Side& s, const Row& row) { return s.Key(s.keys().approvals()[row.id.index()].agreement); }},
    Column<Row>{
        {"user", ColumnType::Text, Null::Never, Lookup::Index, "", "The email of who approved."},
        [](const Side& s, const Row& row) { return s.Text(s.m().names[s.keys().approvals()[row.id.index()].name]); }},
    Column<Row>{{"counts", ColumnType::Flag, Null::Never, Lookup::Scan, "",
                 "0 for what is only written down: base has no such agreement that lasts as long and names the "
                 "approver, who has "
                 "not approved the pull request, or is its author. 1 where that is not known."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.counts); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  const Claims claims(side);
  for (std::size_t i = 0; i < side.keys().approvals().size(); ++i) {
    if (!side.m().agreements[side.keys().approvals()[i].agreement].poisoned) {
      rows.push_back({ApprovalId(i), claims.Counts(ApprovalId(i))});
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_approval;
const TableSpec table_approval = MakeTable<Row>("approval", "Who approved an agreement.", kColumns, List);

}  // namespace dpc::policy
