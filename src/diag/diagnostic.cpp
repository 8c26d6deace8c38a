#include "diag/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace dpc {

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      return "info";
  }
  return "";
}

void DiagnosticList::Add(Diagnostic diagnostic) {
  all_.push_back(std::move(diagnostic));
}

void DiagnosticList::Sort() {
  const auto key = [](const Diagnostic& d) { return std::tuple(d.range.begin, d.rule(), std::string_view(d.message)); };
  std::stable_sort(all_.begin(), all_.end(), [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

std::size_t DiagnosticList::Count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(
      all_.begin(), all_.end(), [&](const Diagnostic& diagnostic) { return diagnostic.info.severity == severity; }));
}

}  // namespace dpc
