// Reviewdog's diagnostic format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
// Its columns count the bytes of a line, and its end is exclusive. What does not count is left out. Related places
// stand in the message: a reader may refuse fields that are younger than itself.
#include <nlohmann/json.hpp>
#include <string>

#include "json/json.h"
#include "report/entries.h"
#include "report/report.h"

namespace dpc::report {
namespace {

std::string_view SeverityOf(Severity severity) {
  return severity == Severity::Error ? "ERROR" : severity == Severity::Warning ? "WARNING" : "INFO";
}

Json PositionJson(std::uint32_t line, std::uint32_t byte) {
  return Json{{"line", line}, {"column", byte}};
}

// Of the repository as a whole: a file without a range.
Json LocationJson(const Entry& entry) {
  const std::optional<Spot>& spot = entry.spot;
  if (!spot) {
    return Json{{"path", entry.file}};
  }
  return Json{{"path", spot->path},
              {"range", Json{{"start", PositionJson(spot->line, spot->byte)},
                             {"end", PositionJson(spot->line, spot->end_byte)}}}};
}

std::string Render(const Report& report, const RenderOptions&) {
  Json diagnostics = Json::array();
  for (const Entry& entry : CountedEntries(report)) {
    diagnostics.push_back(Json{{"message", FullText(entry)},
                               {"location", LocationJson(entry)},
                               {"severity", SeverityOf(entry.severity)},
                               {"code", Json{{"value", entry.rule}}}});
  }
  return PrettyJson(Json{{"source", Json{{"name", "dpc"}}}, {"diagnostics", std::move(diagnostics)}});
}

}  // namespace

extern const RendererSpec renderer_rdjson;
const RendererSpec renderer_rdjson = {"rdjson", {}, "diagnostic format of reviewdog", Render, true};

}  // namespace dpc::report
