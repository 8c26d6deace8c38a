// Walked, not stored: policy/sql answers from Flow.
#include "policy/tables/table.h"

namespace dpc::policy {

extern const TableSpec table_lineage;
const TableSpec table_lineage = {
    "lineage",
    "Which port is made from which, at any depth. Give `ancestor` or `descendant`: without either, all pairs are "
    "walked.",
    false,
    {
        {"ancestor", ColumnType::Key, Null::Never, Lookup::Index, "", "The port that data comes from."},
        {"descendant", ColumnType::Key, Null::Never, Lookup::Index, "",
         "The port that it ends in; a port is its own, at 0 hops."},
        {"hops", ColumnType::Number, Null::Never, Lookup::Scan, "", "Products on the shortest way."},
    },
    nullptr};

}  // namespace dpc::policy
