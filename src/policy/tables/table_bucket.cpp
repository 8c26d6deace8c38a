#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::BucketId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "bucket:ENVIRONMENT/IDENTIFIER."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"environment", ColumnType::Key, Null::Never, Lookup::Index, "", "The environment."},
                [](const Side& s, const Row& row) { return s.Key(s.m().buckets[row].environment); }},
    Column<Row>{{"identifier", ColumnType::Text, Null::Never, Lookup::Index, "", "How assets name it."},
                [](const Side& s, const Row& row) { return s.Text(s.m().buckets[row].identifier); }},
    Column<Row>{{"bucket_name", ColumnType::Text, Null::Never, Lookup::Index, "/name", "Its name in S3."},
                [](const Side& s, const Row& row) { return s.Text(s.m().buckets[row].bucket_name); }},
    Column<Row>{
        {"kms_key", ColumnType::Text, Null::Possible, Lookup::Index, "/key", "The ARN of the key that encrypts it."},
        [](const Side& s, const Row& row) { return s.Text(s.m().buckets[row].key); }},
    Column<Row>{{"is_default", ColumnType::Flag, Null::Never, Lookup::Scan, "/default",
                 "Assets that name no bucket are in it."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().buckets[row].is_default); }},
    Column<Row>{{"created", ColumnType::Flag, Null::Never, Lookup::Scan, "/create", "dpc emits the bucket itself."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().buckets[row].create); }},
};

std::vector<Row> List(const Side& side) {
  const auto all = side.m().buckets.All();
  return {all.begin(), all.end()};
}

}  // namespace

extern const TableSpec table_bucket;
const TableSpec table_bucket = MakeTable<Row>("bucket", "Buckets of environments.", kColumns, List);

}  // namespace dpc::policy
