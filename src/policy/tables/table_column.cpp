#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::ColumnId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "column:PRODUCT/PORT/NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"port", ColumnType::Key, Null::Never, Lookup::Index, "", "The port."},
                [](const Side& s, const Row& row) { return s.Key(s.keys().PortOf(row)); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "", "Its name."},
                [](const Side& s, const Row& row) { return s.Text(s.m().columns[row].name); }},
    Column<Row>{{"type", ColumnType::Text, Null::Possible, Lookup::Scan, "/type", "Its type, as declared."},
                [](const Side& s, const Row& row) { return s.Text(s.m().columns[row].type); }},
    Column<Row>{
        {"classification", ColumnType::Text, Null::Possible, Lookup::Index, "/classification", "Its own class."},
        [](const Side& s, const Row& row) {
          return Cell::TextOrNull(model::ClassificationName(s.m().columns[row].classification));
        }},
    Column<Row>{
        {"class", ColumnType::Number, Null::Never, Lookup::Scan, "/classification",
         "The class as a number, as of ports."},
        [](const Side& s, const Row& row) { return Cell::Number(ClassRank(s.m().columns[row].classification)); }},
    Column<Row>{{"personal", ColumnType::Flag, Null::Never, Lookup::Index, "/personal", "It holds personal data."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().columns[row].personal); }},
    Column<Row>{{"required", ColumnType::Flag, Null::Never, Lookup::Scan, "/required", "Every row has a value."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().columns[row].required); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().columns);
}

}  // namespace

extern const TableSpec table_column;
const TableSpec table_column = MakeTable<Row>("column", "Columns that ports declare.", kColumns, List);

}  // namespace dpc::policy
