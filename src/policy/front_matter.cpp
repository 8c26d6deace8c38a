// `/*---`, YAML, `---*/`: the head of a policy file, by a table of fields as every other declaration.
#include <array>

#include "base/text.h"
#include "fields/decode.h"
#include "policy/diagnostics.h"
#include "policy/policy.h"
#include "policy/policy_file.h"
#include "policy/tables/table.h"
#include "syntax/parse.h"
#include "syntax/stand_in.h"

namespace dpc::policy {
namespace {

using fields::RecordReader;

constexpr std::string_view kOpen = "/*---";
constexpr std::string_view kClose = "---*/";
// Of the head and the SQL: what the sandbox takes.
constexpr std::size_t kMostPolicyBytes = 100'000;

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
      emitter_
          .Report(kPolicyFrontMatter, First(),
                  "it is " + std::to_string(file_.text.size()) + " bytes long; " + std::to_string(kMostPolicyBytes) +
                      " are allowed")
          .Hint("make two policies of it");
      return std::nullopt;
    }
    const std::size_t close = file_.text.find(std::string("\n") + std::string(kClose));
    if (!file_.text.starts_with(kOpen) || close == std::string_view::npos) {
      emitter_.Report(kPolicyFrontMatter, First(), "it does not begin with `/*---`, YAML and `---*/`")
          .Hint("`dpc schema PolicyFile` shows a whole one");
      return std::nullopt;
    }
    // The same offsets: a comment instead of the opening.
    std::string yaml = "#    " + std::string(file_.text.substr(kOpen.size(), close + 1 - kOpen.size()));
    const syntax::SyntaxTree tree = syntax::Parse(sources_, sources_.Add(policy_.path, std::move(yaml)), emitter_);
    if (mover_.failed() || tree.documents().size() != 1) {
      if (!mover_.failed()) {
        emitter_.Report(kPolicyFrontMatter, First(), "its head holds no YAML document, or several")
            .Hint("one document: its fields, without `---` between them");
      }
      return std::nullopt;
    }
    const syntax::NodeView root = tree.Root(tree.documents().front());
    if (!fields::Validate(root, *PolicyFileKind().record, emitter_)) {
      return std::nullopt;
    }
    Take(RecordReader(root, *PolicyFileKind().record));
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
    policy_.message_range = mover_.Move(record.GetText("message")->range);
    policy_.help = TextOf(record, "help");
    policy_.waivable = record.GetBoolean("waivable").value_or(true);
    policy_.max_waiver_days = record.GetInteger("max_waiver_days");
    policy_.why = TextOf(record, "why");
    policy_.bad = TextOf(record, "bad");
    policy_.good = TextOf(record, "good");
    policy_.fix = TextOf(record, "fix");
    for (const fields::Text& column : record.GetTexts("values")) {
      policy_.values.emplace_back(column.text);
      policy_.value_ranges.push_back(mover_.Move(column.range));
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
      auto report = emitter_.Report(kPolicyFrontMatter, record.GetText("for")->range, wrong);
      if (const std::string near = NearEntityTable(policy_.table); !near.empty()) {
        report.Hint("did you mean `" + near + "`?");
      }
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
        auto report = emitter_.Report(
            kPolicyFrontMatter, need.range,
            "`needs` knows `base`, `approvals`, `today` and `tables >= N`, not `" + std::string(need.text) + "`");
        static constexpr std::array<std::string_view, 4> kKnown = {"base", "approvals", "today", "tables >= 1"};
        const auto nearest = NearestName(need.text, kKnown);
        report.Hint(nearest ? "did you mean `" + *nearest + "`?" : "take it out");
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

std::string Written(const ParameterValue& value) {
  const std::string quote = value.is_text ? "\"" : "";
  std::vector<std::string> items;
  for (const std::string& item : value.values) {
    items.push_back(quote + item + quote);
  }
  return value.is_list ? "[" + Join(items, ", ") + "]" : Join(items, "");
}

namespace {

bool HasEntities(const TableSpec& table) {
  return !table.once && table.columns.front().name == "key";
}

std::vector<std::string> EntityTables() {
  std::vector<std::string> known;
  for (const TableSpec* each : AllTableSpecs()) {
    if (HasEntities(*each)) {
      known.emplace_back(each->name);
    }
  }
  return known;
}

}  // namespace

std::string NearEntityTable(std::string_view name) {
  const std::vector<std::string> known = EntityTables();
  return NearestName(name, std::vector<std::string_view>(known.begin(), known.end())).value_or("");
}

std::string WhyNoEntityTable(std::string_view name) {
  const TableSpec* table = FindTable(name);
  if (table != nullptr && HasEntities(*table)) {
    return "";
  }
  const std::vector<std::string> known = EntityTables();
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
