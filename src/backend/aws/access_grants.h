// S3 Access Grants: what an environment may ask for when the prefixes that a role reads do not fit into IAM.
// Source: Amazon S3 user guide, "Managing access with S3 Access Grants", "Register a location". Private to this folder.
//
// The account has one instance for each region. Each bucket is a location, which the service reads with one role; each
// prefix of each reader is a grant, to its role and to the user beside it. IAM gives the reader `s3:GetDataAccess` on
// the instance and nothing on the bucket.
#pragma once

#include "backend/aws/account.h"
#include "terraform/terraform.h"

namespace dpc::backend::aws {

// Nothing when no role of the plan has grants. Reports a name that is taken, or an instance that two environments would
// share.
std::optional<LocationRole> PlanLocationRole(const Input& input, const AccountPlan& plan, NameRegister& taken,
                                             Emitter& emitter);

// `block` holds the provider. Adds instance, locations, their role, and the grants.
void AddAccessGrants(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root);

}  // namespace dpc::backend::aws
