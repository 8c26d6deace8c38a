// The findings as one JSON object; its shape is schemas/output/findings.schema.json. Lists and null rather than missing
// keys.
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "json/json.h"
#include "report/fork.h"
#include "report/place.h"
#include "report/report.h"
#include "version.h"

namespace dpc::report {
namespace {

constexpr int kSchemaVersion = 1;

Json LocationJson(const source::SourceManager& sources, Range range) {
  const auto region = Locate(sources, range);
  if (!region) {
    return nullptr;
  }
  return Json{{"path", region->path},
              {"line", region->line},
              {"column", region->column},
              {"endLine", region->end_line},
              {"endColumn", region->end_column}};
}

Json TextOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json FindingJson(const source::SourceManager& sources, const Diagnostic& diagnostic) {
  Json related = Json::array();
  for (const Label& label : diagnostic.labels) {
    related.push_back(Json{{"message", label.text}, {"location", LocationJson(sources, label.range)}});
  }
  Json hints = Json::array();
  for (const std::string& hint : diagnostic.hints) {
    hints.push_back(hint);
  }
  return Json{{"code", diagnostic.info.code},
              {"name", diagnostic.info.name},
              {"policy", TextOrNull(diagnostic.policy)},
              {"severity", SeverityName(diagnostic.info.severity)},
              {"message", diagnostic.message},
              {"location", LocationJson(sources, diagnostic.range)},
              {"related", std::move(related)},
              {"hints", std::move(hints)},
              {"entity", TextOrNull(diagnostic.entity)},
              {"pointer", diagnostic.pointer},
              {"fingerprint", diagnostic.fingerprint},
              {"suppression", TextOrNull(diagnostic.suppression)}};
}

Json PoliciesJson(const Report& report) {
  Json policies = Json::array();
  for (const PolicyLine& line : report.policies) {
    policies.push_back(Json{{"id", line.id},
                            {"title", line.title},
                            {"pack", TextOrNull(line.pack)},
                            {"severity", line.severity},
                            {"state", line.state},
                            {"reason", TextOrNull(line.reason)},
                            {"findings", line.findings},
                            {"waived", line.waived}});
  }
  return policies;
}

Json SummaryJson(const Report& report) {
  return Json{{"errors", report.diagnostics.Count(Severity::Error)},
              {"warnings", report.diagnostics.Count(Severity::Warning)},
              {"infos", report.diagnostics.Count(Severity::Info)},
              {"files", report.files},
              {"documents", report.documents},
              {"passedOver", report.passed_over},
              {"suppressed", report.suppressed},
              {"waived", report.waived.all().size()},
              {"known", report.known.all().size()}};
}

// What a reader of the findings should know besides them.
Json NoticesJson(const Report& report) {
  Json notices = Json::array();
  if (report.suppressed != 0) {
    notices.push_back(Json{{"message", Plural(report.suppressed, "reference") +
                                           " not judged, because a file could not be read completely"}});
  }
  return notices;
}

Json FindingsJson(const Report& report, const DiagnosticList& list) {
  Json findings = Json::array();
  for (const Diagnostic& diagnostic : list.all()) {
    findings.push_back(FindingJson(report.sources, diagnostic));
  }
  return findings;
}

Json StaleJson(const std::vector<StaleFile>& files) {
  Json stale = Json::array();
  for (const StaleFile& file : files) {
    stale.push_back(Json{{"path", file.path}, {"state", file.state}, {"reason", TextOrNull(file.reason)}});
  }
  return stale;
}

std::string Render(const Report& report, const RenderOptions&) {
  Json out = Json{{"schemaVersion", kSchemaVersion},
                  {"tool", Json{{"name", "dpc"}, {"version", DPC_VERSION}}},
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
const RendererSpec renderer_json = {"json", {}, "one object, described by `dpc schema output`", Render};

}  // namespace dpc::report
