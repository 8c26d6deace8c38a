#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::TeamId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "team:NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "/name", "Its name."},
                [](const Side& s, const Row& row) { return s.Text(s.m().teams[row].name); }},
    Column<Row>{{"permission_set", ColumnType::Text, Null::Possible, Lookup::Scan, "/permissionSet",
                 "Its permission set of IAM Identity Center."},
                [](const Side& s, const Row& row) { return s.Text(s.m().teams[row].permission_set); }},
    Column<Row>{{"description", ColumnType::Text, Null::Possible, Lookup::Scan, "/description", "What it does."},
                [](const Side& s, const Row& row) { return s.Text(s.m().teams[row].description); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().teams);
}

}  // namespace

extern const TableSpec table_team;
const TableSpec table_team = MakeTable<Row>("team", "Teams.", kColumns, List);

}  // namespace dpc::policy
