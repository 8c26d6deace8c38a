// The day that a run judges by. Private to `driver`.
#pragma once

#include "driver/driver.h"

namespace dpc::driver {

// --today; else the latest day among the commit that is read, its ancestors, and the base's tip: who writes a commit
// writes its date, and may not go back. Never after --not-after. Reports dates that cannot be (DPC9010, DPC9011,
// DPC9012).
std::optional<Date> FindDay(const Compilation& compilation, const Options& options, Emitter& emitter);

}  // namespace dpc::driver
