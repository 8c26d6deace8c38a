#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = const JudgingPolicy*;

const std::array kColumns = {
    Column<Row>{{"id", ColumnType::Text, Null::Never, Lookup::Index, "", "Its id."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row->id); }},
    Column<Row>{{"title", ColumnType::Text, Null::Never, Lookup::Scan, "", "What it says, in one sentence."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row->title); }},
    Column<Row>{{"pack", ColumnType::Text, Null::Possible, Lookup::Index, "",
                 "The pack that it is of; nothing for one of the repository's own."},
                [](const Side& /*side*/, const Row& row) { return Cell::TextOrNull(row->pack); }},
    Column<Row>{{"severity", ColumnType::Text, Null::Never, Lookup::Scan, "", "error, warning or info."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(SeverityName(row->severity)); }},
    Column<Row>{{"disabled", ColumnType::Flag, Null::Never, Lookup::Scan, "", "It judges nothing."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row->disabled); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const JudgingPolicy& policy : side.world().policies()) {
    rows.push_back(&policy);
  }
  return rows;
}

}  // namespace

extern const TableSpec table_policy;
const TableSpec table_policy =
    MakeTable<Row>("policy", "The policies of this run; empty in a query.", kColumns, List, true);

}  // namespace dpc::policy
