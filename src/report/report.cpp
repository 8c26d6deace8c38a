#include "report/report.h"

#include <algorithm>

namespace dpc::report {

const RendererSpec* FindRenderer(std::string_view name) {
  for (const RendererSpec* spec : AllRendererSpecs()) {
    if (spec->name == name || std::find(spec->aliases.begin(), spec->aliases.end(), name) != spec->aliases.end()) {
      return spec;
    }
  }
  return nullptr;
}

bool IsWaived(const Diagnostic& diagnostic) {
  return diagnostic.suppression.starts_with("waived ");
}

}  // namespace dpc::report
