// Policy: the short form of a policy, one condition on the rows of one table.
#include <array>

#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kIdType = ScalarType(fields::kPolicyId);
const TypeSpec kTableType = ScalarType(fields::kTableName);
const TypeSpec kAtType = ScalarType(fields::kFieldPath);
// A hundred years: beyond it a day may have no name of four digits.
const TypeSpec kDaysType = {.shape = Shape::Integer, .minimum = 1, .maximum = 36500};

const std::array<FieldSpec, 13> kFields = {{
    kApiVersionField,
    kKindField,
    {"id", &kIdType, kRequired, "", "Its name in findings, waivers and settings.", "personal-data-is-guarded"},
    {"title", &kTextType, kRequired, "", "The rule in one sentence.",
     "Ports with personal data are not open to everybody"},
    {"severity", &kSeverityType, kRequired, "", "How heavy a finding is.", "error"},
    {"for", &kTableType, kRequired, "", "The table that it judges row by row.", "port"},
    {"deny", &kProseType, kRequired, "", "SQL: a row for which it holds is a finding.",
     "personal AND access = 'unrestricted'"},
    {"at", &kAtType, kOptional, "the declaration itself",
     "Where a finding points: a field of the row's declaration, or a JSON pointer into it.", "access"},
    {"message", &kTextType, kRequired, "", "What was seen; columns of the row in braces.",
     "\"port {name} is open to everybody and holds personal data\""},
    {"help", &kTextType, kRequired, "", "What to do, in one line.", "Set its access to restricted."},
    {"waivable", &kFlagType, kOptional, "true", "Whether a Waiver may excuse a finding.", "false"},
    {"maxWaiverDays", &kDaysType, kOptional, "no bound", "How many days a Waiver may last.", "90"},
    {"why", &kProseType, kOptional, "", "Why the rule exists.", "Whoever reads personal data must have a reason."},
}};
const RecordSpec kRecord = {"Policy", "A rule about the rows of one table, as one condition.", kFields};

const fields::KindSpec kSpec = {
    "native", "dpc/v1", "Policy", &kRecord,
    "apiVersion: dpc/v1\nkind: Policy\nid: personal-data-is-guarded\n"
    "title: Ports with personal data are not open to everybody\nseverity: error\nfor: port\n"
    "deny: personal AND access = 'unrestricted'\nat: access\n"
    "message: \"port {name} is open to everybody and holds personal data\"\nhelp: Set its access to restricted.\n"};

void Lower(Context& context, const RecordReader& record) {
  model::ShortPolicy row;
  row.id = context.NameOf(record.GetText("id"));
  row.title = context.Intern(record.GetText("title"));
  row.severity = context.NameOf(record.GetText("severity"));
  row.table = context.NameOf(record.GetText("for"));
  row.deny = context.NameOf(record.GetText("deny"));
  row.at = context.NameOf(record.GetText("at"));
  row.message = context.NameOf(record.GetText("message"));
  row.help = context.Intern(record.GetText("help"));
  row.waivable = record.GetBoolean("waivable").value_or(true);
  row.max_waiver_days = record.GetInteger("maxWaiverDays");
  row.why = context.Intern(record.GetText("why"));
  row.range = row.id.has_value() ? row.id.range : context.range;
  row.poisoned = context.poisoned;
  context.model.policies.Add(row);
}

}  // namespace

const Kind kPolicy = {&kSpec, Lower};

}  // namespace dpc::frontend::native
