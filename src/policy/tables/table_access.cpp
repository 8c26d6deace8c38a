#include "policy/tables/compare_access.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = PortAccess;

const std::array kColumns = {
    Column<Row>{{"principal", ColumnType::Text, Null::Never, Lookup::Index, "",
                 "The name of the product, or the email of the person."},
                [](const Side& s, const Row& row) { return PrincipalOf(s, row); }},
    Column<Row>{
        {"kind", ColumnType::Text, Null::Never, Lookup::Index, "", "product or person."},
        [](const Side& /*side*/, const Row& row) { return Cell::Text(row.person.has_value() ? "person" : "product"); }},
    Column<Row>{{"port", ColumnType::Key, Null::Never, Lookup::Index, "", "The port."},
                [](const Side& s, const Row& row) { return s.Key(row.port); }},
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product through whose roles."},
                [](const Side& s, const Row& row) { return s.Key(row.product); }},
    Column<Row>{{"own", ColumnType::Flag, Null::Never, Lookup::Index, "", "The product offers the port itself."},
                [](const Side& /*side*/, const Row& row) { return Cell::Flag(row.own); }},
    Column<Row>{{"via", ColumnType::Key, Null::Never, Lookup::Index, "",
                 "The declaration that gives it: the agreement, else the input port, else the port itself."},
                [](const Side& s, const Row& row) { return ViaOf(s, row); }},
    Column<Row>{{"input", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The input port; nothing when the product offers the port itself."},
                [](const Side& s, const Row& row) { return s.Key(row.input); }},
    Column<Row>{{"agreement", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The consent; nothing where none was needed."},
                [](const Side& s, const Row& row) { return s.Key(row.agreement); }},
    Column<Row>{
        {"member", ColumnType::Key, Null::Possible, Lookup::Index, "", "The membership by which the person gets in."},
        [](const Side& s, const Row& row) { return s.Key(row.member); }},
    Column<Row>{{"ends", ColumnType::Day, Null::Possible, Lookup::Scan, "", "The last day."},
                [](const Side& /*side*/, const Row& row) { return Cell::Day(row.until); }},
    Column<Row>{{"through", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The port that it reads instead, which offers what holds the data; nothing when it reads or offers "
                 "the port itself."},
                [](const Side& s, const Row& row) { return s.Key(row.through); }},
};

std::vector<Row> List(const Side& side) {
  return side.PortAccesses();
}

}  // namespace

extern const TableSpec table_access;
const TableSpec table_access = MakeTable<Row>(
    "access", "Who gets at the data of which port, and why: products by their roles, and people who get into those.",
    kColumns, List);

}  // namespace dpc::policy
