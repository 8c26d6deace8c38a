#include <memory>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/layout.h"
#include "cli/policies.h"
#include "cli/terminal.h"
#include "diag/catalogue.h"

namespace dpc::cli {
namespace {

std::string Line(const DiagnosticInfo& info) {
  std::string severity(SeverityName(info.severity));
  severity.resize(8, ' ');
  return std::string(info.code) + " " + severity + " " + std::string(info.name) + ": " + MessageWithoutHoles(info) +
         "\n";
}

std::string Page(const DiagnosticInfo& info) {
  return "# " + std::string(info.code) + " " + std::string(info.name) + " (" +
         std::string(SeverityName(info.severity)) + ")\n\n" + MessageWithoutHoles(info) + "\n" + std::string(info.page);
}

// A finding of a policy has the policy's id in its brackets. Those of a repository need it: `dpc policy explain`.
bool PrintPolicy(const std::string& id) {
  for (const std::string& pack : policy::PackNames()) {
    for (const policy::Policy& policy : policy::LoadPack(pack)) {
      if (policy.id == id) {
        Print(
            WrapMarkdown(PageOf({policy, policy.severity, std::nullopt, false, policy.parameters, {}}), OutputWidth()));
        return true;
      }
    }
  }
  return false;
}

// `3003` and `dpc3003` are codes.
std::string CodeOf(const std::string& text) {
  return text.size() == 4 && IsDigits(text) ? "DPC" + text : text;
}

// The nearest code, name or policy of a pack.
std::string NearestOf(const std::string& word) {
  std::vector<std::string> names;
  for (const DiagnosticInfo& row : Catalogue()) {
    names.emplace_back(row.code);
    names.emplace_back(row.name);
  }
  for (const std::string& pack : policy::PackNames()) {
    for (const policy::Policy& policy : policy::LoadPack(pack)) {
      names.push_back(policy.id);
    }
  }
  return NearestName(word, std::vector<std::string_view>(names.begin(), names.end())).value_or("");
}

int Explain(const std::string& word, bool all) {
  if (word.empty()) {
    for (const DiagnosticInfo& info : Catalogue()) {
      Print(all ? Page(info) + "\n" : Line(info));
    }
    return kClean;
  }
  const std::string code = CodeOf(word);
  const DiagnosticInfo* info = FindDiagnostic(code);
  if (info == nullptr && PrintPolicy(code)) {
    return kClean;
  }
  if (info == nullptr) {
    const std::string nearest = NearestOf(code);
    throw EnvironmentError("there is no diagnostic and no policy of dpc `" + Printable(word) + "`: " +
                           (nearest.empty() ? "`dpc explain` lists them, and `dpc policy explain` knows policies of "
                                              "this repository"
                                            : "did you mean `" + nearest + "`?"));
  }
  Print(WrapMarkdown(Page(*info), OutputWidth()));
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
