#include "policy/tables/compare_access.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = AccessChange;

// Rows are of base, and so are the keys.
const Side& Base(const Side& side) {
  return *side.world().base();
}

const std::array kColumns = {
    Column<Row>{{"principal", ColumnType::Text, Null::Never, Lookup::Index, "",
                 "The name of the product, or the email of the person."},
                [](const Side& s, const Row& row) { return PrincipalOf(Base(s), row.access); }},
    Column<Row>{{"kind", ColumnType::Text, Null::Never, Lookup::Index, "", "product or person."},
                [](const Side& /*side*/, const Row& row) {
                  return Cell::Text(row.access.person.has_value() ? "person" : "product");
                }},
    Column<Row>{{"port", ColumnType::Key, Null::Never, Lookup::Index, "", "The port; it may be gone from head."},
                [](const Side& s, const Row& row) { return Base(s).Key(row.access.port); }},
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "",
                 "The product through whose roles; it may be gone from head."},
                [](const Side& s, const Row& row) { return Base(s).Key(row.access.product); }},
    Column<Row>{{"own", ColumnType::Flag, Null::Never, Lookup::Scan, "", "The product offered the port itself."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.access.own); }},
    Column<Row>{{"via", ColumnType::Key, Null::Never, Lookup::Scan, "",
                 "The declaration of base that gave it; it may be gone from head."},
                [](const Side& s, const Row& row) { return CauseOf(Base(s), row); }},
    Column<Row>{{"through", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The port that it read instead, which offered what holds the data; nothing when it read or offered "
                 "the port itself."},
                [](const Side& s, const Row& row) { return Base(s).Key(row.access.through); }},
};

std::vector<Row> List(const Side& side) {
  const Side* base = side.world().base();
  return base == nullptr ? std::vector<Row>() : AccessWithout(*base, side.world().head());
}

}  // namespace

extern const TableSpec table_lost_access;
const TableSpec table_lost_access =
    MakeTable<Row>("lost_access", "Access that only base has. Empty without base.", kColumns, List, true);

}  // namespace dpc::policy
