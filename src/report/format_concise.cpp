// One line a finding, `path:line:col: severity: message [code]`: what compilers print and editors read.
#include <array>
#include <string>

#include "base/text.h"
#include "report/place.h"
#include "report/report.h"

namespace dpc::report {
namespace {

constexpr std::array<std::string_view, 2> kAliases = {"gcc", "text"};

std::string Render(const Report& report, const RenderOptions&) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics.all()) {
    if (const auto region = Locate(report.sources, diagnostic.range)) {
      out += Printable(region->path) + ":" + std::to_string(region->line) + ":" + std::to_string(region->column);
    } else {
      out += "repository";
    }
    out += ": ";
    out += SeverityName(diagnostic.info.severity);
    out += ": " + diagnostic.message + " [";
    out += diagnostic.info.code;
    out += "]\n";
  }
  return out;
}

}  // namespace

extern const RendererSpec renderer_concise;
const RendererSpec renderer_concise = {"concise", kAliases, "one line a finding, as compilers print it", Render};

}  // namespace dpc::report
