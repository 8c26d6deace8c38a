// Files that stand in for others: what they are about lies elsewhere.
#pragma once

#include <string_view>

#include "diag/emitter.h"

namespace dpc::syntax {

// Reports at `start` a file that is no more than the pointer to its content, of Git LFS or of git-annex; false for all
// other ones. Such a pointer would be sound YAML: one text.
bool ReportStandIn(std::string_view text, LocId start, Emitter& emitter);

}  // namespace dpc::syntax
