// AccessAgreement: the owner's consent. One file each, in the folder of the product that offers the port (after Bitol
// RFC 0056), so that the code owners of that folder are the approvers.
#include <array>

#include "frontend/native/diagnostics.h"
#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

constexpr std::array<Choice, 1> kModes = {{{"read", "the consumer reads"}}};
const TypeSpec kModeType = ChoiceType(kModes);

const std::array<FieldSpec, 12> kFields = {{
    kApiVersionField,
    kKindField,
    {"port", &kReferenceType, kRequired, "", "The port that is read: `product/port`, or `product` when it has one.",
     "customers"},
    {"consumer", &kNameType, kRequired, "", "The data product that may read it.", "orders"},
    {"mode", &kModeType, kOptional, "read", "What the consumer may do.", "read"},
    {"purpose", &kProseType, kRequired, "", "What the consent is given for.", "attribute orders to customers"},
    {"approvedBy", &kApproversType, kRequired, "", "Who consents for the owner.", "[alice@acme.example]"},
    {"from", &kDateType, kOptional, "at once", "The first day on which it is in force.", "2026-01-01"},
    {"until", &kDateType, kOptional, "without end", "The last day on which it is in force.", "2026-12-31"},
    {"reassess", &kDateType, kOptional, "", "The day by which it is to be looked at again.", "2026-07-01"},
    {"breakGlass", &kFlagType, kOptional, "false", "It is for an emergency.", "true"},
    {"incident", &kTextType, kOptional, "", "The incident that it is for.", "INC-4711"},
}};
const RecordSpec kRecord = {"AccessAgreement",
                            "A data owner's consent that a consumer reads a port, for a purpose and a time.", kFields};

const fields::KindSpec kSpec = {
    "native", "dpc/v1", "AccessAgreement", &kRecord,
    "apiVersion: dpc/v1\nkind: AccessAgreement\nport: customers\nconsumer: orders\nmode: read\n"
    "purpose: attribute orders to customers\napprovedBy: [alice@acme.example]\n"
    "from: 2026-01-01\nuntil: 2026-12-31\n"};

void Lower(Context& context, const RecordReader& record) {
  model::Agreement row;
  row.port = context.NameOf(record.GetText("port"));
  row.consumer = context.NameOf(record.GetText("consumer"));
  row.purpose = context.Intern(record.GetText("purpose"));
  row.approved_by = context.NamesOf(record.GetTexts("approvedBy"));
  row.from = record.GetDate("from");
  row.until = record.GetDate("until");
  row.reassess = record.GetDate("reassess");
  row.from_range = record.Has("from") ? record.KeyRange("from") : Range();
  row.until_range = record.KeyRange("until");
  row.reassess_range = record.KeyRange("reassess");
  row.break_glass = record.GetBoolean("breakGlass").value_or(false);
  row.incident = context.NameOf(record.GetText("incident"));
  row.range = row.port.has_value() ? row.port.range : context.range;
  row.folder = context.model.symbols->Intern(context.folder);
  row.poisoned = context.poisoned;
  if (row.from && row.until && *row.until < *row.from) {
    context.emitter.Report(kUntilBeforeFrom, row.until_range, row.until->ToString(), row.from->ToString())
        .Label(record.KeyRange("from"), "the first day")
        .Hint("move `until` behind `from`; delete the file if nobody may read any longer");
    row.poisoned = true;
  } else if (row.until && row.reassess && *row.until < *row.reassess) {
    context.emitter.Report(kReassessAfterEnd, row.reassess_range, row.reassess->ToString(), row.until->ToString())
        .Label(row.until_range, "the last day")
        .Hint("move `reassess` before `until`, or take it away: on the last day the access ends by itself");
  }
  context.model.agreements.Add(row);
}

}  // namespace

const Kind kAccessAgreement = {&kSpec, Lower};

}  // namespace dpc::frontend::native
