// The stage `policy`: what the policies of head, and of base, say to it. Private to `driver`.
#pragma once

#include "driver/driver.h"

namespace dpc::driver {

// Judges, waives, and puts the findings among the diagnostics.
void Govern(Compilation& compilation, const Options& options, Emitter& emitter);

// After the last stage: fingerprints for all, then the baseline and --new-only for what they may hide.
void Settle(Compilation& compilation, const Options& options, Emitter& emitter);

}  // namespace dpc::driver
