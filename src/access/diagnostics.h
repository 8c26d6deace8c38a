// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::access {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "access/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::access
