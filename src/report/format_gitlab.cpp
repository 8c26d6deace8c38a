// GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
// It knows no findings that do not count, so what is waived or known from before is left out.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "json/json.h"
#include "report/entries.h"
#include "report/report.h"

namespace dpc::report {
namespace {

constexpr std::array<std::string_view, 2> kAliases = {"code-climate", "gitlab-code-quality"};

// Errors about who may do what weigh more; most do those that nobody can waive.
std::string_view SeverityOf(const Entry& entry, const std::set<std::string>& not_waivable) {
  switch (entry.severity) {
    case Severity::Info:
      return "info";
    case Severity::Warning:
      return "minor";
    case Severity::Error:
      break;
  }
  static constexpr std::string_view kAccess = "DPC6";
  return not_waivable.contains(entry.rule) ? "blocker" : entry.rule.starts_with(kAccess) ? "critical" : "major";
}

// The merge request shows the description alone, so the rule stands in it.
Json EntryJson(const Entry& entry, const std::set<std::string>& not_waivable) {
  return Json{{"description", entry.rule + ": " + OneLine(entry)},
              {"check_name", entry.rule},
              {"fingerprint", entry.fingerprint},
              {"severity", SeverityOf(entry, not_waivable)},
              {"location", Json{{"path", entry.file}, {"lines", Json{{"begin", entry.spot ? entry.spot->line : 1}}}}}};
}

std::string Render(const Report& report, const RenderOptions&) {
  std::set<std::string> not_waivable;
  for (const PolicyLine& policy : report.policies) {
    if (!policy.waivable) {
      not_waivable.insert(policy.id);
    }
  }
  Json out = Json::array();
  for (const Entry& entry : CountedEntries(report)) {
    out.push_back(EntryJson(entry, not_waivable));
  }
  return PrettyJson(out);
}

}  // namespace

extern const RendererSpec renderer_gitlab;
const RendererSpec renderer_gitlab = {"gitlab", kAliases, "code quality report of GitLab", Render, true};

}  // namespace dpc::report
