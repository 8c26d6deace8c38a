// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::syntax {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "syntax/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::syntax
