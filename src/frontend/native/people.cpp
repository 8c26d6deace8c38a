// Domain and Team.
#include <array>
#include <map>

#include "base/text.h"
#include "frontend/native/diagnostics.h"
#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kPermissionSetType = ScalarType(fields::kPermissionSet);

const std::array<FieldSpec, 5> kDomainFields = {{
    kApiVersionField,
    kKindField,
    {"name", &kNameType, kRequired, "", "How data products name the domain.", "sales"},
    {"description", &kProseType, kOptional, "", "What it is about.", "orders and customers"},
    {"owner", &kTeamNameType, kOptional, "", "The team that owns its products, unless they name another one.",
     "sales-data"},
}};
const RecordSpec kDomainRecord = {"Domain", "A part of the business that data products belong to.", kDomainFields};
const fields::KindSpec kDomainSpec = {"native", "dpc/v1", "Domain", &kDomainRecord,
                                      "apiVersion: dpc/v1\nkind: Domain\nname: sales\nowner: sales-data\n"};

const TypeSpec kEmailsType = ListOf(kEmailType);
const std::array<FieldSpec, 8> kTeamFields = {{
    kApiVersionField,
    kKindField,
    {"name", &kNameType, kRequired, "", "How declarations name the team.", "sales-data"},
    {"description", &kProseType, kOptional, "", "What it does.", "data of the sales department"},
    {"members", &kMembersType, kOptional, "{}", "People and their role on the team's products.",
     "{jane@acme.example: owner}"},
    {"permissionSet", &kPermissionSetType, kOptional, "",
     "The permission set of IAM Identity Center through which they come.", "SalesData"},
    {"ssoGroups", &kTextsType, kOptional, "[]",
     "Groups of the identity provider that are members of the team in Conveyor.", "[sales-data]"},
    {"inactive", &kEmailsType, kOptional, "[]", "Members on leave or gone: they do not count as owners.",
     "[john@acme.example]"},
}};
const RecordSpec kTeamRecord = {"Team", "People with roles. They reach the roles of the products that their team owns.",
                                kTeamFields};
const fields::KindSpec kTeamSpec = {
    "native", "dpc/v1", "Team", &kTeamRecord,
    "apiVersion: dpc/v1\nkind: Team\nname: sales-data\nmembers:\n"
    "  jane@acme.example: owner\n  john@acme.example: member\npermissionSet: SalesData\n"};

void LowerDomain(Context& context, const RecordReader& record) {
  model::Domain row;
  row.name = context.NameOf(record.GetText("name"));
  row.description = context.Intern(record.GetText("description"));
  row.owner = context.NameOf(record.GetText("owner"));
  row.poisoned = context.poisoned;
  context.model.domains.Add(row);
}

// Each is compared with all members.
constexpr std::size_t kMostGuesses = 20;

// Of a team that could not be read completely, nobody knows who its members are.
void ReportNoMember(const Context& context, const model::Team& team, const Text& email, bool guess) {
  const model::Model& m = context.model;
  if (context.poisoned) {
    return;
  }
  auto report = context.emitter.Report(kNotAMember, email.range, email.text, m.Text(team.name));
  std::vector<std::string_view> members;
  for (const model::MemberId member : guess ? team.members : IdRange<model::MemberId>()) {
    members.push_back(m.Text(m.members[member].email));
  }
  const auto nearest = NearestName(email.text, members);
  report.Hint(nearest ? "did you mean `" + *nearest + "`?" : "take the address away, or add it to `members`");
}

void LowerInactive(const Context& context, const RecordReader& record, const model::Team& team) {
  std::multimap<std::string_view, model::MemberId> members;
  for (const model::MemberId id : team.members) {
    members.emplace(context.model.Text(context.model.members[id].email), id);
  }
  std::size_t unknown = 0;
  for (const Text& email : record.GetTexts("inactive")) {
    const auto [first, last] = members.equal_range(email.text);
    for (auto member = first; member != last; ++member) {
      context.model.members.Get(member->second).active = false;
    }
    if (first == last) {
      ReportNoMember(context, team, email, unknown++ < kMostGuesses);
    }
  }
}

void LowerTeam(Context& context, const RecordReader& record) {
  model::Team row;
  row.name = context.NameOf(record.GetText("name"));
  row.description = context.Intern(record.GetText("description"));
  row.members = context.MembersOf(record, "members");
  LowerInactive(context, record, row);
  row.permission_set = context.NameOf(record.GetText("permissionSet"));
  row.sso_groups = context.NamesOf(record.GetTexts("ssoGroups"));
  row.poisoned = context.poisoned;
  context.model.teams.Add(row);
}

}  // namespace

const Kind kDomain = {&kDomainSpec, LowerDomain};
const Kind kTeam = {&kTeamSpec, LowerTeam};

}  // namespace dpc::frontend::native
