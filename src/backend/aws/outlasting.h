// Dated reads that AWS does not end although `expiry: platform` asks for it, because what lets them in lasts longer.
// Private to this folder.
#pragma once

#include "backend/backend.h"

namespace dpc::backend::aws {

// DPC7021: read in Redshift, whose workgroup the role gets into for longer; IAM cannot tell what is read inside, so
// only the script ends it. DPC7023: read through Lake Formation, whose permissions know no day, while something else
// that it guards is read or owned for longer.
void WarnOfOutlastingReads(const Input& input, access::RoleId role, Emitter& emitter);

}  // namespace dpc::backend::aws
