#include "cli/policies.h"

#include <algorithm>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/access.h"
#include "driver/selection.h"
#include "policy/diagnostics.h"
#include "source/source_tree.h"

namespace dpc::cli {
namespace {

std::unique_ptr<driver::Compilation> EmptyCompilation() {
  driver::Options options;
  options.emit = false;
  return driver::CompileTree(source::OpenMemory({{"dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: none\n"}}),
                             options);
}

std::string ValueText(const policy::ParameterValue& value) {
  std::string text = Join(value.values, ", ");
  return value.is_list ? "[" + text + "]" : text;
}

void Section(std::string& page, std::string_view title, const std::string& text, bool code) {
  if (text.empty()) {
    return;
  }
  page.append("\n### ").append(title).append("\n\n");
  page += code ? "```yaml\n" + text + (text.ends_with('\n') ? "" : "\n") + "```\n"
               : text + (text.ends_with('\n') ? "" : "\n");
}

}  // namespace

void PolicyOptions::AddTo(CommandLine& app) {
  input.AddTo(app);
  AddText(app, "--pack", pack, "The policies of this pack of dpc instead of the repository's", "NAME");
}

KnownPolicies ReadKnown(PolicyOptions& options) {
  KnownPolicies known;
  if (!options.pack.empty()) {
    const std::vector<std::string> names = policy::PackNames();
    if (std::find(names.begin(), names.end(), options.pack) == names.end()) {
      const std::vector<std::string_view> views(names.begin(), names.end());
      throw EnvironmentError(driver::UnknownName("pack", options.pack, views));
    }
    known.compilation = EmptyCompilation();
    for (policy::Policy& policy : policy::LoadPack(options.pack)) {
      known.policies.push_back({policy, policy.severity, std::nullopt, false, policy.parameters, {}});
    }
    return known;
  }
  options.input.compile.emit = false;
  known.compilation = options.input.Compile();
  DiagnosticList list;
  Emitter emitter(list);
  known.policies = driver::ReadPolicies(*known.compilation, emitter).policies;
  for (const std::size_t position : driver::FindUnreadPolicies(*known.compilation)) {
    list.Add(known.compilation->diagnostics.all()[position]);
  }
  for (const Diagnostic& diagnostic : list.all()) {
    if (diagnostic.info.severity == Severity::Error) {
      throw EnvironmentError(PlaceText(known.compilation->sources, diagnostic.range) + ": " + diagnostic.message);
    }
  }
  return known;
}

const policy::ActivePolicy& FindKnown(const KnownPolicies& known, const std::string& id) {
  std::vector<std::string_view> ids;
  for (const policy::ActivePolicy& active : known.policies) {
    if (active.policy.id == id) {
      return active;
    }
    ids.push_back(active.policy.id);
  }
  throw EnvironmentError(ids.empty() ? "there is no policy `" + Printable(id) +
                                           "`: the workspace names no pack and its folders hold none"
                                     : driver::UnknownName("policy", id, ids));
}

std::string PageOf(const policy::ActivePolicy& active) {
  const policy::Policy& policy = active.policy;
  std::string page = "## " + policy.id + "\n\n" + policy.title + ".\n\n";
  page += "- severity: " + std::string(SeverityName(active.severity)) + (active.disabled ? " (disabled)" : "") + "\n";
  if (active.enforce_from) {
    page += "- a warning until " + active.enforce_from->ToString() + "\n";
  }
  page += "- about: " + policy.table + "\n";
  page += !policy.waivable ? "- cannot be waived\n"
          : policy.max_waiver_days
              ? "- may be waived for " + Plural(static_cast<std::size_t>(*policy.max_waiver_days), "day") + "\n"
              : "- may be waived\n";
  for (const auto& [needed, name] : {std::pair(policy.needs_base, "a base (`--base REV`)"),
                                     std::pair(policy.needs_approvals, "approvals (`--approvals FILE`)"),
                                     std::pair(policy.needs_today, "a day (`--today`, or the commit's)")}) {
    page += needed ? std::string("- needs ") + name + "\n" : "";
  }
  for (const auto& [name, value] : active.parameters) {
    page += "- parameter `" + name + "`: " + ValueText(value) + "\n";
  }
  page += "- from: " + policy.path + "\n";
  Section(page, "Why", policy.why, false);
  Section(page, "Bad", policy.bad, true);
  Section(page, "Good", policy.good, true);
  Section(page, "How to fix", policy.fix.empty() ? policy.help : policy.fix, false);
  return page;
}

}  // namespace dpc::cli
