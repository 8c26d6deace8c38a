#include <memory>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/policies.h"
#include "cli/terminal.h"
#include "diag/catalogue.h"

namespace dpc::cli {
namespace {

std::string Line(const DiagnosticInfo& info) {
  std::string severity(SeverityName(info.severity));
  severity.resize(8, ' ');
  return std::string(info.code) + " " + severity + " " + std::string(info.name) + ": " + std::string(info.message) +
         "\n";
}

std::string Page(const DiagnosticInfo& info) {
  return "# " + std::string(info.code) + " " + std::string(info.name) + " (" +
         std::string(SeverityName(info.severity)) + ")\n\n" + std::string(info.message) + "\n" + std::string(info.page);
}

// A finding of a policy has the policy's id in its brackets. Those of a repository need it: `dpc policy explain`.
bool PrintPolicy(const std::string& id) {
  for (const std::string& pack : policy::PackNames()) {
    for (const policy::Policy& policy : policy::LoadPack(pack)) {
      if (policy.id == id) {
        Print(PageOf({policy, policy.severity, std::nullopt, false, policy.parameters, {}}));
        return true;
      }
    }
  }
  return false;
}

int Explain(const std::string& code, bool all) {
  const std::vector<DiagnosticInfo> catalogue = Catalogue();
  if (code.empty()) {
    for (const DiagnosticInfo& info : catalogue) {
      Print(all ? Page(info) + "\n" : Line(info));
    }
    return kClean;
  }
  const DiagnosticInfo* info = FindDiagnostic(code);
  if (info == nullptr && PrintPolicy(code)) {
    return kClean;
  }
  if (info == nullptr) {
    std::vector<std::string_view> names;
    for (const DiagnosticInfo& row : catalogue) {
      names.push_back(row.code);
      names.push_back(row.name);
    }
    const auto nearest = NearestName(code, names);
    throw EnvironmentError("there is no diagnostic `" + Printable(code) + "`: " +
                           (nearest ? "did you mean `" + *nearest + "`?"
                                    : "`dpc explain` lists them, and `dpc policy explain` knows policies"));
  }
  Print(Page(*info));
  return kClean;
}

struct Arguments {
  std::string code;
  bool all = false;
};

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("code", arguments->code, "A code or its name; without one all are listed")->type_name("CODE");
  app.add_flag("--all", arguments->all, "All pages, as one Markdown text");
  return [arguments] { return Explain(arguments->code, arguments->all); };
}

}  // namespace

extern const CommandSpec command_explain;
const CommandSpec command_explain = {
    "explain",
    "Explain a finding: why, an example, how to fix it",
    "  dpc explain DPC3003\n"
    "  dpc explain UnresolvedPort\n"
    "  dpc explain owner-required         a policy that dpc brings\n"
    "  dpc explain                        one line for each\n",
    Configure,
};

}  // namespace dpc::cli
