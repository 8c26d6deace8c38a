// Findings of dpc itself under the settings of `dpc.yaml`: what is a warning may be made an error, at once or from a
// day on, or be waived for a time. Errors stay errors: what they say keeps a build from being right.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/engine.h"

namespace dpc::policy {

// "DPC6001": four digits, in capital letters.
bool IsCode(std::string_view text);

// A setting of `severity` or `enforceFrom` under a code. Reports what cannot be set (DPC5030 to DPC5032) and returns
// nothing then.
std::optional<OwnRule> OwnRuleOf(std::string_view code, Range range, std::optional<Severity> severity,
                                 std::optional<Date> enforce_from, Emitter& emitter);

// Makes findings as severe as the strictest of the sets says: with a base, its rules hold too. A day that is not known
// has come.
void Raise(std::vector<Diagnostic>& findings, std::span<const ActiveSet* const> sets, std::optional<Date> today);

// As ApplyWaivers, for findings of dpc itself. `complete`: all stages have run, so that of a waiver that waives nothing
// it can be said.
void ApplyOwnWaivers(const World& world, const ActiveSet& policies, const Precedents& before,
                     std::vector<Diagnostic>& findings, bool complete, Emitter& emitter);

}  // namespace dpc::policy
