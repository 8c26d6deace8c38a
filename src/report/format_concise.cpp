// One line a finding, `path:line:col: severity: message [code]`: what compilers print and editors read.
#include <array>
#include <string>

#include "base/text.h"
#include "report/place.h"
#include "report/report.h"

namespace dpc::report {
namespace {

constexpr std::array<std::string_view, 2> kAliases = {"gcc", "text"};

std::string PlaceOf(const Report& report, const Diagnostic& diagnostic) {
  if (const auto region = Locate(report.sources, diagnostic.range)) {
    return Printable(region->path) + ":" + std::to_string(region->line) + ":" + std::to_string(region->column);
  }
  return "repository";
}

std::string Line(const Report& report, const Diagnostic& diagnostic, std::string_view severity) {
  std::string line = PlaceOf(report, diagnostic) + ": ";
  line.append(severity).append(": ").append(diagnostic.message);
  line += diagnostic.suppression.empty() ? "" : " (" + diagnostic.suppression + ")";
  return line.append(" [").append(diagnostic.rule()).append("]\n");
}

// What is waived stands behind, as a note: no compiler's reader counts one.
std::string Render(const Report& report, const RenderOptions&) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics.all()) {
    out += Line(report, diagnostic, SeverityName(diagnostic.info.severity));
  }
  for (const Diagnostic& diagnostic : report.waived.all()) {
    out += IsWaived(diagnostic) ? Line(report, diagnostic, "note") : "";
  }
  return out;
}

}  // namespace

extern const RendererSpec renderer_concise;
const RendererSpec renderer_concise = {"concise", kAliases, "one line a finding, as compilers print it", Render};

}  // namespace dpc::report
