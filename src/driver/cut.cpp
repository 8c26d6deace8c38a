#include "driver/cut.h"

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/emitter.h"
#include "syntax/diagnostics.h"

namespace dpc::driver {
namespace {

struct Cut {
  Range first;  // that is not shown
  std::size_t count = 0;
  std::size_t further = 0;
};

}  // namespace

void CutRepeated(const source::SourceManager& sources, DiagnosticList& diagnostics) {
  std::map<std::pair<std::string_view, source::FileId>, Cut> cuts;
  diagnostics.Sort();
  diagnostics.Remove([&](const Diagnostic& diagnostic) {
    if (!diagnostic.policy.empty() || diagnostic.info.severity != Severity::Error || !diagnostic.range.has_value()) {
      return false;
    }
    Cut& cut = cuts[{diagnostic.info.code, sources.FileOf(diagnostic.range.begin)}];
    if (++cut.count <= kMostOfOneSort) {
      return false;
    }
    cut.first = cut.further++ == 0 ? diagnostic.range : cut.first;
    return true;
  });
  DiagnosticList more;
  Emitter emitter(more);
  for (const auto& [sort, cut] : cuts) {
    if (cut.further != 0) {
      emitter.Report(syntax::kMoreOfOneSort, cut.first, cut.further, sort.first);
      more.all().back().stands_for = cut.further;
    }
  }
  for (Diagnostic& diagnostic : more.all()) {
    diagnostics.Add(std::move(diagnostic));
  }
}

}  // namespace dpc::driver
