#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::MemberId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "member:TEAM/EMAIL or member:PRODUCT/EMAIL."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"team", ColumnType::Key, Null::Possible, Lookup::Index, "", "The team."},
                [](const Side& s, const Row& row) { return s.Key(s.keys().TeamOf(row)); }},
    Column<Row>{
        {"product", ColumnType::Key, Null::Possible, Lookup::Index, "", "The product, for a role on one product only."},
        [](const Side& s, const Row& row) { return s.Key(s.keys().ProductOf(row)); }},
    Column<Row>{{"user", ColumnType::Text, Null::Never, Lookup::Index, "", "The email."},
                [](const Side& s, const Row& row) { return s.Text(s.m().members[row].email); }},
    Column<Row>{
        {"role", ColumnType::Text, Null::Never, Lookup::Index, "", "owner or member."},
        [](const Side& s, const Row& row) { return Cell::Text(model::MemberRoleName(s.m().members[row].role)); }},
    Column<Row>{{"active", ColumnType::Flag, Null::Never, Lookup::Scan, "", "Not listed as inactive."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().members[row].active); }},
};

std::vector<Row> List(const Side& side) {
  const auto all = side.m().members.All();
  return {all.begin(), all.end()};
}

}  // namespace

extern const TableSpec table_member;
const TableSpec table_member =
    MakeTable<Row>("member", "People with a role: in a team, or on one product.", kColumns, List);

}  // namespace dpc::policy
