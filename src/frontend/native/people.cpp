// Domain and Team.
#include <array>

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

// Of a team that could not be read completely, nobody knows who its members are.
void ReportNoMember(const Context& context, const model::Team& team, const Text& email) {
  const model::Model& m = context.model;
  if (context.poisoned) {
    return;
  }
  std::vector<std::string_view> members;
  for (const model::MemberId member : team.members) {
    members.push_back(m.Text(m.members[member].email));
  }
  auto report = context.emitter.Report(kNotAMember, email.range, email.text, m.Text(team.name));
  const auto nearest = NearestName(email.text, members);
  report.Hint(nearest ? "did you mean `" + *nearest + "`?" : "take the address away, or add it to `members`");
}

void LowerInactive(const Context& context, const RecordReader& record, const model::Team& team) {
  for (const Text& email : record.GetTexts("inactive")) {
    bool found = false;
    for (const model::MemberId id : team.members) {
      model::Member& member = context.model.members.Get(id);
      if (context.model.Text(member.email) == email.text) {
        member.active = false;
        found = true;
      }
    }
    if (!found) {
      ReportNoMember(context, team, email);
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
