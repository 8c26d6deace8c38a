// How often something was found, and how severely: what a base, a baseline or a waiver knows of the findings of today.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "diag/diagnostic.h"

namespace dpc::policy {

// A fingerprint without the number that tells equal findings apart.
std::string_view BareFingerprint(std::string_view fingerprint);

// Equal findings, of one bare fingerprint, are known together or not at all: of two where there was one, nobody can say
// which is the new one, and the first of them need not be the old one.
class Tally {
 public:
  void Add(std::string_view fingerprint, Severity severity);
  void Add(const DiagnosticList& findings);

  // Of `fingerprint:3`: at least three.
  bool Has(std::string_view fingerprint) const;

  // How many have the bare fingerprint of this one.
  std::size_t Count(std::string_view fingerprint) const;

  // For all that `found` has of the fingerprint there is one here, as severe at least.
  bool Covers(const Tally& found, std::string_view fingerprint) const;

 private:
  using Counts = std::array<std::size_t, 3>;  // by severity

  Counts Of(std::string_view fingerprint) const;

  std::unordered_map<std::string, Counts> counts_;
};

}  // namespace dpc::policy
