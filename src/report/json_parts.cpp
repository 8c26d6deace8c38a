#include "report/json_parts.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/place.h"
#include "version.h"

namespace dpc::report {
namespace {

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

}  // namespace

Json ToolJson() {
  return Json{{"name", "dpc"}, {"version", DPC_VERSION}};
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

Json PolicyJson(const PolicyLine& policy) {
  return Json{{"id", policy.id},
              {"title", policy.title},
              {"pack", TextOrNull(policy.pack)},
              {"severity", policy.severity},
              {"state", policy.state},
              {"reason", TextOrNull(policy.reason)},
              {"findings", policy.findings},
              {"waived", policy.waived}};
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

Json NoticesJson(const Report& report) {
  Json notices = Json::array();
  if (report.suppressed != 0) {
    notices.push_back(Json{{"message", Plural(report.suppressed, "reference") +
                                           " not judged, because a file could not be read completely"}});
  }
  return notices;
}

Json StaleFileJson(const StaleFile& file) {
  return Json{{"path", file.path}, {"state", file.state}, {"reason", TextOrNull(file.reason)}};
}

}  // namespace dpc::report
