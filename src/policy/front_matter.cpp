// `/*---`, YAML, `---*/`: the head of a policy file, by a table of fields as every other declaration.
#include <array>

#include "base/text.h"
#include "fields/decode.h"
#include "fields/scalars.h"
#include "fields/spec.h"
#include "policy/diagnostics.h"
#include "policy/policy.h"
#include "policy/tables/table.h"
#include "syntax/parse.h"
#include "syntax/stand_in.h"

namespace dpc::policy {
namespace {

using fields::FieldSpec;
using fields::Presence;
using fields::RecordReader;
using fields::Shape;
using fields::TypeSpec;

constexpr std::string_view kOpen = "/*---";
constexpr std::string_view kClose = "---*/";
// Of the head and the SQL: what the sandbox takes.
constexpr std::size_t kMostPolicyBytes = 100'000;

// Numbers that every reader of JSON takes exactly.
constexpr std::int64_t kLargest = 9007199254740991;

constexpr std::array<fields::Choice, 3> kSeverities = {{
    {"error", "stops a merge"},
    {"warning", "is shown"},
    {"info", "is mentioned"},
}};
const TypeSpec kNameType = {.shape = Shape::Scalar, .scalar = &fields::kName};
const TypeSpec kIdType = {.shape = Shape::Scalar, .scalar = &fields::kPolicyId};
const TypeSpec kTextType = {.shape = Shape::Scalar, .scalar = &fields::kAnyText};
const TypeSpec kProseType = {.shape = Shape::Scalar, .scalar = &fields::kProse};
const TypeSpec kTextsType = {.shape = Shape::List, .element = &kTextType};
const TypeSpec kSeverityType = {.shape = Shape::Choice, .choices = kSeverities};
const TypeSpec kFlagType = {.shape = Shape::Boolean};
const TypeSpec kDaysType = {.shape = Shape::Integer, .minimum = 1, .maximum = 36500};
const TypeSpec kValueType = {
    .shape = Shape::Literal, .scalar = &fields::kAnyText, .minimum = -kLargest, .maximum = kLargest};
const TypeSpec kParametersType = {.shape = Shape::Map, .scalar = &fields::kParameterName, .element = &kValueType};

const std::array<FieldSpec, 16> kFields = {{
    {"id", &kIdType, Presence::Required, "", "Its name in findings, waivers and settings.", "owner-required"},
    {"title", &kTextType, Presence::Required, "", "The rule in one sentence.", "Every product has an owner"},
    {"severity", &kSeverityType, Presence::Required, "", "How bad a finding is.", "error"},
    {"for", &kNameType, Presence::Required, "", "The table that findings are about.", "product"},
    {"message", &kTextType, Presence::Required, "", "What was seen, with columns of the row in braces.",
     "\"product `{name}` has no owner\""},
    {"help", &kTextType, Presence::Required, "", "What to do, in one line.", "Name a team."},
    {"needs", &kTextsType, Presence::Optional, "[]", "base, approvals, today, or `tables >= N`.", "[base]"},
    {"waivable", &kFlagType, Presence::Optional, "true", "A waiver may excuse a finding.", "false"},
    {"max_waiver_days", &kDaysType, Presence::Optional, "no bound", "How long, at most.", "30"},
    {"parameters", &kParametersType, Presence::Optional, "{}", "Parameters with their defaults.", "{max_days: 365}"},
    {"values", &kTextsType, Presence::Optional, "[]", "Columns that tell findings of one entity apart.", "[port]"},
    {"tags", &kTextsType, Presence::Optional, "[]", "Words to find it by.", "[privacy]"},
    {"why", &kProseType, Presence::Optional, "", "Why the rule exists.", "Somebody must answer."},
    {"bad", &kProseType, Presence::Optional, "", "An example that breaks it.", "..."},
    {"good", &kProseType, Presence::Optional, "", "The same, mended.", "..."},
    {"fix", &kProseType, Presence::Optional, "", "How to mend it.", "..."},
}};
const fields::RecordSpec kRecord = {"policy", "The head of a policy file.", kFields};

// Findings in the head, moved to where its text lies among the real sources.
class Mover : public DiagnosticSink {
 public:
  Mover(LocId start, DiagnosticSink& sink) : start_(start), sink_(sink) {}

