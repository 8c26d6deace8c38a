#include "policy/tables/compare_access.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = AccessChange;

const std::array kColumns = {
    Column<Row>{{"principal", ColumnType::Text, Null::Never, Lookup::Index, "",
                 "The name of the product, or the email of the person."},
                [](const Side& s, const Row& row) { return PrincipalOf(s, row.access); }},
    Column<Row>{{"kind", ColumnType::Text, Null::Never, Lookup::Index, "", "product or person."},
                [](const Side& /*side*/, const Row& row) {
                  return Cell::Text(row.access.person.has_value() ? "person" : "product");
                }},
    Column<Row>{{"port", ColumnType::Key, Null::Never, Lookup::Index, "", "The port."},
                [](const Side& s, const Row& row) { return s.Key(row.access.port); }},
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product through whose roles."},
                [](const Side& s, const Row& row) { return s.Key(row.access.product); }},
    Column<Row>{{"own", ColumnType::Flag, Null::Never, Lookup::Scan, "", "The product offers the port itself."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.access.own); }},
    Column<Row>{{"via", ColumnType::Key, Null::Never, Lookup::Scan, "",
                 "The declaration that gives it: the agreement, the input port, the port itself, or the membership."},
                [](const Side& s, const Row& row) { return CauseOf(s, row); }},
    Column<Row>{{"product_too", ColumnType::Flag, Null::Never, Lookup::Scan, "",
                 "The access of the product is new as well, not only that of the person."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.product_too); }},
    Column<Row>{{"through", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The port that it reads instead, which offers what holds the data; nothing when it reads or offers "
                 "the port itself."},
                [](const Side& s, const Row& row) { return s.Key(row.access.through); }},
};

std::vector<Row> List(const Side& side) {
  const Side* base = side.world().base();
  return base == nullptr ? std::vector<Row>() : AccessWithout(side.world().head(), *base);
}

}  // namespace

extern const TableSpec table_new_access;
const TableSpec table_new_access =
    MakeTable<Row>("new_access", "Access that base has not. Empty without base.", kColumns, List, true);

}  // namespace dpc::policy
