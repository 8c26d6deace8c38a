#include "diag/diagnostic.h"

#include <algorithm>
#include <numeric>
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
  return std::accumulate(all_.begin(), all_.end(), std::size_t{0},
                         [&](std::size_t count, const Diagnostic& diagnostic) {
                           return count + (diagnostic.info.severity == severity ? diagnostic.stands_for : 0);
                         });
}

}  // namespace dpc
