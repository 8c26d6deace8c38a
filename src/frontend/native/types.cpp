#include <array>

#include "frontend/native/native.h"

namespace dpc::frontend::native {

const TypeSpec kTextType = ScalarType(fields::kAnyText);
const TypeSpec kProseType = ScalarType(fields::kProse);
const TypeSpec kNameType = ScalarType(fields::kName);
const TypeSpec kTeamNameType = ScalarType(fields::kTeamName);
const TypeSpec kReferenceType = ScalarType(fields::kReference);
const TypeSpec kEmailType = ScalarType(fields::kEmail);
const TypeSpec kDateType = ScalarType(fields::kDate);
const TypeSpec kFlagType = {.shape = Shape::Boolean};
const TypeSpec kUrlType = ScalarType(fields::kUrl);
const TypeSpec kNamesType = ListOf(kNameType);
const TypeSpec kSomeNamesType = ListOf(kNameType, true);
const TypeSpec kTextsType = ListOf(kTextType);

namespace {

constexpr std::array<Choice, 4> kClassifications = {{
    {"public", "anyone may know it", " open unrestricted "},
    {"internal", "for everyone in the company", " private company "},
    {"confidential", "for those who need it", " sensitive pii personal secret "},
    {"restricted", "for named people only", " highly-confidential strictly-confidential top-secret "},
}};
constexpr std::array<Choice, 2> kMemberRoles = {{
    {"owner", "decides for the product and answers for it", " admin lead maintainer manager steward "},
    {"member", "works on it", " reader viewer user developer contributor writer editor engineer guest "},
}};
const TypeSpec kMemberRoleType = ChoiceType(kMemberRoles);

constexpr std::array<Choice, 1> kApiVersions = {{{"dpc/v1", "the only version"}}};
constexpr std::array<Choice, 8> kKinds = {{
    {"Workspace", "what holds for the whole repository", " config settings repository project "},
    {"Environment", "where assets become real", " env stage account "},
    {"Domain", "a part of the business", " area businessdomain data-domain datadomain "},
    {"Team", "people with roles", " group squad "},
    {"DataProduct", "assets, what is offered, what is read", " dataset product data-product data_product table "},
    {"AccessAgreement", "an owner's consent", " agreement access grant consent accessrequest permission "},
    {"Policy", "a rule about the rows of one table", " rule "},
    {"Waiver", "an exception from a policy", " exception exemption "},
}};

constexpr std::array<Choice, 5> kServices = {{
    {"athena", "an Athena workgroup with a results folder of its own"},
    {"console", "what the AWS console needs to open"},
    {"ssm", "parameters of the product in Systems Manager"},
    {"conveyor", "a Conveyor project"},
    {"iam-user", "an IAM user with the same rights"},
}};
const TypeSpec kServiceType = ChoiceType(kServices);

constexpr std::array<Choice, 3> kSeverities = {{
    {"error", "`dpc check` and `dpc build` fail", " fatal critical blocker block high fail deny "},
    {"warning", "reported", " warn medium low "},
    {"info", "reported, of little weight", " notice note hint information informational "},
}};

}  // namespace

const TypeSpec kClassificationType = ChoiceType(kClassifications);
const TypeSpec kMembersType = MapOf(fields::kEmail, kMemberRoleType);
const TypeSpec kApproversType = ListOf(kEmailType, true);
const TypeSpec kApiVersionType = ChoiceType(kApiVersions);
const TypeSpec kKindType = ChoiceType(kKinds);
const TypeSpec kSeverityType = ChoiceType(kSeverities);
const TypeSpec kServicesType = ListOf(kServiceType);

model::Name Context::NameOf(const Text& text) const {
  return {model.symbols->Intern(text.text), text.range};
}

Symbol Context::Intern(const std::optional<Text>& text) const {
  return text ? model.symbols->Intern(text->text) : Symbol::None();
}

model::Names Context::NamesOf(const std::vector<Text>& texts) const {
  const std::size_t begin = model.names.size();
  for (const Text& text : texts) {
    model.names.Add(NameOf(text));
  }
  return model.names.Since(begin);
}

model::Settings Context::SettingsOf(const std::vector<std::pair<Text, Text>>& entries) const {
  const std::size_t begin = model.settings.size();
  for (const auto& [key, value] : entries) {
    model.settings.Add({NameOf(key), NameOf(value)});
  }
  return model.settings.Since(begin);
}

model::Name Context::PathOf(const std::optional<Text>& text) const {
  if (!text) {
    return {};
  }
  std::string_view path = text->text;
  if (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return {model.symbols->Intern(path), text->range};
}

IdRange<model::MemberId> Context::MembersOf(const RecordReader& record, std::string_view field) const {
  const std::size_t begin = model.members.size();
  for (const auto& [email, role] : record.GetTextMap(field)) {
    model.members.Add({NameOf(email), role.text == "owner" ? model::MemberRole::Owner : model::MemberRole::Member});
  }
  return model.members.Since(begin);
}

model::Services ServicesOf(const RecordReader& record, std::string_view field) {
  model::Services services;
  for (const Text& service : record.GetTexts(field)) {
    for (const auto& [known, name] : model::ServiceNames()) {
      if (name == service.text) {
        services.Add(known);
      }
    }
  }
  return services;
}

model::Classification ClassificationOf(const RecordReader& record) {
  const auto choice = record.GetChoice("classification");
  return choice ? static_cast<model::Classification>(*choice + 1) : model::Classification::Unset;
}

}  // namespace dpc::frontend::native
