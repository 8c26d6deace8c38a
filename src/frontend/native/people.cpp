// Domain and Team.
#include <array>

#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kPermissionSetType = ScalarType(fields::kPermissionSet);

const std::array<FieldSpec, 5> kDomainFields = {{
    kApiVersionField,
    kKindField,
    {"name", &kNameType, kRequired, "", "How data products name the domain.", "sales"},
    {"description", &kProseType, kOptional, "", "What it is about.", "orders and customers"},
    {"owner", &kNameType, kOptional, "", "The team that owns its products, unless they name another one.",
     "sales-data"},
}};
const RecordSpec kDomainRecord = {"Domain", "A part of the business that data products belong to.", kDomainFields};
const fields::KindSpec kDomainSpec = {"native", "dpc/v1", "Domain", &kDomainRecord,
                                      "apiVersion: dpc/v1\nkind: Domain\nname: sales\nowner: sales-data\n"};

const std::array<FieldSpec, 7> kTeamFields = {{
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

void LowerTeam(Context& context, const RecordReader& record) {
  model::Team row;
  row.name = context.NameOf(record.GetText("name"));
  row.description = context.Intern(record.GetText("description"));
  row.members = context.MembersOf(record, "members");
  row.permission_set = context.NameOf(record.GetText("permissionSet"));
  row.sso_groups = context.NamesOf(record.GetTexts("ssoGroups"));
  row.poisoned = context.poisoned;
  context.model.teams.Add(row);
}

}  // namespace

const Kind kDomain = {&kDomainSpec, LowerDomain};
const Kind kTeam = {&kTeamSpec, LowerTeam};

}  // namespace dpc::frontend::native
