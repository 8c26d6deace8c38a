// The door of `backend/aws` besides its BackendSpec: what IAM must hold for one environment, before it is written down
// as Terraform. `dpc access prove` and `dpc access compare` read it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "backend/aws/names.h"
#include "backend/aws/rights.h"
#include "backend/aws/statements.h"
#include "backend/backend.h"
#include "json/json.h"

namespace dpc::backend::aws {

// One policy document of a role: a managed policy, or the role's inline policy.
struct PolicyDocument {
  std::string part;  // completes the policy's name: "bucket-read-Part0", "service", "access-01"
  std::string name;  // in IAM
  std::string text;  // the bytes that are written and that IAM gets
  std::vector<Range> sources;
};

// A role as IAM must have it.
struct RolePlan {
  access::RoleId role;
  std::string name;
  std::string arn;
  std::vector<PolicyDocument> managed;
  std::optional<PolicyDocument> inline_policy;
  std::string trust;  // the trust policy's bytes
  Sources trust_sources;
  // What was asked for, before anything was merged, reduced or packed: the proof compares the documents with it.
  std::vector<AskedItem> asked;
  std::string user;          // an IAM user with the same policies; "" when none is asked for
  std::string user_arn;      // likewise
  std::string workgroup;     // of the Athena service; "" without it
  std::string results_path;  // likewise
  // What IAM does not hold.
  std::vector<LakeFormationRight> lake_formation;
  std::vector<AccessGrant> access_grants;

  // Everybody who has these rights: the role and, where one is asked for, the user. Whatever names one names both.
  std::vector<std::string> Principals() const;
};

enum class ResourcePolicyKind : std::uint8_t { Bucket, Key, Catalog };

// The owner's side of reads across accounts.
struct ResourcePolicy {
  ResourcePolicyKind kind = ResourcePolicyKind::Bucket;
  std::string resource;  // ARN of the bucket or key; of the catalog: "arn:aws:glue:REGION:ACCOUNT:catalog"
  std::string text;      // the document's bytes
  std::vector<Range> sources;
  // For each role and user that it names, by ARN: what was asked for.
  std::map<std::string, std::vector<AskedItem>> asked;
};

// The role with which S3 Access Grants reads for those who hold a grant.
struct LocationRole {
  std::string name;
  std::string arn;
  std::string trust;
  std::string policy;                    // its inline policy, of the same name
  std::vector<model::BucketId> buckets;  // that grants are about; sorted
};

struct AccountPlan {
  model::EnvironmentId environment;
  std::string account;
  std::vector<RolePlan> roles;  // in the order of the access model; those without an error
  std::vector<ResourcePolicy> resource_policies;
  std::optional<LocationRole> location_role;  // when a role has access grants
};

// Plans one environment with AWS settings; reports DPC70xx. `taken` is shared by the environments of one run.
AccountPlan PlanAccount(const Input& input, model::EnvironmentId environment, NameRegister& taken, Emitter& emitter);

}  // namespace dpc::backend::aws
