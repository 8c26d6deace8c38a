// Overlaps of a change, where its author looks for them. Private to `driver`.
#pragma once

#include "driver/driver.h"

namespace dpc::driver {

// With a base: an overlap between products is reported at the asset that is new, or lies anew, in the change.
void MoveOverlaps(Compilation& c, Emitter& emitter);

}  // namespace dpc::driver
