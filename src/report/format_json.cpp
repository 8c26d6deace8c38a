// The findings as one JSON object; its shape is schemas/output/findings.schema.json. Lists and null rather than missing
// keys.
#include <nlohmann/json.hpp>
#include <string>

#include "json/json.h"
#include "report/fork.h"
#include "report/json_parts.h"
#include "report/report.h"

namespace dpc::report {
namespace {

Json FindingsJson(const Report& report, const DiagnosticList& list) {
  Json findings = Json::array();
  for (const Diagnostic& diagnostic : list.all()) {
    findings.push_back(FindingJson(report.sources, diagnostic));
  }
  return findings;
}

Json PoliciesJson(const Report& report) {
  Json policies = Json::array();
  for (const PolicyLine& policy : report.policies) {
    policies.push_back(PolicyJson(policy));
  }
  return policies;
}

Json StaleJson(const std::vector<StaleFile>& files) {
  Json stale = Json::array();
  for (const StaleFile& file : files) {
    stale.push_back(StaleFileJson(file));
  }
  return stale;
}

std::string Render(const Report& report, const RenderOptions&) {
  Json out = Json{{"schemaVersion", kSchemaVersion},
                  {"tool", ToolJson()},
                  {"command", report.command},
                  {"revision", report.revision},
                  {"base", ForkJson(report.fork)},
                  {"summary", SummaryJson(report)},
                  {"findings", FindingsJson(report, report.diagnostics)},
                  {"waived", FindingsJson(report, report.waived)},
                  {"known", FindingsJson(report, report.known)},
                  {"policies", PoliciesJson(report)},
                  {"notices", NoticesJson(report)}};
  if (report.stale) {
    out["stale"] = StaleJson(*report.stale);
  }
  return PrettyJson(out);
}

}  // namespace

extern const RendererSpec renderer_json;
const RendererSpec renderer_json = {"json", {}, "one object, described by `dpc schema output`", Render, true};

}  // namespace dpc::report
