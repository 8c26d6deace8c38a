// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::backend::aws {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "backend/aws/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::backend::aws
