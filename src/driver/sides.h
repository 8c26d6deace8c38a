// The other sides of a change: the commit in common, the base's tip, and what a merge would give. Private to `driver`.
#pragma once

#include "driver/driver.h"

namespace dpc::driver {

// Which commits the head is compared with; empty without a base. Throws EnvironmentError.
std::optional<source::Fork> FindSides(const Options& options);

// Fills `base`, and `tip` and `merged` where the base has moved on since the fork, all by the day of the head. Reports
// what goes wrong only once both are together (DPC9013).
void CompileSides(Compilation& compilation, const Options& options, Emitter& emitter);

}  // namespace dpc::driver
