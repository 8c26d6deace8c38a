// peers.md section 5: SHA-256 over length-prefixed rule id, entity key, JSON pointer and the values named by the rule;
// and the days of what ends by itself.
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

std::string DayOf(const std::optional<Date>& day) {
  return day ? day->ToString() : "";
}

// What is said of an agreement or a waiver is said of it with its days: longer, it is another one.
std::vector<std::string> DaysOf(const Side& side, const std::string& key) {
  const auto entity = side.keys().Find(key);
  const auto days = [&](model::AgreementId id) {
    const model::Agreement& agreement = side.m().agreements[id];
    return std::vector<std::string>{DayOf(agreement.from), DayOf(agreement.until)};
  };
  if (!entity) {
    return {};
  }
  switch (entity->kind) {
    case EntityKind::Agreement:
      return days(model::AgreementId(entity->index));
    case EntityKind::Approval:
      return days(side.keys().approvals()[entity->index].agreement);
    case EntityKind::Waiver:
      return {DayOf(side.m().waivers[model::WaiverId(entity->index)].until)};
    default:
      return {};
  }
}

std::string FingerprintOf(const Side& side, const Diagnostic& diagnostic) {
  std::string bytes;
  Append(bytes, diagnostic.rule());
  Append(bytes, diagnostic.entity);
  Append(bytes, diagnostic.pointer);
  for (const std::string& value : diagnostic.values) {
    Append(bytes, value);
  }
  for (const std::string& day : DaysOf(side, diagnostic.entity)) {
    Append(bytes, day);
  }
  return Sha256Hex(bytes).substr(0, kDigits);
}

}  // namespace

void SetFingerprints(const Side& side, const std::vector<Diagnostic*>& diagnostics) {
  std::map<std::string, std::size_t> seen;
  for (Diagnostic* diagnostic : diagnostics) {
    if (diagnostic->entity.empty()) {
      diagnostic->entity = side.EntityAt(diagnostic->range);
    }
    diagnostic->fingerprint = FingerprintOf(side, *diagnostic);
    if (const std::size_t count = ++seen[diagnostic->fingerprint]; count > 1) {
      diagnostic->fingerprint += ":" + std::to_string(count);
    }
  }
}

}  // namespace dpc::policy
