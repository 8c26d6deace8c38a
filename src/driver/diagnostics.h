// DPC9xxx: about what is read and what is asked for.
#pragma once

#include "diag/define.h"

namespace dpc::driver {
#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "driver/diagnostics.def"
#undef DPC_DIAGNOSTIC
}  // namespace dpc::driver
