#include <memory>

#include "base/text.h"
#include "cli/access.h"
#include "cli/policies.h"
#include "cli/terminal.h"
#include "policy/lint.h"

namespace dpc::cli {
namespace {

std::string Line(const KnownPolicies& known, const policy::LintFinding& finding) {
  const std::string place = PlaceText(known.compilation->sources, finding.range);
  return (place.empty() ? "" : place + ": ") + (finding.broken ? "error: " : "warning: ") +
         (place.empty() && !finding.broken ? "policy `" + finding.policy + "`: " : "") + finding.message + "\n";
}

int LintAll(PolicyOptions& options) {
  const KnownPolicies known = ReadKnown(options);
  const auto world = driver::MakeWorld(*known.compilation, nullptr, {});
  // Of a pack that the workspace names the user can mend nothing.
  std::vector<policy::ActivePolicy> own;
  for (const policy::ActivePolicy& active : known.policies) {
    if (active.policy.pack == options.pack) {
      own.push_back(active);
    }
  }
  const std::vector<policy::LintFinding> findings = policy::Lint(*world, own);
  int code = kClean;
  for (const policy::LintFinding& finding : findings) {
    Print(Line(known, finding));
    code = std::max(code, finding.broken ? kFailed : kFindings);
  }
  FlushOutput();
  PrintError(Plural(findings.size(), "finding") + " in " +
             (own.size() == 1 ? "1 policy" : std::to_string(own.size()) + " policies") + "\n");
  return code;
}

std::function<int()> Configure(CommandLine& app) {
  auto options = std::make_shared<PolicyOptions>();
  options->AddTo(app);
  return [options] { return LintAll(*options); };
}

}  // namespace

extern const CommandSpec policy_lint;
const CommandSpec policy_lint = {
    "lint",
    "NULL traps, joins that read whole tables, missing pages",
    "  dpc policy lint\n",
    Configure,
};

}  // namespace dpc::cli
