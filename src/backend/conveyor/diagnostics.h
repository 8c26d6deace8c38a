// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::backend::conveyor {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "backend/conveyor/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::backend::conveyor
