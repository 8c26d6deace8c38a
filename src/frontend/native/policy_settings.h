// The Workspace's section about policies. Private to this folder.
#pragma once

#include "frontend/native/native.h"

namespace dpc::frontend::native {

extern const TypeSpec kPoliciesType;

model::PolicySettings LowerPolicySettings(const Context& context, const RecordReader& workspace);

}  // namespace dpc::frontend::native