  void Add(Diagnostic diagnostic) override {
    failed_ = failed_ || diagnostic.info.severity == Severity::Error;
    diagnostic.range = Move(diagnostic.range);
    for (Label& label : diagnostic.labels) {
      label.range = Move(label.range);
    }
    sink_.Add(std::move(diagnostic));
  }

  Range Move(Range range) const {
    if (!start_.has_value() || !range.has_value()) {
      return {};
    }
    return {LocId(start_.offset() + range.begin.offset()), range.length};
  }

  bool failed() const { return failed_; }

 private:
  LocId start_;
  DiagnosticSink& sink_;
  bool failed_ = false;
};

class Reader {
 public:
  Reader(const PolicyText& file, LocId start, DiagnosticSink& sink)
      : file_(file), mover_(start, sink), emitter_(mover_) {
    policy_.path = std::string(file.path);
    policy_.sql = std::string(file.text);
    policy_.sql_begin = start;
  }

  std::optional<Policy> Read() {
    if (syntax::ReportStandIn(file_.text, LocId(0), emitter_)) {
      return std::nullopt;
    }
    if (file_.text.size() > kMostPolicyBytes) {
      emitter_.Report(kPolicyFrontMatter, First(),
                      "it is " + std::to_string(file_.text.size()) + " bytes long; " +
                          std::to_string(kMostPolicyBytes) + " are allowed");
      return std::nullopt;
    }
    const std::size_t close = file_.text.find(std::string("\n") + std::string(kClose));
    if (!file_.text.starts_with(kOpen) || close == std::string_view::npos) {
      emitter_.Report(kPolicyFrontMatter, First(), "it does not begin with `/*---`, YAML and `---*/`");
      return std::nullopt;
    }
    // The same offsets: a comment instead of the opening.
    std::string yaml = "#    " + std::string(file_.text.substr(kOpen.size(), close + 1 - kOpen.size()));
    const syntax::SyntaxTree tree = syntax::Parse(sources_, sources_.Add(policy_.path, std::move(yaml)), emitter_);
    if (mover_.failed() || tree.documents().size() != 1) {
      if (!mover_.failed()) {
        emitter_.Report(kPolicyFrontMatter, First(), "its head holds no YAML document, or several");
      }
      return std::nullopt;
    }
    const syntax::NodeView root = tree.Root(tree.documents().front());
    if (!fields::Validate(root, kRecord, emitter_)) {
      return std::nullopt;
    }
    Take(RecordReader(root, kRecord));
    return mover_.failed() ? std::nullopt : std::optional(std::move(policy_));
  }

 private:
  Range First() const { return {LocId(0), static_cast<std::uint32_t>(std::min(file_.text.size(), kOpen.size()))}; }

  static std::string TextOf(const RecordReader& record, std::string_view field) {
    const auto text = record.GetText(field);
    return text ? std::string(text->text) : "";
  }

  void Take(const RecordReader& record) {
    policy_.id = TextOf(record, "id");
    policy_.range = mover_.Move(record.GetText("id")->range);
    policy_.title = TextOf(record, "title");
    policy_.severity = static_cast<Severity>(*record.GetChoice("severity"));
    policy_.message = TextOf(record, "message");
    policy_.help = TextOf(record, "help");
    policy_.waivable = record.GetBoolean("waivable").value_or(true);
    policy_.max_waiver_days = record.GetInteger("max_waiver_days");
    policy_.why = TextOf(record, "why");
    policy_.bad = TextOf(record, "bad");
    policy_.good = TextOf(record, "good");
    policy_.fix = TextOf(record, "fix");
    for (const fields::Text& column : record.GetTexts("values")) {
      policy_.values.emplace_back(column.text);
    }
    for (const fields::Text& tag : record.GetTexts("tags")) {
      policy_.tags.emplace_back(tag.text);
    }
    TakeTable(record);
    TakeNeeds(record);
    TakeParameters(record);
  }

