#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  const Diagnostic* diagnostic = nullptr;
  std::string_view entity;
};

Cell Line(const Side& side, const Row& row) {
  const Range range = row.diagnostic->range;
  return range.has_value() ? Cell::Number(side.snapshot().sources->Locate(range.begin).line) : Cell();
}

Cell Path(const Side& side, const Row& row) {
  const Range range = row.diagnostic->range;
  return range.has_value() ? Cell::Text(side.snapshot().sources->Locate(range.begin).path) : Cell();
}

const std::array kColumns = {
    Column<Row>{{"code", ColumnType::Text, Null::Never, Lookup::Index, "", "The code: DPC3003, ..."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row.diagnostic->info.code); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "", "The name of the code."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row.diagnostic->info.name); }},
    Column<Row>{
        {"severity", ColumnType::Text, Null::Never, Lookup::Index, "", "error, warning or info."},
        [](const Side& /*side*/, const Row& row) { return Cell::Text(SeverityName(row.diagnostic->info.severity)); }},
    Column<Row>{{"entity", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The declaration that it stands in; nothing for the repository as a whole."},
                [](const Side& /*side*/, const Row& row) { return Cell::TextOrNull(row.entity); }},
    Column<Row>{{"message", ColumnType::Text, Null::Never, Lookup::Scan, "", "The message."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row.diagnostic->message); }},
    Column<Row>{{"path", ColumnType::Text, Null::Possible, Lookup::Index, "", "The file."}, Path},
    Column<Row>{{"line", ColumnType::Number, Null::Possible, Lookup::Scan, "", "The line, from 1."}, Line},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const Diagnostic& diagnostic : side.snapshot().diagnostics->all()) {
    rows.push_back({&diagnostic, side.EntityAt(diagnostic.range)});
  }
  return rows;
}

}  // namespace

extern const TableSpec table_finding;
const TableSpec table_finding =
    MakeTable<Row>("finding", "What dpc itself found before policies were asked.", kColumns, List, true);

}  // namespace dpc::policy
