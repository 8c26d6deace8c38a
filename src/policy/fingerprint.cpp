// peers.md section 5: SHA-256 over length-prefixed rule id, entity key, JSON pointer and the values named by the rule.
#include <map>
#include <string>

#include "base/sha256.h"
#include "policy/engine.h"

namespace dpc::policy {
namespace {

constexpr std::size_t kDigits = 32;

void Append(std::string& bytes, std::string_view part) {
  bytes.append(std::to_string(part.size())).append(":").append(part);
}

std::string FingerprintOf(const Diagnostic& diagnostic) {
  std::string bytes;
  Append(bytes, diagnostic.rule());
  Append(bytes, diagnostic.entity);
  Append(bytes, diagnostic.pointer);
  for (const std::string& value : diagnostic.values) {
    Append(bytes, value);
  }
  return Sha256Hex(bytes).substr(0, kDigits);
}

}  // namespace

void SetFingerprints(const Side& side, std::vector<Diagnostic*> diagnostics) {
  std::map<std::string, std::size_t> seen;
  for (Diagnostic* diagnostic : diagnostics) {
    if (diagnostic->entity.empty()) {
      diagnostic->entity = side.EntityAt(diagnostic->range);
    }
    diagnostic->fingerprint = FingerprintOf(*diagnostic);
    if (const std::size_t count = ++seen[diagnostic->fingerprint]; count > 1) {
      diagnostic->fingerprint += ":" + std::to_string(count);
    }
  }
}

}  // namespace dpc::policy
