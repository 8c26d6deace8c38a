// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::resolve {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "resolve/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::resolve
