#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/table_pages.h"
#include "cli/terminal.h"
#include "driver/registries.h"
#include "driver/selection.h"
#include "fields/schema.h"
#include "policy/policy_file.h"
#include "report/output_schemas.h"

namespace dpc::cli {
namespace {

constexpr std::string_view kOutput = "output";
constexpr std::string_view kFindingsSchema = "findings";
constexpr std::string_view kAnswersSchema = "access";  // of the questions without a schema of their own
constexpr std::string_view kAllKinds = "all";
constexpr std::string_view kTables = "tables";
constexpr std::string_view kPolicies = "policies";

struct Arguments {
  std::string kind;
  std::string dialect = "native";
  std::string form = "json";
};

// "access compare --format json" prints what `access-compare` describes, "export --format opa-input"
// `export-opa-input`, "check --format jsonl" `check-jsonl`.
std::string CommandOf(std::string_view schema) {
  for (const std::string_view command : {std::string_view("export"), std::string_view("check")}) {
    if (schema.starts_with(command) && schema.substr(command.size()).starts_with('-')) {
      return std::string(command) + " --format " + std::string(schema.substr(command.size() + 1));
    }
  }
  std::string command(schema);
  std::replace(command.begin(), command.end(), '-', ' ');
  return command + (schema == kAnswersSchema ? " ..." : "") + " --format json";
}

std::string KindLine(const fields::KindSpec& kind) {
  std::string name(kind.kind);
  name.resize(std::max<std::size_t>(name.size(), 22), ' ');
  return "  " + name + " " + std::string(kind.record->doc) + "\n";
}

bool IsNamed(const Arguments& arguments, const fields::KindSpec& kind) {
  return LowerCase(kind.kind) == LowerCase(arguments.kind);
}

std::string ListKinds() {
  std::string text;
  for (const driver::NamedThing& dialect : driver::Dialects()) {
    text += std::string(dialect.name) + ": " + std::string(dialect.summary) + "\n";
    for (const fields::KindSpec* kind : driver::KindsOf(dialect.name)) {
      text += KindLine(*kind);
    }
  }
  text += std::string(kPolicies) + ": rules in SQL\n" + KindLine(policy::PolicyFileKind());
  text += "\noutput: what `dpc check --format json` prints\n";
  for (const report::OutputSchema& schema : report::OutputSchemas()) {
    text += schema.name == kFindingsSchema
                ? ""
                : std::string(schema.name) + ": what `dpc " + CommandOf(schema.name) + "` prints\n";
  }
  return text + "tables: what policies and `dpc query` read\nall: every kind of a dialect in one schema\n";
}

std::string KindText(const Arguments& arguments, const std::vector<const fields::KindSpec*>& kinds) {
  std::vector<std::string_view> names = {kAllKinds, kOutput, kTables, policy::PolicyFileKind().kind};
  for (const report::OutputSchema& schema : report::OutputSchemas()) {
    names.push_back(schema.name);
  }
  for (const fields::KindSpec* kind : kinds) {
    if (IsNamed(arguments, *kind)) {
      return arguments.form == "markdown" ? fields::ReferencePage(*kind) : PrettyJson(fields::KindSchema(*kind));
    }
    names.push_back(kind->kind);
  }
  throw EnvironmentError(driver::UnknownName("kind", arguments.kind, names));
}

std::string AllKinds(const Arguments& arguments, const std::vector<const fields::KindSpec*>& kinds) {
  if (arguments.form != "markdown") {
    return PrettyJson(fields::DialectSchema(kinds));
  }
  std::string pages;
  for (const fields::KindSpec* kind : kinds) {
    pages += fields::ReferencePage(*kind) + "\n";
  }
  return pages;
}

int Schema(const Arguments& arguments) {
  if (arguments.kind.empty()) {
    Print(ListKinds());
    return kClean;
  }
  if (arguments.kind == kTables) {
    Print(arguments.form == "markdown" ? TablePages() : TableJson());
    return kClean;
  }
  const std::string_view output =
      report::FindOutputSchema(arguments.kind == kOutput ? kFindingsSchema : std::string_view(arguments.kind));
  if (!output.empty()) {
    Print(output);
    return kClean;
  }
  if (IsNamed(arguments, policy::PolicyFileKind())) {
    Print(arguments.form == "markdown" ? policy::PolicyFilePage() : PrettyJson(KindSchema(policy::PolicyFileKind())));
    return kClean;
  }
  driver::CheckDialect(arguments.dialect);
  const std::vector<const fields::KindSpec*> kinds = driver::KindsOf(arguments.dialect);
  Print(arguments.kind == kAllKinds ? AllKinds(arguments, kinds) : KindText(arguments, kinds));
  return kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("kind", arguments->kind, "A kind, `all`, or `output`; without one all are listed")->type_name("KIND");
  app.add_option("--dialect", arguments->dialect, "The dialect of the kind")->type_name("NAME")->capture_default_str();
  app.add_option("-f,--format", arguments->form, "json (JSON Schema) or markdown (a reference page)")
      ->check(OneOf({"json", "markdown"}))
      ->capture_default_str();
  return [arguments] { return Schema(*arguments); };
}

}  // namespace

extern const CommandSpec command_schema;
const CommandSpec command_schema = {
    "schema",
    "Print the JSON Schema or the reference page of a kind",
    "  dpc schema                         what can be declared\n"
    "  dpc schema DataProduct\n"
    "  dpc schema DataProduct --format markdown\n"
    "  dpc schema all                     for editors that bind one schema to *.yaml\n"
    "  dpc schema PolicyFile -f markdown  how a policy in SQL is written\n"
    "  dpc schema tables --format markdown   what policies and `dpc query` read\n"
    "  dpc schema output                  what `--format json` prints\n"
    "  dpc schema access                  what `dpc access ... --format json` prints\n"
    "  dpc schema access-compare          what `dpc access compare --format json` prints\n"
    "  dpc schema export                  what `dpc export` prints\n",
    Configure,
};

}  // namespace dpc::cli
