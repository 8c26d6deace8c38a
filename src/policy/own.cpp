#include "policy/own.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "diag/catalogue.h"
#include "policy/diagnostics.h"

namespace dpc::policy {
namespace {

void ReportUnknown(std::string_view code, Range range, Emitter& emitter) {
  std::vector<std::string_view> codes;
  const std::vector<DiagnosticInfo> catalogue = Catalogue();
  for (const DiagnosticInfo& info : catalogue) {
    codes.push_back(info.code);
  }
  auto report = emitter.Report(kUnknownCode, range, code);
  const auto nearest = NearestName(code, codes);
  report.Hint(nearest ? "did you mean `" + *nearest + "` (" + std::string(FindDiagnostic(*nearest)->name) + ")?"
                      : "`dpc explain` lists the codes");
}

}  // namespace

bool IsCode(std::string_view text) {
  constexpr std::string_view kPrefix = "DPC";
  return text.size() == kPrefix.size() + 4 && text.starts_with(kPrefix) && IsDigits(text.substr(kPrefix.size()));
}

std::optional<OwnRule> OwnRuleOf(std::string_view code, Range range, std::optional<Severity> severity,
                                 std::optional<Date> enforce_from, Emitter& emitter) {
  const DiagnosticInfo* info = FindDiagnostic(code);
  if (info == nullptr) {
    ReportUnknown(code, range, emitter);
    return std::nullopt;
  }
  if (info->severity == Severity::Error) {
    auto report = emitter.Report(kErrorOfDpc, range, code, info->name);
    report.Hint(info->code == kPolicyFinding.info.code ? "a policy's findings are set by the policy's id"
                                                       : "take the line out");
    return std::nullopt;
  }
  if (severity && *severity > info->severity) {
    emitter.Report(kLoweredFinding, range, code, info->name, SeverityName(info->severity))
        .Hint("a `Waiver` excuses one of them, for a time");
    return std::nullopt;
  }
  // A day alone says when the error begins.
  return OwnRule{std::string(info->code), severity.value_or(Severity::Error), enforce_from, range};
}

void Raise(std::vector<Diagnostic>& findings, std::span<const ActiveSet* const> sets, std::optional<Date> today) {
  for (Diagnostic& finding : findings) {
    for (const ActiveSet* set : sets) {
      const auto found = std::find_if(set->own.begin(), set->own.end(), [&](const OwnRule& rule) {
        return finding.policy.empty() && rule.code == finding.info.code;
      });
      if (found == set->own.end() || finding.info.severity <= found->severity) {
        continue;
      }
      const std::string word(SeverityName(found->severity));
      if (found->enforce_from && today && *today < *found->enforce_from) {
        finding.hints.push_back("by `dpc.yaml` it is an " + word + " from " + found->enforce_from->ToString() + " on");
      } else {
        finding.info.severity = found->severity;
        finding.hints.push_back("by `dpc.yaml` it is " + std::string(word == "warning" ? "a " : "an ") + word);
      }
    }
  }
}

}  // namespace dpc::policy
