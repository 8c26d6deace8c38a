#include "frontend/native/output_port.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "frontend/native/diagnostics.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kAssetNamesType = ListOf(kNameType, true);
const std::array<FieldSpec, 5> kColumnFields = {{
    {"type", &kTextType, kOptional, "", "The type of its values.", "string"},
    {"description", &kProseType, kOptional, "", "What it holds.", "the customer's email address"},
    {"classification", &kClassificationType, kOptional, "the port's", "Who may know it.", "confidential"},
    {"personal", &kFlagType, kOptional, "false", "It holds personal data.", "true"},
    {"required", &kFlagType, kOptional, "false", "Every row has a value.", "true"},
}};
const RecordSpec kColumn = {"column", "A column of what the port offers.", kColumnFields};
const TypeSpec kColumnType = RecordType(kColumn);
const TypeSpec kColumnsType = MapOf(fields::kAnyText, kColumnType);

const std::array<FieldSpec, 3> kDeprecatedFields = {{
    {"since", &kDateType, kOptional, "", "The day of the decision.", "2026-01-01"},
    {"sunset", &kDateType, kOptional, "",
     "The last day on which the port is offered. Whoever reads it reads on until the port or the input port goes; dpc "
     "says so at both.",
     "2026-12-31"},
    {"successor", &kReferenceType, kOptional, "", "The port to read instead.", "customers/profiles"},
}};
const RecordSpec kDeprecated = {"deprecation", "The port will go.", kDeprecatedFields};
const TypeSpec kDeprecatedType = RecordType(kDeprecated);

constexpr std::array<Choice, 3> kAccessTypes = {{
    {"unrestricted", "every product that declares an input port may read it", " public open everyone all anyone "},
    {"restricted", "its owner agrees to each consumer", " approval request on-request confidential protected "},
    {"private", "as restricted, and not shown to others", " hidden secret closed none internal "},
}};
const TypeSpec kAccessTypeType = ChoiceType(kAccessTypes);

// In the order of model::DeclassifyMethod.
constexpr std::array<Choice, 3> kMethods = {{
    {"aggregated", "many rows became one"},
    {"masked", "values are hidden or replaced"},
    {"anonymised", "nobody can be told from the data any more"},
}};
const TypeSpec kMethodType = ChoiceType(kMethods);
const std::array<FieldSpec, 3> kDeclassifiedFields = {{
    {"method", &kMethodType, kRequired, "", "How that was done.", "aggregated"},
    {"reason", &kProseType, kRequired, "", "Why that is enough.", "counts of at least 20 customers each"},
    {"approvedBy", &kApproversType, kRequired, "", "Who answers for it.", "[jane@acme.example]"},
}};
const RecordSpec kDeclassified = {"declassification",
                                  "A statement that the data is of a lower class than what it was made from.",
                                  kDeclassifiedFields};
const TypeSpec kDeclassifiedType = RecordType(kDeclassified);

const TypeSpec kVersionType = ScalarType(fields::kVersion);
const TypeSpec kRetentionType = {.shape = Shape::Integer, .minimum = 1, .maximum = 36500};

const std::array<FieldSpec, 13> kPortFields = {{
    {"assets", &kAssetNamesType, kRequired, "", "The assets of this product that the port offers.", "[orders]"},
    {"access", &kAccessTypeType, kOptional, "restricted", "Who may read it.", "restricted"},
    {"description", &kProseType, kOptional, "", "What it offers.", "orders of all channels"},
    {"classification", &kClassificationType, kOptional, "the product's", "Who may know it.", "confidential"},
    {"personal", &kFlagType, kOptional, "false", "It holds personal data.", "true"},
    {"columns", &kColumnsType, kOptional, "{}", "The columns, by name.", "{customer_email: {personal: true}}"},
    {"contract", &kTextType, kOptional, "", "The data contract: its id or URL.", "orders-v2"},
    {"owner", &kEmailType, kOptional, "the product's owner", "The person who decides on requests.",
     "jane@acme.example"},
    {"deprecated", &kDeprecatedType, kOptional, "", "The port will go.",
     "{sunset: 2026-12-31, successor: customers/profiles}"},
    {"version", &kVersionType, kOptional, "", "The version of what it offers.", "\"2.1\""},
    {"retentionDays", &kRetentionType, kOptional, "", "For how many days a row is kept.", "365"},
    {"erasureKey", &kTextType, kOptional, "",
     "The column by which a person's rows are found and erased; one of `columns` where they are given.",
     "customer_email"},
    {"declassified", &kDeclassifiedType, kOptional, "", "Its data is of a lower class than what it was made from.",
     "{method: aggregated, reason: counts only, approvedBy: [jane@acme.example]}"},
}};

