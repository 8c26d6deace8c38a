#include "emitted.h"

#include <algorithm>
#include <array>
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
    }
  }
  RefuseUnknown();
}

Emitted::~Emitted() = default;

void Emitted::Merge(const driver::Artifact& artifact) {
  const Json blocks = Parsed(artifact);
  const Json resources = blocks.value("resource", Json::object());
  for (const auto& [type, labels] : resources.items()) {
    for (const auto& [label, block] : labels.items()) {
      resources_[type].push_back(block);
    }
  }
}

void Emitted::RefuseUnknown() const {
  static constexpr std::array<const char*, 4> kUnread = {"aws_iam_role_policy", "aws_iam_policy_attachment",
                                                         "aws_iam_user_policy", "aws_iam_group_policy"};
  for (const char* type : kUnread) {
    if (resources_.contains(type)) {
      throw std::runtime_error(root_ + " holds an " + type + ", which this test does not read");
    }
  }
  for (const Json& role : resources_.contains("aws_iam_role") ? resources_.at("aws_iam_role") : std::vector<Json>()) {
    for (const char* attribute : {"inline_policy", "managed_policy_arns", "permissions_boundary"}) {
      if (role.contains(attribute)) {
        throw std::runtime_error(root_ + " holds a role with " + attribute + ", which this test does not read");
      }
    }
  }
}

const Json& Emitted::Find(const std::string& type, const std::string& attribute, const std::string& value) const {
  const Json* found = nullptr;
  const auto blocks = resources_.find(type);
  if (blocks != resources_.end()) {
    for (const Json& block : blocks->second) {
      if (block.value(attribute, "") != value) {
        continue;
      }
      if (found != nullptr) {
        throw std::runtime_error(root_ + ": two " + type + " with " + attribute + " " + value);
      }
      found = &block;
    }
  }
  if (found == nullptr) {
    throw std::runtime_error(root_ + ": no " + type + " with " + attribute + " " + value);
  }
  return *found;
}

Json Emitted::FileOf(const Json& expression) const {
  const std::string text = expression.get<std::string>();
  const std::string begin = "${file(\"${path.module}/";
  const std::string end = "\")}";
  const bool fits = text.starts_with(begin) && text.ends_with(end);
  const auto file = files_.find(fits ? text.substr(begin.size(), text.size() - begin.size() - end.size()) : text);
  if (file == files_.end()) {
    throw std::runtime_error(root_ + ": " + text + " names no emitted file");
  }
  return Parsed(*file->second);
}

std::vector<Attached> Emitted::Policies(const Place& place, const std::vector<std::string>& arns) const {
  const std::string begin = IamArn(place, "policy/");
  std::vector<Attached> attached;
  for (const std::string& arn : arns) {
    if (!arn.starts_with(begin)) {
      throw std::runtime_error(root_ + ": " + arn + " is attached and is no policy of the account");
    }
    const std::string name = arn.substr(begin.size());
    attached.push_back({name, FileOf(Find("aws_iam_policy", "name", name).at("policy"))});
  }
  return attached;
}

std::vector<Attached> Emitted::OfRole(const Place& place, const std::string& role) const {
  // "Nothing else" holds on the live role only with both exclusive resources.
  if (!Find("aws_iam_role_policies_exclusive", "role_name", role).at("policy_names").empty()) {
    throw std::runtime_error(root_ + ": role " + role + " has inline policies, which this test does not read");
  }
  const Json& exclusive = Find("aws_iam_role_policy_attachments_exclusive", "role_name", role);
  const auto arns = exclusive.at("policy_arns").get<std::vector<std::string>>();
  // Two resources that want different things would attach and detach in turns.
  for (const std::string& arn : AttachedTo("aws_iam_role_policy_attachment", "role", role)) {
    if (std::find(arns.begin(), arns.end(), arn) == arns.end()) {
      throw std::runtime_error(root_ + ": " + arn + " is attached to " + role + " and not in its exclusive list");
    }
  }
  return Policies(place, arns);
}

std::vector<Attached> Emitted::OfUser(const Place& place, const std::string& user) const {
  Find("aws_iam_user", "name", user);
  return Policies(place, AttachedTo("aws_iam_user_policy_attachment", "user", user));
}

std::vector<std::string> Emitted::AttachedTo(const std::string& type, const std::string& attribute,
                                             const std::string& name) const {
  std::vector<std::string> arns;
  const auto attachments = resources_.find(type);
  if (attachments != resources_.end()) {
    for (const Json& block : attachments->second) {
      if (block.at(attribute) == name) {
        arns.push_back(block.at("policy_arn"));
      }
    }
  }
  return arns;
}

Json Emitted::Trust(const std::string& role) const {
  return FileOf(Find("aws_iam_role", "name", role).at("assume_role_policy"));
}

}  // namespace dpc::oracle
