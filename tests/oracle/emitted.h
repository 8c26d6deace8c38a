// What Terraform would make of the emitted files: the policies that are attached to a role, by way of the blocks, not
// of the folders. A policy that is emitted and not attached does not count.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "driver/driver.h"
#include "json/json.h"
#include "names.h"

namespace dpc::oracle {

struct Attached {
  std::string name;
  Json policy;
  bool is_inline = false;
};

// The policy of a bucket (by name), of a key (by ARN) or of the catalog ("").
struct OwnerPolicy {
  std::string type;  // "aws_s3_bucket_policy"
  std::string resource;
  Json policy;
};

// A grant of S3 Access Grants, which no evaluator of IAM policies sees.
struct AccessGrantBlock {
  std::string bucket;
  std::string scope;  // below the bucket: "raw/orders/*"
};

// Blocks by type and label.
using Blocks = std::map<std::string, std::map<std::string, Json>>;

// Throws std::runtime_error for a type, or an attribute of one, that could change what somebody may do and that this
// test does not read.
void RefuseUnknownBlocks(const std::string& root, const Blocks& resources);

// One root ("development"). Throws std::runtime_error when blocks contradict each other, or hold something that would
// change what a role may do and is not understood here.
class Emitted {
 public:
  Emitted(const std::vector<driver::Artifact>& artifacts, const std::string& root);
  ~Emitted();

  std::vector<Attached> OfRole(const Place& place, const std::string& role) const;
  std::vector<Attached> OfUser(const Place& place, const std::string& user) const;
  Json Trust(const std::string& role) const;
  // Names of all roles in the root.
  std::set<std::string> Roles() const;
  // Inline policies of a role that is no product's.
  std::vector<Attached> InlineOf(const std::string& role) const;

  std::vector<OwnerPolicy> OwnerPolicies() const;
  std::vector<AccessGrantBlock> AccessGrantsOf(const std::string& role_arn) const;
  // ARNs of the roles with which S3 Access Grants reads.
  std::set<std::string> LocationRoles() const;
  // Blocks aws_lakeformation_permissions of a principal.
  std::vector<Json> LakeFormationOf(const std::string& role_arn) const;

 private:
  void Merge(const driver::Artifact& artifact);
  std::vector<Json> All(const std::string& type) const;
  // The block of this type whose `attribute` is `value`.
  Json Find(const std::string& type, const std::string& attribute, const std::string& value) const;
  // The JSON of a file("${path.module}/...") expression.
  Json FileOf(const Json& expression) const;
  // ARNs of the attachments of this type, which names its role or user in `attribute`.
  std::set<std::string> AttachedTo(const std::string& type, const std::string& attribute,
                                   const std::string& name) const;
  std::vector<Attached> Policies(const Place& place, const std::set<std::string>& arns) const;
  std::string BucketOf(const Json& grant) const;

  std::string root_;
  std::map<std::string, const driver::Artifact*> files_;
  Blocks resources_;
};

}  // namespace dpc::oracle
