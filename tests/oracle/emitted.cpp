#include "emitted.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace dpc::oracle {
namespace {

Json Parsed(const driver::Artifact& artifact) {
  const auto json = ParseJson(artifact.bytes);
  if (!json) {
    throw std::runtime_error(artifact.path + " is not JSON");
  }
  return *json;
}

// What is between `begin` and `end`; throws when `text` is not of that form.
std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  if (text.size() < begin.size() + end.size() || !text.starts_with(begin) || !text.ends_with(end)) {
    throw std::runtime_error("`" + text + "` is not " + begin + "..." + end);
  }
  return text.substr(begin.size(), text.size() - begin.size() - end.size());
}

std::set<std::string> Texts(const Json& list) {
  const auto texts = list.get<std::vector<std::string>>();
  return {texts.begin(), texts.end()};
}

}  // namespace

Emitted::Emitted(const std::vector<driver::Artifact>& artifacts, const std::string& root) : root_(root) {
  const std::string folder = "terraform/" + root + "/";
  for (const driver::Artifact& artifact : artifacts) {
    if (!artifact.path.starts_with(folder)) {
      continue;
    }
    const std::string path = artifact.path.substr(folder.size());
    files_[path] = &artifact;
    // Terraform reads every .tf.json of the root's own folder.
    if (path.ends_with(".tf.json") && path.find('/') == std::string::npos) {
      Merge(artifact);
    } else if (path.ends_with(".tf")) {
      throw std::runtime_error(root_ + ": " + path + " is not read by this test");
    }
  }
  RefuseUnknownBlocks(root_, resources_);
}

Emitted::~Emitted() = default;

void Emitted::Merge(const driver::Artifact& artifact) {
  static const std::set<std::string> kRead = {"//", "terraform", "provider", "resource"};
  const Json blocks = Parsed(artifact);
  for (const auto& [kind, value] : blocks.items()) {
    if (!kRead.contains(kind)) {
      throw std::runtime_error(artifact.path + " holds `" + kind + "`, which this test does not read");
    }
  }
  const Json resources = blocks.value("resource", Json::object());
  for (const auto& [type, labels] : resources.items()) {
    for (const auto& [label, block] : labels.items()) {
      if (!resources_[type].emplace(label, block).second) {
        throw std::runtime_error(root_ + ": two " + type + "." + label);
      }
    }
  }
}

std::vector<Json> Emitted::All(const std::string& type) const {
  std::vector<Json> blocks;
  if (const auto labels = resources_.find(type); labels != resources_.end()) {
    for (const auto& [label, block] : labels->second) {
      blocks.push_back(block);
    }
  }
  return blocks;
}

Json Emitted::Find(const std::string& type, const std::string& attribute, const std::string& value) const {
  std::vector<Json> found;
  for (Json& block : All(type)) {
    if (block.value(attribute, "") == value) {
      found.push_back(std::move(block));
    }
  }
  if (found.size() != 1) {
    throw std::runtime_error(root_ + ": " + std::to_string(found.size()) + " " + type + " with " + attribute + " " +
                             value);
  }
  return found.front();
}

Json Emitted::FileOf(const Json& expression) const {
  const std::string path = Between(expression.get<std::string>(), "${file(\"${path.module}/", "\")}");
  const auto file = files_.find(path);
  if (file == files_.end()) {
    throw std::runtime_error(root_ + ": " + path + " is not emitted");
  }
  return Parsed(*file->second);
}

std::vector<Attached> Emitted::Policies(const Place& place, const std::set<std::string>& arns) const {
  const std::string begin = IamArn(place, "policy/");
  std::vector<Attached> attached;
  for (const std::string& arn : arns) {
    const std::string name = Between(arn, begin, "");
    attached.push_back({name, FileOf(Find("aws_iam_policy", "name", name).at("policy"))});
  }
  return attached;
}

std::vector<Attached> Emitted::InlineOf(const std::string& role) const {
  std::vector<Attached> policies;
  for (const Json& block : All("aws_iam_role_policy")) {
    if (block.at("role") == role) {
      policies.push_back({block.at("name"), FileOf(block.at("policy")), true});
    }
  }
  return policies;
}

