// Principals that are roles and users of this repository: IAM takes a trust policy only when all that it names are
// there.
#pragma once

#include <string>
#include <vector>

#include "access/access.h"
#include "backend/backend.h"

namespace dpc::backend::aws {

// Addresses of the roles and users of the same root that the role's trust policy names; sorted.
std::vector<std::string> TrustedHere(const Input& input, const access::Role& role);

// Reports DPC7024 for roles that would have to be there before each other, DPC7025 for one of a root that is applied
// later.
void CheckTrustOrder(const Input& input, Emitter& emitter);

}  // namespace dpc::backend::aws
