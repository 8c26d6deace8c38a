#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::DomainId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "domain:NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "/name", "Its name."},
                [](const Side& s, const Row& row) { return s.Text(s.m().domains[row].name); }},
    Column<Row>{{"owner", ColumnType::Text, Null::Possible, Lookup::Scan, "/owner",
                 "The team that owns its products, as declared."},
                [](const Side& s, const Row& row) { return s.Text(s.m().domains[row].owner); }},
    Column<Row>{{"description", ColumnType::Text, Null::Possible, Lookup::Scan, "/description", "What it is about."},
                [](const Side& s, const Row& row) { return s.Text(s.m().domains[row].description); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().domains);
}

}  // namespace

extern const TableSpec table_domain;
const TableSpec table_domain = MakeTable<Row>("domain", "Domains.", kColumns, List);

}  // namespace dpc::policy
