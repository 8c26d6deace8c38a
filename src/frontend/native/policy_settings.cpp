#include "frontend/native/policy_settings.h"

#include <array>

#include "base/text.h"

namespace dpc::frontend::native {
namespace {

// Numbers that every reader of JSON takes exactly.
constexpr std::int64_t kLargest = 9007199254740991;

const TypeSpec kFolderType = ScalarType(fields::kFolder);
const TypeSpec kFoldersType = ListOf(kFolderType);
const TypeSpec kPolicyType = ScalarType(fields::kPolicyId);
const TypeSpec kPolicyIdsType = ListOf(kPolicyType);

// A severity cannot say that a policy does not judge.
std::string RepairSeverity(std::string_view text) {
  const std::string word = LowerCase(text);
  const bool off = word == "off" || word == "none" || word == "ignore" || word == "disabled" || word == "false";
  return off ? "a policy that does not judge stands in `disabled`" : "";
}

const TypeSpec kRuleSeverityType = {.shape = Shape::Choice, .choices = kSeverityType.choices, .repair = RepairSeverity};
const TypeSpec kSeverityMapType = MapOf(fields::kRuleId, kRuleSeverityType);
const TypeSpec kDatesType = MapOf(fields::kRuleIdOrAll, kDateType);

const TypeSpec kValueType = {
    .shape = Shape::Literal, .scalar = &fields::kAnyText, .minimum = -kLargest, .maximum = kLargest};
const TypeSpec kValuesType = MapOf(fields::kParameterName, kValueType);
const TypeSpec kParametersType = MapOf(fields::kPolicyId, kValuesType);

const std::array<FieldSpec, 6> kFields = {{
    {"packs", &kNamesType, kOptional, "[]", "Collections of policies that dpc brings along.", "[builtin]"},
    {"folders", &kFoldersType, kOptional, "[policies]", "Folders with policies of your own.", "[governance/policies]"},
    {"disabled", &kPolicyIdsType, kOptional, "[]", "Policies that do not judge.", "[owners]"},
    {"severity", &kSeverityMapType, kOptional, "the policy's",
     "How heavy a finding of a policy is; a warning of dpc, by its code, can be made an error.",
     "{owners: warning, DPC6001: error}"},
    {"enforceFrom", &kDatesType, kOptional, "at once",
     "The day from which a policy's errors are errors, and a warning of dpc, by its code, is one; until then they are "
     "warnings. `\"*\"`: of every policy that has no day of its own.",
     "{owners: 2026-07-01}"},
    {"parameters", &kParametersType, kOptional, "the policy's", "Values for the parameters of policies.",
     "{retention: {most_days: 365}}"},
}};
const RecordSpec kPolicies = {"policy section", "Which policies judge the repository, and how.", kFields};

IdRange<model::ParameterId> LowerParameters(const Context& context, const RecordReader& policies) {
  model::Model& m = context.model;
  const std::size_t begin = m.parameters.size();
  for (const auto& [policy, values] : policies.GetLiteralMaps("parameters")) {
    for (const auto& [name, value] : values) {
      m.parameters.Add(
          {context.NameOf(policy), context.NameOf(name), context.NamesOf(value.items), value.is_list, value.is_text});
    }
  }
  return m.parameters.Since(begin);
}

}  // namespace

const TypeSpec kPoliciesType = RecordType(kPolicies);

model::PolicySettings LowerPolicySettings(const Context& context, const RecordReader& workspace) {
  model::PolicySettings out;
  const auto policies = workspace.GetRecord("policies");
  if (!policies) {
    return out;
  }
  out.declared = true;
  out.range = workspace.KeyRange("policies");
  out.packs = context.NamesOf(policies->GetTexts("packs"));
  out.folders = context.NamesOf(policies->GetTexts("folders"));
  out.folders_declared = policies->Has("folders");
  out.disabled = context.NamesOf(policies->GetTexts("disabled"));
  out.severity = context.SettingsOf(policies->GetTextMap("severity"));
  out.enforce_from = context.SettingsOf(policies->GetTextMap("enforceFrom"));
  out.parameters = LowerParameters(context, *policies);
  return out;
}

}  // namespace dpc::frontend::native
