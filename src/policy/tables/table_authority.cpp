#include <set>
#include <tuple>

#include "base/text.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::MemberId;

const std::array kColumns = {
    Column<Row>{{"user", ColumnType::Text, Null::Never, Lookup::Index, "", "The email."},
                [](const Side& s, const Row& row) { return s.Text(s.m().members[row].email); }},
    Column<Row>{{"team", ColumnType::Key, Null::Never, Lookup::Index, "", "The team."},
                [](const Side& s, const Row& row) { return s.Key(s.keys().TeamOf(row)); }},
    Column<Row>{
        {"role", ColumnType::Text, Null::Never, Lookup::Index, "", "owner or member."},
        [](const Side& s, const Row& row) { return Cell::Text(model::MemberRoleName(s.m().members[row].role)); }},
};

using Fact = std::tuple<std::string_view, std::string, model::MemberRole>;

Fact FactOf(const Side& side, model::MemberId id) {
  const model::Member& row = side.m().members[id];
  return {side.keys().Of(side.keys().TeamOf(id)), LowerCase(side.m().Text(row.email)), row.role};
}

std::vector<model::MemberId> TeamMembers(const Side& side) {
  std::vector<model::MemberId> members;
  for (const model::MemberId id : side.m().members.All()) {
    if (side.keys().TeamOf(id).has_value() && side.m().members[id].active) {
      members.push_back(id);
    }
  }
  return members;
}

// A pull request cannot make its own approvers, nor begin where somebody was one for a while.
std::vector<Row> List(const Side& side) {
  std::vector<Row> rows = TeamMembers(side);
  for (const Side* earlier : side.world().Before()) {
    std::set<Fact> before;
    for (const model::MemberId id : TeamMembers(*earlier)) {
      before.insert(FactOf(*earlier, id));
    }
    std::erase_if(rows, [&](model::MemberId id) { return !before.contains(FactOf(side, id)); });
  }
  return rows;
}

}  // namespace

extern const TableSpec table_authority;
const TableSpec table_authority = MakeTable<Row>(
    "authority",
    "Who counts as an approver: an active member of a team; with a base, at the commit in common and at its tip too.",
    kColumns, List, true);

}  // namespace dpc::policy
