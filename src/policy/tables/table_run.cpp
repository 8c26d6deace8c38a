#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {};

const std::array kColumns = {
    Column<Row>{{"today", ColumnType::Day, Null::Possible, Lookup::Scan, "",
                 "The day of the run: --today, else the latest of the commit read, its ancestors and the base's tip."},
                [](const Side& s, const Row& /*row*/) { return Cell::Day(s.world().today()); }},
    Column<Row>{{"workspace", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The name of the workspace."},
                [](const Side& s, const Row& /*row*/) { return s.Text(s.m().workspace.name); }},
    Column<Row>{{"has_base", ColumnType::Flag, Null::Never, Lookup::Scan, "", "There is a base to compare with."},
                [](const Side& s, const Row& /*row*/) { return Cell::Flag(s.world().base() != nullptr); }},
    Column<Row>{{"has_approvals", ColumnType::Flag, Null::Never, Lookup::Scan, "",
                 "It is known who approved the pull request."},
                [](const Side& s, const Row& /*row*/) { return Cell::Flag(s.world().pull_request().known); }},
    Column<Row>{{"author", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The author of the pull request."},
                [](const Side& s, const Row& /*row*/) { return Cell::TextOrNull(s.world().pull_request().author); }},
    Column<Row>{{"tables", ColumnType::Number, Null::Never, Lookup::Scan, "", "The version of these tables."},
                [](const Side& /*side*/, const Row& /*row*/) { return Cell::Number(kTablesVersion); }},
};

std::vector<Row> List(const Side& /*side*/) {
  return {Row{}};
}

}  // namespace

extern const TableSpec table_run;
const TableSpec table_run = MakeTable<Row>("run", "One row: what is the same for all.", kColumns, List, true);

}  // namespace dpc::policy
