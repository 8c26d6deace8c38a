// The owner's side of reads across accounts: policies of buckets, keys and the Glue catalog that name the reading
// roles (reference/iam.md, "Cross-account"). Private to this folder.
//
// What they allow is what the reading roles' own policies say about this environment's resources: one derivation, two
// sides. Where a role has a user beside it, both are named. Roles of the same account need none of it.
#pragma once

#include <vector>

#include "backend/aws/account.h"

namespace dpc::backend::aws {

// Sizes that AWS allows, in bytes: bucket policies (S3 user guide), key policies (KMS quotas), catalog policies (Glue
// quotas).
inline constexpr std::size_t kBucketPolicyBytes = std::size_t{20} * 1024;
inline constexpr std::size_t kKeyPolicyBytes = std::size_t{32} * 1024;
inline constexpr std::size_t kCatalogPolicyBytes = std::size_t{10} * 1024;

// Nothing unless the environment says `resourcePolicies: managed`. Key policies are there without readers too: each
// lets its account's IAM decide, as KMS's default does.
std::vector<ResourcePolicy> ResourcePolicies(const Input& input, model::EnvironmentId environment, NameRegister& taken,
                                             Emitter& emitter);

}  // namespace dpc::backend::aws
