#include "policy/tables/claims.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  model::PortId port;
  model::NameId name;
  std::int64_t position = 0;
  bool counts = true;
};

const std::array kColumns = {
    Column<Row>{{"port", ColumnType::Key, Null::Never, Lookup::Index, "", "The port."},
                [](const Side& s, const Row& row) { return s.Key(row.port); }},
    Column<Row>{{"user", ColumnType::Text, Null::Never, Lookup::Index, "", "The email of who approved."},
                [](const Side& s, const Row& row) { return s.Text(s.m().names[row.name]); }},
    Column<Row>{{"position", ColumnType::Number, Null::Never, Lookup::Scan, "", "The position in the list, from 0."},
                [](const Side& /*side*/, const Row& row) { return Cell::Number(row.position); }},
    Column<Row>{
        {"counts", ColumnType::Flag, Null::Never, Lookup::Scan, "",
         "0 for what is only written down: base does not have it for the same data, class, method and reason, and the "
         "approver has not approved the pull request, or is its author. 1 where that is not known."},
        [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.counts); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  const Claims claims(side);
  for (const model::PortId port : SoundRows(side.m().ports)) {
    std::int64_t position = 0;
    for (const model::NameId name : side.m().ports[port].declassified.approved_by) {
      rows.push_back({port, name, position++, claims.Counts(port, name)});
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_declassifier;
const TableSpec table_declassifier =
    MakeTable<Row>("declassifier", "Who approved that a port is declassified.", kColumns, List);

}  // namespace dpc::policy
