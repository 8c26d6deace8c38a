#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/export_model.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "driver/files.h"
#include "report/report.h"

namespace dpc::cli {
namespace {

struct Arguments {
  InputOptions input;
  std::string form = "json";
  std::string output;
};

// On stderr, since stdout belongs to the reader of the model.
int Refuse(const driver::Compilation& compilation) {
  const DiagnosticList none;
  const report::Report report{compilation.sources,
                              compilation.diagnostics,
                              "export",
                              compilation.tree->Describe(),
                              compilation.files,
                              compilation.summary.documents,
                              compilation.summary.passed_over,
                              compilation.summary.passed_over_paths,
                              compilation.model.incomplete.suppressed,
                              none,
                              none,
                              {}};
  PrintError(report::FindRenderer("concise")->render(report, {}));
  PrintError("dpc: the repository has errors, so nothing is exported\n");
  return kFindings;
}

// What back ends make of the model is not part of it.
int Export(Arguments& arguments) {
  arguments.input.compile.emit = false;
  const auto compilation = arguments.input.Compile();
  if (compilation->failed()) {
    return Refuse(*compilation);
  }
  const driver::Options& options = arguments.input.compile;
  const policy::PullRequest request =
      options.approvals.empty() ? policy::PullRequest() : driver::ReadPullRequest(options.approvals);
  const auto world = driver::MakeWorld(*compilation, compilation->base.get(), request);
  const std::string text =
      PrettyJson(ExportModel(*compilation, arguments.form == "json" ? ExportForm::Keys : ExportForm::Names,
                             compilation->base ? &world->ledger() : nullptr));
  if (arguments.output.empty()) {
    Print(text);
  } else {
    driver::WriteFile(arguments.output, text);
  }
  return kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->input.AddTo(app);
  AddText(app, "--base", arguments->input.compile.base, "Add what changes since the common commit with this one",
          "REV");
  AddText(app, "--approvals", arguments->input.compile.approvals, "Who approved the pull request", "FILE");
  app.add_option("-f,--format", arguments->form, "json: lists and keys; opa-input: maps by name, for Rego")
      ->check(OneOf({"json", "opa-input"}))
      ->capture_default_str();
  AddText(app, "--output", arguments->output, "Write to a file, whole or not at all", "FILE");
  return [arguments] { return Export(*arguments); };
}

}  // namespace

extern const CommandSpec command_export;
const CommandSpec command_export = {
    "export",
    "Print the compiled model, access included, as JSON for other tools",
    "  dpc export | jq '.grants[] | select(.port == \"port:orders/orders\")'\n"
    "  dpc export --format opa-input --output input.json && conftest test input.json\n"
    "  dpc export --rev main              of a revision, without a checkout\n"
    "  dpc schema export-opa-input        what it prints, field by field\n",
    Configure,
};

}  // namespace dpc::cli
