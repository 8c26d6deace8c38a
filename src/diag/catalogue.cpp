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

std::string MessageWithoutHoles(const DiagnosticInfo& info) {
  const std::string_view message = info.message;
  std::string text;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const bool hole =
        message[i] == '{' && i + 2 < message.size() && message[i + 2] == '}' && IsDigits(message.substr(i + 1, 1));
    text += hole ? "..." : std::string(1, message[i]);
    i += hole ? 2 : 0;
  }
  return text;
}

}  // namespace dpc
