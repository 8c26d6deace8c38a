// AWS in the words of `dpc access`: which action needs which right on what of an asset, and the names of roles and
// places.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "backend/backend.h"

namespace dpc::backend::aws {

// By name. From the rows of reference/access-contract.md; what the contract leaves free is not among them.
std::span<const Action> Actions();

// "" when the role's name cannot be made; the build reports why.
std::string RoleArnOf(const Input& input, access::RoleId role);

// "s3://BUCKET/PATH/" and "glue:DATABASE.TABLE", as far as the asset has them.
std::vector<std::string> CoordinatesOf(const Input& input, resolve::PlacementId placement);

}  // namespace dpc::backend::aws
