// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::frontend::native {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "frontend/native/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::frontend::native
