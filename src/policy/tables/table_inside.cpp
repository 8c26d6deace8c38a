#include "policy/tables/table.h"
#include "resolve/places.h"

namespace dpc::policy {
namespace {

using Row = resolve::Nested;

bool OfOneProduct(const Side& side, const Row& row) {
  return side.m().assets[row.inner].product == side.m().assets[row.outer].product;
}

const std::array kColumns = {
    Column<Row>{{"inner_asset", ColumnType::Key, Null::Never, Lookup::Index, "", "The asset that lies in the other."},
                [](const Side& s, const Row& row) { return s.Key(row.inner); }},
    Column<Row>{{"outer_asset", ColumnType::Key, Null::Never, Lookup::Index, "",
                 "The asset that holds it: who has that has the inner one."},
                [](const Side& s, const Row& row) { return s.Key(row.outer); }},
    Column<Row>{{"same_place", ColumnType::Flag, Null::Never, Lookup::Scan, "",
                 "They lie at one place; then each is in the other."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.same_place); }},
    Column<Row>{{"same_product", ColumnType::Flag, Null::Never, Lookup::Scan, "", "One product owns both."},
                [](const Side& s, const Row& row) { return Cell::Flag(OfOneProduct(s, row)); }},
};

std::vector<Row> List(const Side& side) {
  return side.places().AllNested();
}

}  // namespace

extern const TableSpec table_inside;
const TableSpec table_inside = MakeTable<Row>(
    "inside", "Pairs of assets of which one lies in the other, or at one place with it, in whatever environment.",
    kColumns, List);

}  // namespace dpc::policy
