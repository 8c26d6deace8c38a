// Permissions in words of grants: "read and list s3://lake/raw/orders/, asset `orders/raw` (production)".
#pragma once

#include <string>
#include <vector>

#include "backend/aws/asset_names.h"
#include "backend/aws/permissions.h"

namespace dpc::backend::aws {

// Sentences without subject, sorted, none twice. A verb of which only some actions are there says which; what belongs
// to no row of the access contract is "ACTION on `RESOURCE` when ...". Permissions on what is no resource of their
// action are left out: they allow nothing.
std::vector<std::string> InWords(const std::vector<Permission>& permissions, const AssetNames& assets);

// "a", "a and b", "a, b and c".
std::string Enumerate(const std::vector<std::string>& words);

}  // namespace dpc::backend::aws
