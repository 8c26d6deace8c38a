#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = access::GrantId;

const access::Role& Role(const Side& side, access::GrantId grant) {
  return side.access().roles[side.access().grants[grant].role];
}

const resolve::Placement& Placement(const Side& side, access::GrantId grant) {
  return side.r().placements[side.access().grants[grant].placement];
}

const std::array kColumns = {
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product whose role has it."},
                [](const Side& s, const Row& row) { return s.Key(Role(s, row).product); }},
    Column<Row>{{"environment", ColumnType::Key, Null::Never, Lookup::Index, "", "The environment of the role."},
                [](const Side& s, const Row& row) { return s.Key(Role(s, row).environment); }},
    Column<Row>{{"role_production", ColumnType::Flag, Null::Never, Lookup::Scan, "", "That environment is production."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.IsProduction(Role(s, row).environment)); }},
    Column<Row>{{"access_right", ColumnType::Text, Null::Never, Lookup::Index, "", "read or own."},
                [](const Side& s, const Row& row) {
                  return Cell::Text(s.access().grants[row].right == access::Right::Own ? "own" : "read");
                }},
    Column<Row>{{"asset", ColumnType::Key, Null::Never, Lookup::Index, "", "The asset."},
                [](const Side& s, const Row& row) { return s.Key(Placement(s, row).asset); }},
    Column<Row>{{"placement", ColumnType::Key, Null::Never, Lookup::Index, "", "The placed asset."},
                [](const Side& s, const Row& row) { return s.Key(s.access().grants[row].placement); }},
    Column<Row>{{"asset_environment", ColumnType::Key, Null::Never, Lookup::Index, "",
                 "The environment that the asset lies in."},
                [](const Side& s, const Row& row) { return s.Key(Placement(s, row).environment); }},
    Column<Row>{
        {"asset_production", ColumnType::Flag, Null::Never, Lookup::Scan, "", "That environment is production."},
        [](const Side& s, const Row& row) { return Cell::Flag(s.IsProduction(Placement(s, row).environment)); }},
    Column<Row>{{"bucket", ColumnType::Key, Null::Possible, Lookup::Index, "", "The bucket of its files."},
                [](const Side& s, const Row& row) { return s.Key(Placement(s, row).bucket); }},
    Column<Row>{{"input", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The input port that asks for it; nothing for what the product owns."},
                [](const Side& s, const Row& row) { return s.Key(s.access().grants[row].cause.input); }},
    Column<Row>{{"port", ColumnType::Key, Null::Possible, Lookup::Index, "", "The port through which it is read."},
                [](const Side& s, const Row& row) { return s.Key(s.access().grants[row].cause.port); }},
    Column<Row>{{"agreement", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The consent; nothing where none was needed."},
                [](const Side& s, const Row& row) { return s.Key(s.access().grants[row].cause.agreement); }},
    Column<Row>{{"ends", ColumnType::Day, Null::Possible, Lookup::Scan, "", "The last day."},
                [](const Side& s, const Row& row) { return Cell::Day(s.access().grants[row].until); }},
};

std::vector<Row> List(const Side& side) {
  const auto all = side.access().grants.All();
  return {all.begin(), all.end()};
}

}  // namespace

extern const TableSpec table_grant;
const TableSpec table_grant = MakeTable<Row>(
    "grant", "Every right that a role has: a product in an environment, and a placed asset.", kColumns, List);

}  // namespace dpc::policy
