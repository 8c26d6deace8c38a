#include "policy/tally.h"

#include <cstdlib>
#include <numeric>

namespace dpc::policy {

std::string_view BareFingerprint(std::string_view fingerprint) {
  return fingerprint.substr(0, fingerprint.find(':'));
}

void Tally::Add(std::string_view fingerprint, Severity severity) {
  ++counts_[std::string(BareFingerprint(fingerprint))][static_cast<std::size_t>(severity)];
}

void Tally::Add(const DiagnosticList& findings) {
  for (const Diagnostic& finding : findings.all()) {
    Add(finding.fingerprint, finding.info.severity);
  }
}

Tally::Counts Tally::Of(std::string_view fingerprint) const {
  const auto found = counts_.find(std::string(BareFingerprint(fingerprint)));
  return found == counts_.end() ? Counts{} : found->second;
}

std::size_t Tally::Count(std::string_view fingerprint) const {
  const Counts counts = Of(fingerprint);
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

bool Tally::Has(std::string_view fingerprint) const {
  const std::string_view number = fingerprint.substr(BareFingerprint(fingerprint).size());
  return Count(fingerprint) >= (number.empty() ? 1 : std::strtoull(std::string(number.substr(1)).c_str(), nullptr, 10));
}

bool Tally::Covers(const Tally& found, std::string_view fingerprint) const {
  const Counts here = Of(fingerprint);
  const Counts there = found.Of(fingerprint);
  std::size_t known = 0;
  std::size_t needed = 0;
  // The worst first: what is more severe stands for what is less.
  for (std::size_t i = 0; i < here.size(); ++i) {
    known += here[i];
    needed += there[i];
    if (known < needed) {
      return false;
    }
  }
  return true;
}

}  // namespace dpc::policy
