// Waiver: an exception from a policy, with an end.
#include <array>

#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kPolicyType = ScalarType(fields::kRuleId);
const TypeSpec kEntityType = ScalarType(fields::kEntity);
const TypeSpec kFingerprintType = ScalarType(fields::kFingerprint);
const TypeSpec kFingerprintsType = ListOf(kFingerprintType, true);

const std::array<FieldSpec, 9> kFields = {{
    kApiVersionField,
    kKindField,
    {"policy", &kPolicyType, kRequired, "", "The policy that is waived, or the code of a warning of dpc.", "owners"},
    {"entity", &kEntityType, kRequired, "", "What it is waived for, as the policy's findings name it.",
     "\"port:customers/customers\""},
    {"findings", &kFingerprintsType, kOptional, "all of the entity",
     "Only these, by their fingerprints, as `dpc check --format human` and `json` print them: a finding that becomes "
     "worse "
     "has another one.",
     "[\"4b460c7883e03445c0f3ad3fb13d2d53\"]"},
    {"reason", &kProseType, kRequired, "", "Why the policy cannot be kept yet.", "the team is being set up"},
    {"owner", &kEmailType, kRequired, "", "Who sees to it that it is kept by then.", "jane@acme.example"},
    {"approvedBy", &kApproversType, kRequired, "", "Who grants the exception.", "[alice@acme.example]"},
    {"until", &kDateType, kRequired, "", "The last day on which it is in force.", "2026-12-31"},
}};
const RecordSpec kRecord = {"Waiver", "An exception from a policy: for one thing, for a reason, and for a time.",
                            kFields};

const fields::KindSpec kSpec = {
    "native", "dpc/v1", "Waiver", &kRecord,
    "apiVersion: dpc/v1\nkind: Waiver\npolicy: owners\nentity: \"port:customers/customers\"\n"
    "reason: the team is being set up\nowner: jane@acme.example\napprovedBy: [alice@acme.example]\n"
    "until: 2026-12-31\n"};

void Lower(Context& context, const RecordReader& record) {
  model::Waiver row;
  row.policy = context.NameOf(record.GetText("policy"));
  row.entity = context.NameOf(record.GetText("entity"));
  row.findings = context.NamesOf(record.GetTexts("findings"));
  row.reason = context.Intern(record.GetText("reason"));
  row.owner = context.NameOf(record.GetText("owner"));
  row.approved_by = context.NamesOf(record.GetTexts("approvedBy"));
  row.until = record.GetDate("until");
  row.until_range = record.KeyRange("until");
  row.range = row.policy.has_value() ? row.policy.range : context.range;
  row.poisoned = context.poisoned;
  context.model.waivers.Add(row);
}

}  // namespace

const Kind kWaiver = {&kSpec, Lower};

}  // namespace dpc::frontend::native
