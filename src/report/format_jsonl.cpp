// One JSON record a line, for what reads a run as it comes: the run first, then findings, and what stands beside them
// in the format json. schemas/output/check-jsonl.schema.json describes a line.
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "json/json.h"
#include "report/fork.h"
#include "report/json_parts.h"
#include "report/report.h"

namespace dpc::report {
namespace {

// `type` stands first, so that a reader may choose lines without reading them.
std::string Line(std::string_view type, const Json& fields) {
  Json line = Json{{"type", type}};
  line.update(fields);
  return PrintableJson(CompactJson(line)) + "\n";
}

Json RunJson(const Report& report) {
  return Json{{"schemaVersion", kSchemaVersion}, {"tool", ToolJson()},
              {"command", report.command},       {"revision", report.revision},
              {"base", ForkJson(report.fork)},   {"summary", SummaryJson(report)},
              {"notices", NoticesJson(report)}};
}

std::string FindingLines(const Report& report, std::string_view type, const DiagnosticList& list) {
  std::string lines;
  for (const Diagnostic& diagnostic : list.all()) {
    lines += Line(type, FindingJson(report.sources, diagnostic));
  }
  return lines;
}

std::string Render(const Report& report, const RenderOptions&) {
  std::string out = Line("run", RunJson(report));
  out += FindingLines(report, "finding", report.diagnostics);
  out += FindingLines(report, "waived", report.waived);
  out += FindingLines(report, "known", report.known);
  for (const PolicyLine& policy : report.policies) {
    out += Line("policy", PolicyJson(policy));
  }
  for (const StaleFile& file : report.stale.value_or(std::vector<StaleFile>())) {
    out += Line("stale", StaleFileJson(file));
  }
  return out;
}

}  // namespace

extern const RendererSpec renderer_jsonl;
const RendererSpec renderer_jsonl = {
    "jsonl", {}, "one record a line, described by `dpc schema check-jsonl`", Render, true};

}  // namespace dpc::report
