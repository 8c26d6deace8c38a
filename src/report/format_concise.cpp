// One line a finding, `path:line:col: severity: message; hint: ... [code]`: what compilers print and editors read.
// Where people meet it (logs, hooks) nothing else is shown, so what to do stands in the line.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "report/place.h"
#include "report/report.h"

namespace dpc::report {
namespace {

constexpr std::array<std::string_view, 2> kAliases = {"gcc", "text"};

std::string PlaceOf(const Report& report, Range range) {
  if (const auto region = Locate(report.sources, range)) {
    return Printable(region->path) + ":" + std::to_string(region->line) + ":" + std::to_string(region->column);
  }
  return "repository";
}

std::string Line(const Report& report, const Diagnostic& diagnostic, std::string_view severity) {
  static constexpr std::size_t kMostPlaces = 3;
  std::string line = PlaceOf(report, diagnostic.range) + ": ";
  line.append(severity).append(": ").append(diagnostic.message);
  if (!diagnostic.suppression.empty()) {
    return line.append(" (" + diagnostic.suppression + ") [").append(diagnostic.rule()).append("]\n");
  }
  const auto& labels = diagnostic.labels;
  for (std::size_t i = 0; i < std::min(labels.size(), kMostPlaces); ++i) {
    line += "; " + labels[i].text + ": " + PlaceOf(report, labels[i].range);
  }
  line += labels.size() > kMostPlaces ? "; and " + Plural(labels.size() - kMostPlaces, "more place") : "";
  for (const std::string& hint : diagnostic.hints) {
    line += "; hint: " + hint;
  }
  return line.append(" [").append(diagnostic.rule()).append("]\n");
}

// What is waived stands behind, as a note: no compiler's reader counts one.
std::string Render(const Report& report, const RenderOptions&) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics.all()) {
    out += Line(report, diagnostic, SeverityName(diagnostic.info.severity));
  }
  for (const Diagnostic& diagnostic : report.waived.all()) {
    out += Line(report, diagnostic, "note");
  }
  return out;
}

}  // namespace

extern const RendererSpec renderer_concise;
const RendererSpec renderer_concise = {"concise", kAliases, "one line a finding, as compilers print it", Render};

}  // namespace dpc::report