std::vector<Attached> Emitted::OfRole(const Place& place, const std::string& role) const {
  // "Nothing else" holds on the live role only with both exclusive resources; two resources that want different things
  // would attach and detach in turns.
  const auto arns = Texts(Find("aws_iam_role_policy_attachments_exclusive", "role_name", role).at("policy_arns"));
  if (arns != AttachedTo("aws_iam_role_policy_attachment", "role", role)) {
    throw std::runtime_error(root_ + ": what is attached to " + role + " differs from its exclusive list");
  }
  std::vector<Attached> policies = Policies(place, arns);
  std::set<std::string> names;
  for (Attached& policy : InlineOf(role)) {
    names.insert(policy.name);
    policies.push_back(std::move(policy));
  }
  if (Texts(Find("aws_iam_role_policies_exclusive", "role_name", role).at("policy_names")) != names) {
    throw std::runtime_error(root_ + ": the inline policies of " + role + " differ from its exclusive list");
  }
  return policies;
}

std::vector<Attached> Emitted::OfUser(const Place& place, const std::string& user) const {
  Find("aws_iam_user", "name", user);
  const auto arns = AttachedTo("aws_iam_user_policy_attachment", "user", user);
  if (Texts(Find("aws_iam_user_policy_attachments_exclusive", "user_name", user).at("policy_arns")) != arns ||
      !Find("aws_iam_user_policies_exclusive", "user_name", user).at("policy_names").empty()) {
    throw std::runtime_error(root_ + ": what " + user + " has differs from its exclusive lists");
  }
  return Policies(place, arns);
}

std::set<std::string> Emitted::AttachedTo(const std::string& type, const std::string& attribute,
                                          const std::string& name) const {
  std::set<std::string> arns;
  for (const Json& block : All(type)) {
    if (block.at(attribute) == name) {
      arns.insert(block.at("policy_arn").get<std::string>());
    }
  }
  return arns;
}

Json Emitted::Trust(const std::string& role) const {
  return FileOf(Find("aws_iam_role", "name", role).at("assume_role_policy"));
}

std::set<std::string> Emitted::Roles() const {
  std::set<std::string> names;
  for (const Json& block : All("aws_iam_role")) {
    names.insert(block.at("name").get<std::string>());
  }
  return names;
}

std::vector<OwnerPolicy> Emitted::OwnerPolicies() const {
  std::vector<OwnerPolicy> policies;
  for (const auto& [type, attribute] : {std::pair("aws_s3_bucket_policy", "bucket"),
                                        {"aws_kms_key_policy", "key_id"},
                                        {"aws_glue_resource_policy", ""}}) {
    for (const Json& block : All(type)) {
      policies.push_back({type, block.value(attribute, ""), FileOf(block.at("policy"))});
    }
  }
  return policies;
}

std::string Emitted::BucketOf(const Json& grant) const {
  const std::string label = Between(grant.at("access_grants_location_id"), "${aws_s3control_access_grants_location.",
                                    ".access_grants_location_id}");
  const Json& location = resources_.at("aws_s3control_access_grants_location").at(label);
  return Between(location.at("location_scope"), "s3://", "");
}

std::vector<AccessGrantBlock> Emitted::AccessGrantsOf(const std::string& role_arn) const {
  std::vector<AccessGrantBlock> grants;
  for (const Json& block : All("aws_s3control_access_grant")) {
    const Json& grantee = block.at("grantee").at(0);
    if (block.at("grantee").size() != 1 || grantee.at("grantee_type") != "IAM" || block.at("permission") != "READ") {
      throw std::runtime_error(root_ + ": an access grant is not one role's READ");
    }
    if (grantee.at("grantee_identifier") == role_arn) {
      grants.push_back({BucketOf(block), block.at("access_grants_location_configuration").at(0).at("s3_sub_prefix")});
    }
  }
  return grants;
}

std::set<std::string> Emitted::LocationRoles() const {
  std::set<std::string> arns;
  for (const Json& block : All("aws_s3control_access_grants_location")) {
    arns.insert(block.at("iam_role_arn").get<std::string>());
  }
  return arns;
}

std::vector<Json> Emitted::LakeFormationOf(const std::string& role_arn) const {
  std::vector<Json> blocks;
  for (Json& block : All("aws_lakeformation_permissions")) {
    if (block.at("principal") == role_arn) {
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

}  // namespace dpc::oracle
