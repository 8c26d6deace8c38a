// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::fields {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "fields/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::fields
