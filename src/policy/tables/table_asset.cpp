#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::AssetId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "asset:PRODUCT/NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"product", ColumnType::Key, Null::Possible, Lookup::Index, "", "The product that owns it."},
                [](const Side& s, const Row& row) { return s.Key(s.m().assets[row].product); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "", "Its name within the product."},
                [](const Side& s, const Row& row) { return s.Text(s.m().assets[row].name); }},
    Column<Row>{{"kind", ColumnType::Text, Null::Never, Lookup::Index, "",
                 "s3, glue, redshift, databricks, snowflake, azure or postgresql."},
                [](const Side& s, const Row& row) { return Cell::Text(model::AssetKindName(s.m().assets[row].kind)); }},
    Column<Row>{{"bucket", ColumnType::Text, Null::Possible, Lookup::Index, "/bucket",
                 "The bucket as declared; nothing for the default one."},
                [](const Side& s, const Row& row) { return s.Text(s.m().assets[row].bucket); }},
    Column<Row>{{"path", ColumnType::Text, Null::Possible, Lookup::Scan, "/path", "The folder of its files."},
                [](const Side& s, const Row& row) { return s.Text(s.m().assets[row].path); }},
    Column<Row>{{"whole_bucket", ColumnType::Flag, Null::Never, Lookup::Scan, "", "It is a whole bucket."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().assets[row].whole_bucket); }},
    Column<Row>{{"database", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The database, catalog or container."},
                [](const Side& s, const Row& row) { return s.Text(s.m().assets[row].database); }},
    Column<Row>{{"schema", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The schema; of Glue the suffix."},
                [](const Side& s, const Row& row) { return s.Text(s.m().assets[row].schema); }},
    Column<Row>{
        {"table_name", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The table; nothing for all of them."},
        [](const Side& s, const Row& row) { return s.Text(s.m().assets[row].table); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().assets);
}

}  // namespace

extern const TableSpec table_asset;
const TableSpec table_asset = MakeTable<Row>("asset", "Technical assets: what products write.", kColumns, List);

}  // namespace dpc::policy
