#include "diag/catalogue.h"

#include <algorithm>

#include "base/text.h"

namespace dpc {

std::vector<DiagnosticInfo> Catalogue() {
  const auto rows = CatalogueRows();
  std::vector<DiagnosticInfo> sorted(rows.begin(), rows.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const DiagnosticInfo& a, const DiagnosticInfo& b) { return a.code < b.code; });
  return sorted;
}

const DiagnosticInfo* FindDiagnostic(std::string_view code_or_name) {
  const std::string wanted = LowerCase(code_or_name);
  for (const DiagnosticInfo& info : CatalogueRows()) {
    if (LowerCase(info.code) == wanted || LowerCase(info.name) == wanted) {
      return &info;
    }
  }
  return nullptr;
}

}  // namespace dpc