  void TakeTable(const RecordReader& record) {
    policy_.table = TextOf(record, "for");
    if (const std::string wrong = WhyNoEntityTable(policy_.table); !wrong.empty()) {
      emitter_.Report(kPolicyFrontMatter, record.GetText("for")->range, wrong);
    }
  }

  void TakeNeeds(const RecordReader& record) {
    for (const fields::Text& need : record.GetTexts("needs")) {
      constexpr std::string_view kTables = "tables >= ";
      const std::string_view number =
          need.text.starts_with(kTables) ? need.text.substr(kTables.size()) : std::string_view();
      if (need.text == "base") {
        policy_.needs_base = true;
      } else if (need.text == "approvals") {
        policy_.needs_approvals = true;
      } else if (need.text == "today") {
        policy_.needs_today = true;
      } else if (!number.empty() && number.size() < 5 && IsDigits(number)) {
        policy_.needs_tables = std::stoi(std::string(number));
      } else {
        emitter_.Report(
            kPolicyFrontMatter, need.range,
            "`needs` knows `base`, `approvals`, `today` and `tables >= N`, not `" + std::string(need.text) + "`");
      }
    }
  }

  void TakeParameters(const RecordReader& record) {
    for (const auto& [name, literal] : record.GetLiteralMap("parameters")) {
      policy_.parameters.emplace_back(std::string(name.text), ValueOf(literal));
    }
  }

  const PolicyText& file_;
  Mover mover_;
  Emitter emitter_;
  source::SourceManager sources_;
  Policy policy_;
};

class SinkOfEmitter : public DiagnosticSink {
 public:
  explicit SinkOfEmitter(Emitter& emitter) : emitter_(emitter) {}

  void Add(Diagnostic diagnostic) override { emitter_.Forward(std::move(diagnostic)); }

 private:
  Emitter& emitter_;
};

}  // namespace

std::optional<Policy> ReadPolicy(const PolicyText& file, LocId start, Emitter& emitter) {
  SinkOfEmitter sink(emitter);
  return Reader(file, start, sink).Read();
}

ParameterValue ValueOf(const fields::Literal& literal) {
  ParameterValue value{literal.is_list, literal.is_text, {}};
  for (const fields::Text& item : literal.items) {
    value.values.emplace_back(item.text);
  }
  return value;
}

bool Fits(const ParameterValue& value, const ParameterValue& declared) {
  const bool empty = value.is_list && (value.values.empty() || declared.values.empty());
  return value.is_list == declared.is_list && (empty || value.is_text == declared.is_text);
}

std::string SortOf(const ParameterValue& value) {
  if (value.is_list) {
    return value.values.empty() ? "a list" : value.is_text ? "a list of texts" : "a list of numbers";
  }
  return value.is_text ? "a text" : "a number, true or false";
}

std::string WhyNoEntityTable(std::string_view name) {
  const auto has_entities = [](const TableSpec& table) { return !table.once && table.columns.front().name == "key"; };
  const TableSpec* table = FindTable(name);
  if (table != nullptr && has_entities(*table)) {
    return "";
  }
  std::vector<std::string> known;
  for (const TableSpec* each : AllTableSpecs()) {
    if (has_entities(*each)) {
      known.emplace_back(each->name);
    }
  }
  return "`for: " + std::string(name) + "` is no table of entities: those are `" + Join(known, "`, `") + "`";
}

std::optional<Severity> SeverityOf(std::string_view word) {
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    if (word == SeverityName(severity)) {
      return severity;
    }
  }
  return std::nullopt;
}

}  // namespace dpc::policy
