#include <memory>
#include <nlohmann/json.hpp>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/answer_schema.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "driver/registries.h"
#include "driver/selection.h"
#include "fields/schema.h"
#include "report/findings_schema.h"

namespace dpc::cli {
namespace {

constexpr std::string_view kOutput = "output";
constexpr std::string_view kAccess = "access";
constexpr std::string_view kAllKinds = "all";

struct Arguments {
  std::string kind;
  std::string dialect = "native";
  std::string form = "json";
};

std::string ListKinds() {
  std::string text;
  for (const driver::NamedThing& dialect : driver::Dialects()) {
    text += std::string(dialect.name) + ": " + std::string(dialect.summary) + "\n";
    for (const fields::KindSpec* kind : driver::KindsOf(dialect.name)) {
      std::string name(kind->kind);
      name.resize(std::max<std::size_t>(name.size(), 22), ' ');
      text += "  " + name + " " + std::string(kind->record->doc) + "\n";
    }
  }
  return text +
         "\noutput: what `dpc check --format json` prints\naccess: what `dpc access ... --format json` prints\nall: "
         "every kind of a dialect in one schema\n";
}

std::string KindText(const Arguments& arguments, const std::vector<const fields::KindSpec*>& kinds) {
  std::vector<std::string_view> names = {kAllKinds, kOutput, kAccess};
  for (const fields::KindSpec* kind : kinds) {
    if (LowerCase(kind->kind) == LowerCase(arguments.kind)) {
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
  if (arguments.kind == kOutput || arguments.kind == kAccess) {
    Print(arguments.kind == kOutput ? report::FindingsSchema() : AnswerSchema());
    return kClean;
  }
  driver::CheckDialect(arguments.dialect);
  const std::vector<const fields::KindSpec*> kinds = driver::KindsOf(arguments.dialect);
  Print(arguments.kind == kAllKinds ? AllKinds(arguments, kinds) : KindText(arguments, kinds));
  return kClean;
}

std::function<int()> Configure(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("kind", arguments->kind, "A kind, `all`, `output` or `access`; without one all are listed")
      ->type_name("KIND");
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
    "  dpc schema output                  what `--format json` prints\n"
    "  dpc schema access                  what `dpc access ... --format json` prints\n",
    Configure,
};

}  // namespace dpc::cli
