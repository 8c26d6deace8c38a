#include "policy/judge.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "json/json.h"
#include "policy/diagnostics.h"
#include "policy/message.h"
#include "policy/repair.h"

namespace dpc::policy {

// Positions in the result; size() of it for none.
struct PolicyJudge::Columns {
  std::size_t entity = 0;
  std::size_t at = 0;
  std::size_t related = 0;
  std::size_t severity = 0;
  std::size_t count = 0;
  bool exhausted = false;  // preparing it met a bound
  std::string origin;      // the pointer of the first column that comes from the entity's own table
  std::vector<std::pair<std::string, std::size_t>> by_name;

  std::size_t Find(std::string_view name) const {
    const auto found =
        std::find_if(by_name.begin(), by_name.end(), [&](const auto& entry) { return entry.first == name; });
    return found == by_name.end() ? count : found->second;
  }
};

namespace {

// More than anybody reads; a big repository may well have as many as products when it begins with a rule.
constexpr std::size_t kLeastBound = 20'000;
constexpr std::size_t kPerProduct = 4;
// Of the findings of a run, all policies together: each row of a policy is within SQLite's bounds, and is kept.
constexpr std::size_t kMostBytes = std::size_t{256} << 20U;

std::size_t BytesOf(const Diagnostic& finding) {
  std::size_t bytes = finding.message.size() + finding.entity.size() + finding.pointer.size();
  for (const std::string& value : finding.values) {
    bytes += value.size();
  }
  for (const Label& label : finding.labels) {
    bytes += label.text.size();
  }
  return bytes + sizeof(Diagnostic);
}

bool IsPointer(std::string_view text) {
  return text.empty() || text.front() == '/';
}

// Without it no place could be given that belongs to the finding.
std::string OriginPointer(const std::vector<ResultColumn>& columns, std::size_t entity) {
  const std::string& table_name = columns[entity].table;
  const TableSpec* table = table_name.empty() ? nullptr : FindTable(table_name);
  if (table == nullptr || columns[entity].base) {
    return "";
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t column = table->Find(columns[i].column);
    if (i != entity && columns[i].table == table_name && !columns[i].base && column < table->columns.size() &&
        !table->columns[column].at.empty()) {
      return std::string(table->columns[column].at);
    }
  }
  return "";
}

std::int64_t NumberOf(const std::string& text) {
  if (text == "true" || text == "false") {
    return text == "true" ? 1 : 0;
  }
  constexpr int kDecimal = 10;
  return std::strtoll(text.c_str(), nullptr, kDecimal);
}

Argument ArgumentOf(const ParameterValue& value) {
  if (!value.is_list) {
    return value.is_text ? Argument(value.values.front()) : Argument(NumberOf(value.values.front()));
  }
  Json list = Json::array();
  for (const std::string& item : value.values) {
    list.push_back(value.is_text ? Json(item) : Json(NumberOf(item)));
  }
  return CompactJson(list);
}

std::string TextOf(const Cell& cell) {
  if (cell.is_null()) {
    return "nothing";
  }
  return cell.is_number() ? std::to_string(cell.number()) : std::string(cell.text());
}

std::string_view AfterColon(std::string_view key) {
  return key.substr(key.find(':') + 1);
}

}  // namespace

std::string MissingNeed(const Policy& policy, const World& world) {
  if (policy.needs_base && world.base() == nullptr) {
    return "it needs a base, `dpc check --base REV`";
  }
  if (policy.needs_approvals && !world.pull_request().known) {
    return "it needs to know who approved, `dpc check --approvals FILE`";
  }
  if (policy.needs_today && !world.today()) {
    return "it needs a day, `--today YYYY-MM-DD`";
  }
  return "";
}

Diagnostic PolicyJudge::Broken(const Policy& policy, const SqlError& error) const {
  const auto place = PlaceOf(policy, error);
  return BrokenAt(policy, place ? RangeAt(policy, *place, 1) : policy.range, error.message, HintFor(policy, error));
}

Diagnostic PolicyJudge::BrokenAt(const Policy& policy, Range range, const std::string& why,
                                 const std::string& hint) const {
  DiagnosticList list;
  Emitter emitter(list);
  {
    auto report = emitter.Report(kBrokenPolicy, range.has_value() ? range : policy.range, policy.id, why);
    if (!hint.empty()) {
      report.Hint(hint);
    }
  }
  list.all().front().everywhere = true;
  return list.all().front();
}

std::string PolicyJudge::ColumnHint(const ActivePolicy& active, const Columns& columns, const std::string& name) const {
  const auto parameter = std::find_if(active.parameters.begin(), active.parameters.end(),
                                      [&](const auto& entry) { return entry.first == name; });
  if (parameter != active.parameters.end()) {
    return "it is a parameter: add `:" + name + " AS " + name + "` to the `SELECT`";
  }
  std::vector<std::string_view> names;
  std::string list;
  for (const auto& [column, position] : columns.by_name) {
    names.push_back(column);
    list += (list.empty() ? "`" : ", `") + column + "`";
  }
  const auto nearest = NearestName(name, names);
  return nearest ? "did you mean `" + *nearest + "`?" : "its columns are " + list;
}

// Every column that the head names is there.
std::optional<Diagnostic> PolicyJudge::CheckNames(const ActivePolicy& active, const Columns& columns) const {
  const Policy& policy = active.policy;
  const auto holes = HolesOf(policy.message);
  if (!holes) {
    return BrokenAt(policy, policy.message_range, "its message has a brace that is not closed or holds no name",
                    "a hole is the name of a column in braces; a brace itself is written twice");
  }
  const auto unknown = [&](const std::string& name, Range range, const std::string& where) {
    if (const std::size_t end = name.find_first_of(" {"); end != std::string::npos) {
      return BrokenAt(policy, range, where + " has a brace that is not closed",
                      "close it behind `" + Printable(name.substr(0, end)) + "`; a brace itself is written twice");
    }
    return BrokenAt(policy, range,
                    where + " names the column `" + Printable(name) + "`, which its `SELECT` does not have",
                    ColumnHint(active, columns, name));
  };
  for (const std::string& name : *holes) {
    if (columns.Find(name) == columns.count) {
      return unknown(name, policy.message_range, "its message");
    }
  }
  for (std::size_t i = 0; i < policy.values.size(); ++i) {
    if (columns.Find(policy.values[i]) == columns.count) {
      return unknown(policy.values[i], i < policy.value_ranges.size() ? policy.value_ranges[i] : Range(), "`values`");
    }
  }
  return std::nullopt;
}

std::variant<Statement, Diagnostic> PolicyJudge::Prepare(const ActivePolicy& active, Columns& columns) {
  const Policy& policy = active.policy;
  if (policy.needs_tables > kTablesVersion) {
    return BrokenAt(policy, policy.range,
                    "it needs version " + std::to_string(policy.needs_tables) + " of the tables, and this dpc has " +
                        std::to_string(kTablesVersion),
                    "use a newer dpc, or take `tables` out of `needs`");
  }
  auto prepared = database_.Prepare(policy.sql);
  if (const auto* error = std::get_if<SqlError>(&prepared)) {
    columns.exhausted = error->exhausted;
    return Broken(policy, *error);
  }
  auto& statement = std::get<Statement>(prepared);
  columns.count = statement.columns().size();
  for (std::size_t i = 0; i < columns.count; ++i) {
    columns.by_name.emplace_back(statement.columns()[i].name, i);
  }
  columns.entity = columns.Find("entity");
  if (columns.entity == columns.count) {
    const auto select = SelectOf(policy);
    const bool key = columns.Find("key") != columns.count;
    return BrokenAt(policy, select ? RangeAt(policy, *select, 6) : policy.range,
                    "no column of its `SELECT` is named `entity`",
                    key ? "write `key AS entity`" : "add the key of what a finding is about, like `p.key AS entity`");
  }
  columns.at = columns.Find("at");
  columns.related = columns.Find("related");
  columns.severity = columns.Find("severity");
  // A short form without `at` speaks of the declaration itself.
  const bool short_form = policy.condition.has_value();
  columns.origin = policy.at.empty() && !short_form ? OriginPointer(statement.columns(), columns.entity) : policy.at;
  if (auto broken = CheckNames(active, columns)) {
    return *broken;
  }
  if (auto broken = BindAll(active, statement)) {
    return *broken;
  }
  return std::move(statement);
}

std::string PolicyJudge::ParameterHint(const ActivePolicy& active, const std::string& name) {
  if (active.policy.condition.has_value()) {
    return "a `Policy` document has no parameters: write the value itself";
  }
  std::vector<std::string_view> names;
  for (const auto& [known, value] : active.parameters) {
    names.push_back(known);
  }
  const auto nearest = NearestName(name, names);
  return nearest ? "did you mean `:" + *nearest + "`?"
                 : "declare it in the head, with a default: `parameters: {" + Printable(name) + ": 10}`";
}

std::optional<Diagnostic> PolicyJudge::BindAll(const ActivePolicy& active, Statement& statement) const {
  for (const std::string& name : statement.Parameters()) {
    const auto found = std::find_if(active.parameters.begin(), active.parameters.end(),
                                    [&](const auto& parameter) { return parameter.first == name; });
    if (found == active.parameters.end()) {
      const std::string what = name.empty() ? "a parameter without a name"
                                            : "the parameter `:" + Printable(name) + "`, which it does not declare";
      const auto place = ParameterIn(active.policy, name);
      return BrokenAt(
          active.policy,
          place ? RangeAt(active.policy, *place, static_cast<std::uint32_t>(name.size() + 1)) : active.policy.range,
          "it uses " + what, ParameterHint(active, name));
    }
    statement.Bind(name, ArgumentOf(found->second));
  }
  return std::nullopt;
}

Diagnostic PolicyJudge::Refuse(const Policy& policy, const std::string& why, PolicyRun& run) const {
  run.state = RunState::Broken;
  Diagnostic diagnostic = BrokenAt(policy, policy.range, why, "");
  run.reason = diagnostic.message;
  return diagnostic;
}

std::optional<Diagnostic> PolicyJudge::Check(const ActivePolicy& active) {
  Columns columns;
  auto prepared = Prepare(active, columns);
  return std::holds_alternative<Diagnostic>(prepared) ? std::optional(std::get<Diagnostic>(prepared)) : std::nullopt;
}

std::optional<Diagnostic> PolicyJudge::Finding(const ActivePolicy& active, const Statement& statement,
                                               const Columns& columns, std::string& error) {
  const Policy& policy = active.policy;
  const std::string key = TextOf(statement.Get(columns.entity));
  const auto entity = world_.head().keys().Find(key);
  if (!entity) {
    error = "a row names no entity of this repository: `" + Printable(key.substr(0, 200)) + "`";
    return std::nullopt;
  }
  Diagnostic finding;
  finding.info = kPolicyFinding.info;
  finding.info.severity = active.severity;
  finding.policy = policy.id;
  finding.entity = key;
  finding.pointer = columns.at < columns.count ? std::string(statement.Get(columns.at).text()) : columns.origin;
  if (!IsPointer(finding.pointer) || (columns.at < columns.count && statement.Get(columns.at).is_number())) {
    error = "`at` is `" + Printable(finding.pointer.substr(0, 200)) + "`, and a JSON pointer begins with `/`";
    return std::nullopt;
  }
  finding.range = places_.Find(*entity, finding.pointer);
  finding.message =
      Fill(policy.message, [&](std::string_view name) { return TextOf(statement.Get(columns.Find(name))); });
  for (const std::string& name : policy.values) {
    finding.values.push_back(TextOf(statement.Get(columns.Find(name))));
  }
  if (columns.severity < columns.count) {
    const Cell cell = statement.Get(columns.severity);
    const auto severity = SeverityOf(cell.text());
    if (!severity && !cell.is_null()) {
      error = "`severity` is `" + Printable(TextOf(cell).substr(0, 200)) + "`, and not error, warning or info";
      return std::nullopt;
    }
    // A row may lower, never raise.
    finding.info.severity = std::max(finding.info.severity, severity.value_or(Severity::Error));
  }
  if (columns.related < columns.count) {
    const Cell cell = statement.Get(columns.related);
    const auto list = cell.is_null() ? std::optional(Json::array()) : ParseJson(cell.text());
    if (!list || !list->is_array()) {
      error = "`related` is no JSON array of keys: `json_group_array` makes one";
      return std::nullopt;
    }
    for (const Json& item : *list) {
      const std::string other_key = item.is_string() ? item.get<std::string>() : "";
      if (const auto other = world_.head().keys().Find(other_key)) {
        finding.labels.push_back({places_.Find(*other, ""), std::string(EntityKindName(other->kind)) + " `" +
                                                                Printable(AfterColon(other_key)) + "`"});
      }
    }
  }
  if (!policy.help.empty()) {
    finding.hints.push_back(Printable(policy.help));
  }
  return finding;
}

std::vector<Diagnostic> PolicyJudge::Run(const ActivePolicy& active, PolicyRun& run) {
  Columns columns;
  auto prepared = Prepare(active, columns);
  if (auto* diagnostic = std::get_if<Diagnostic>(&prepared)) {
    run.state = RunState::Broken;
    run.reason = diagnostic->message;
    run.steps += columns.exhausted ? database_.budget() : 0;
    return {std::move(*diagnostic)};
  }
  auto& statement = std::get<Statement>(prepared);
  std::string error;
  std::vector<Diagnostic> findings = Rows(active, statement, columns, error);
  run.steps += statement.steps();
  if (statement.error()) {
    run.state = RunState::Broken;
    findings = {Broken(active.policy, *statement.error())};
    run.reason = findings.front().message;
  } else if (!error.empty()) {
    findings = {Refuse(active.policy, error, run)};
  }
  return findings;
}

std::vector<Diagnostic> PolicyJudge::Rows(const ActivePolicy& active, Statement& statement, const Columns& columns,
                                          std::string& error) {
  const std::size_t most = kLeastBound + kPerProduct * world_.head().m().products.size();
  std::vector<Diagnostic> findings;
  while (statement.Step()) {
    auto finding = Finding(active, statement, columns, error);
    if (!finding) {
      return {};
    }
    bytes_ += BytesOf(*finding);
    if (findings.size() == most) {
      error = "it has more than " + std::to_string(most) + " findings";
      return {};
    }
    if (bytes_ > kMostBytes) {
      error = "its findings and those of the policies before it have more than " + std::to_string(kMostBytes >> 20U) +
              " MiB of text";
      return {};
    }
    findings.push_back(std::move(*finding));
  }
  return findings;
}

}  // namespace dpc::policy
