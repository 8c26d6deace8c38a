// The diagnostics of this folder, from diagnostics.def.
#pragma once

#include "diag/define.h"

namespace dpc::graph {

#define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
#include "graph/diagnostics.def"
#undef DPC_DIAGNOSTIC

}  // namespace dpc::graph