IdRange<model::ColumnId> LowerColumns(const Context& context, const RecordReader& port) {
  model::Model& m = context.model;
  const std::size_t begin = m.columns.size();
  for (const auto& [name, column] : port.GetRecordMap("columns")) {
    m.columns.Add({context.NameOf(name), context.Intern(column.GetText("type")),
                   context.Intern(column.GetText("description")), ClassificationOf(column),
                   column.GetBoolean("personal").value_or(false), column.GetBoolean("required").value_or(false)});
  }
  return m.columns.Since(begin);
}

model::Declassified LowerDeclassified(const Context& context, const RecordReader& port) {
  model::Declassified out;
  const auto record = port.GetRecord("declassified");
  if (!record) {
    return out;
  }
  out.declared = true;
  out.range = port.KeyRange("declassified");
  out.method = static_cast<model::DeclassifyMethod>(record->GetChoice("method").value_or(0));
  out.reason = context.Intern(record->GetText("reason"));
  out.approved_by = context.NamesOf(record->GetTexts("approvedBy"));
  return out;
}

// A port without columns does not say what it has. Of one that could not be read completely, nobody knows.
void CheckErasureKey(const Context& context, const model::OutputPort& port) {
  const model::Model& m = context.model;
  if (!port.erasure_key.has_value() || port.columns.empty() || context.poisoned) {
    return;
  }
  std::vector<std::string_view> names;
  for (const model::ColumnId column : port.columns) {
    names.push_back(m.Text(m.columns[column].name));
  }
  const std::string_view key = m.Text(port.erasure_key);
  if (std::find(names.begin(), names.end(), key) != names.end()) {
    return;
  }
  auto report = context.emitter.Report(kNoSuchColumn, port.erasure_key.range, m.Text(port.name), key);
  const auto nearest = NearestName(key, names);
  report.Hint(nearest ? "did you mean `" + *nearest + "`?" : "name one of its `columns`, or add this one to them");
}

void CheckSunset(const Context& context, const model::OutputPort& port, const RecordReader& record) {
  if (port.sunset && port.deprecated_since && *port.sunset < *port.deprecated_since) {
    const auto deprecated = record.GetRecord("deprecated");
    context.emitter
        .Report(kSunsetBeforeSince, port.sunset_range, context.model.Text(port.name), port.sunset->ToString(),
                port.deprecated_since->ToString())
        .Label(deprecated ? deprecated->KeyRange("since") : port.deprecated_range, "the day of the decision")
        .Hint("move `sunset` behind `since`");
  }
}

}  // namespace

const RecordSpec kPort = {"output port", "What the product offers: a named group of its assets.", kPortFields};

model::OutputPort LowerPort(const Context& context, model::ProductId product, const Text& name,
                            const RecordReader& record) {
  model::OutputPort port;
  port.product = product;
  port.name = context.NameOf(name);
  port.description = context.Intern(record.GetText("description"));
  port.assets = context.NamesOf(record.GetTexts("assets"));
  if (const auto access = record.GetChoice("access")) {
    port.access = static_cast<model::AccessType>(*access);
  }
  port.classification = ClassificationOf(record);
  port.personal = record.GetBoolean("personal").value_or(false);
  port.columns = LowerColumns(context, record);
  port.contract = context.NameOf(record.GetText("contract"));
  port.owner = context.NameOf(record.GetText("owner"));
  if (const auto deprecated = record.GetRecord("deprecated")) {
    port.deprecated = true;
    port.deprecated_range = record.KeyRange("deprecated");
    port.deprecated_since = deprecated->GetDate("since");
    port.sunset = deprecated->GetDate("sunset");
    port.sunset_range = deprecated->KeyRange("sunset");
    port.successor = context.NameOf(deprecated->GetText("successor"));
  }
  port.version = context.NameOf(record.GetText("version"));
  port.retention_days = record.GetInteger("retentionDays");
  port.erasure_key = context.NameOf(record.GetText("erasureKey"));
  port.declassified = LowerDeclassified(context, record);
  port.poisoned = context.poisoned;
  CheckErasureKey(context, port);
  CheckSunset(context, port, record);
  return port;
}

}  // namespace dpc::frontend::native
