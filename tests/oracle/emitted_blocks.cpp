// Which blocks and attributes are understood. A list of what is allowed, not of what is forbidden: what a later version
// emits in addition is refused until somebody has thought about it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "emitted.h"

namespace dpc::oracle {
namespace {

using Attributes = std::set<std::string>;

const std::map<std::string, Attributes>& Known() {
  static const std::map<std::string, Attributes> kKnown = {
      {"aws_iam_role", {"name", "assume_role_policy"}},
      {"aws_iam_policy", {"name", "policy"}},
      {"aws_iam_role_policy", {"name", "role", "policy"}},
      {"aws_iam_role_policy_attachment", {"role", "policy_arn"}},
      {"aws_iam_role_policy_attachments_exclusive", {"role_name", "policy_arns"}},
      {"aws_iam_role_policies_exclusive", {"role_name", "policy_names"}},
      {"aws_iam_user_policy_attachments_exclusive", {"user_name", "policy_arns"}},
      {"aws_iam_user_policies_exclusive", {"user_name", "policy_names"}},
      {"aws_iam_user", {"name"}},
      {"aws_iam_user_policy_attachment", {"user", "policy_arn"}},
      {"aws_s3_bucket", {"bucket", "lifecycle"}},
      {"aws_s3_bucket_public_access_block",
       {"bucket", "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}},
      {"aws_s3_bucket_server_side_encryption_configuration", {"bucket", "rule"}},
      {"aws_glue_catalog_database", {"name", "location_uri", "lifecycle"}},
      {"aws_athena_workgroup", {"name", "configuration", "force_destroy"}},
      {"aws_s3_bucket_policy", {"bucket", "policy"}},
      {"aws_kms_key_policy", {"key_id", "policy"}},
      {"aws_glue_resource_policy", {"policy"}},
      {"aws_lakeformation_resource", {"arn", "use_service_linked_role"}},
      {"aws_lakeformation_permissions", {"principal", "permissions", "database", "table", "data_location"}},
      {"aws_redshiftserverless_namespace", {"namespace_name", "manage_admin_password", "lifecycle"}},
      {"aws_redshiftserverless_workgroup", {"workgroup_name", "namespace_name", "publicly_accessible"}},
      {"aws_s3control_access_grants_instance", {}},
      {"aws_s3control_access_grants_location", {"iam_role_arn", "location_scope"}},
      {"aws_s3control_access_grant",
       {"access_grants_location_id", "permission", "access_grants_location_configuration", "grantee"}},
  };
  return kKnown;
}

void RefuseAttributes(const std::string& root, const std::string& type, const Json& block, const Attributes& known) {
  static const Attributes kEverywhere = {"provider", "depends_on"};
  for (const auto& [attribute, value] : block.items()) {
    if (!known.contains(attribute) && !kEverywhere.contains(attribute)) {
      throw std::runtime_error(root + ": an " + type + " has `" + attribute + "`, which this test does not read");
    }
  }
}

}  // namespace

void RefuseUnknownBlocks(const std::string& root, const Blocks& resources) {
  for (const auto& [type, labels] : resources) {
    const auto known = Known().find(type);
    if (known == Known().end()) {
      throw std::runtime_error(root + " holds an " + type + ", which this test does not read");
    }
    for (const auto& [label, block] : labels) {
      RefuseAttributes(root, type, block, known->second);
    }
  }
}

}  // namespace dpc::oracle
