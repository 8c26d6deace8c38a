#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = resolve::PlacementId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "placement:PRODUCT/ASSET@ENVIRONMENT."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"asset", ColumnType::Key, Null::Never, Lookup::Index, "", "The asset."},
                [](const Side& s, const Row& row) { return s.Key(s.r().placements[row].asset); }},
    Column<Row>{{"product", ColumnType::Key, Null::Possible, Lookup::Index, "", "The product that owns it."},
                [](const Side& s, const Row& row) { return s.Key(s.m().assets[s.r().placements[row].asset].product); }},
    Column<Row>{{"environment", ColumnType::Key, Null::Never, Lookup::Index, "", "The environment."},
                [](const Side& s, const Row& row) { return s.Key(s.r().placements[row].environment); }},
    Column<Row>{{"bucket", ColumnType::Key, Null::Possible, Lookup::Index, "", "The bucket that its files are in."},
                [](const Side& s, const Row& row) { return s.Key(s.r().placements[row].bucket); }},
    Column<Row>{
        {"production", ColumnType::Flag, Null::Never, Lookup::Scan, "", "The environment is production."},
        [](const Side& s, const Row& row) { return Cell::Flag(s.IsProduction(s.r().placements[row].environment)); }},
};

std::vector<Row> List(const Side& side) {
  const auto all = side.r().placements.All();
  return {all.begin(), all.end()};
}

}  // namespace

extern const TableSpec table_placement;
const TableSpec table_placement = MakeTable<Row>("placement", "Assets in environments.", kColumns, List);

}  // namespace dpc::policy
