#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::ProductId;

const Inherited& Of(const Side& side, model::ProductId product) {
  return side.flow().InheritedByProduct()[product.index()];
}

const std::array kColumns = {
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"class", ColumnType::Number, Null::Never, Lookup::Scan, "",
                 "The highest class among all ports up the stream, as a number."},
                [](const Side& s, const Row& row) { return Cell::Number(ClassRank(Of(s, row).classification)); }},
    Column<Row>{{"classification", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The same in words."},
                [](const Side& s, const Row& row) {
                  return Cell::TextOrNull(model::ClassificationName(Of(s, row).classification));
                }},
    Column<Row>{{"class_port", ColumnType::Key, Null::Possible, Lookup::Scan, "", "A port of that class."},
                [](const Side& s, const Row& row) { return s.Key(Of(s, row).classification_port); }},
    Column<Row>{{"class_behind_declassified", ColumnType::Number, Null::Never, Lookup::Scan, "",
                 "The same without what lies behind a port that declares itself declassified."},
                [](const Side& s, const Row& row) { return Cell::Number(ClassRank(Of(s, row).undeclassified)); }},
    Column<Row>{
        {"class_behind_declassified_port", ColumnType::Key, Null::Possible, Lookup::Scan, "", "A port of that class."},
        [](const Side& s, const Row& row) { return s.Key(Of(s, row).undeclassified_port); }},
    Column<Row>{{"retention_days", ColumnType::Number, Null::Possible, Lookup::Scan, "",
                 "The shortest retention of ports with personal data up the stream."},
                [](const Side& s, const Row& row) {
                  return Of(s, row).retention_days ? Cell::Number(*Of(s, row).retention_days) : Cell();
                }},
    Column<Row>{{"retention_port", ColumnType::Key, Null::Possible, Lookup::Scan, "", "The port that has it."},
                [](const Side& s, const Row& row) { return s.Key(Of(s, row).retention_port); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().products);
}

}  // namespace

extern const TableSpec table_upstream;
const TableSpec table_upstream =
    MakeTable<Row>("upstream", "The worst that flows into each product, from any depth.", kColumns, List);

}  // namespace dpc::policy
