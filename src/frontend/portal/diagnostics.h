// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::frontend::portal {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "frontend/portal/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::frontend::portal
