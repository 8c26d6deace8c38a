// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::policy {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "policy/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::policy
