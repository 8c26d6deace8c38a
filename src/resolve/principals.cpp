// Principals that this repository makes itself: who gets into them gets further.
#include <algorithm>

#include "model/settings.h"
#include "resolve/naming.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

using model::EnvironmentId;

void Resolver::Principals() {
  const auto collect = [&](const model::Names& names) {
    for (const model::NameId name : names) {
      arns_[LowerCase(m_.Text(m_.names[name]))].push_back(m_.names[name].text);
    }
  };
  collect(m_.workspace.aws.assumed_by.principals);
  for (const EnvironmentId id : m_.environments.All()) {
    collect(m_.environments[id].aws.assumed_by.principals);
  }
  if (arns_.empty()) {
    return;
  }
  TakePermissionSets();
  for (const model::ProductId id : m_.products.All()) {
    if (!m_.products[id].poisoned && m_.products[id].status != model::Status::Retired) {
      TakeRoles(id);
    }
  }
}

void Resolver::TakeRoles(model::ProductId product) {
  const auto fill = [&](const std::string& template_text, EnvironmentId environment) {
    return FillForProduct(m_, r_, template_text, product, m_.Text(m_.environments[environment].name));
  };
  for (const EnvironmentRefId reference : r_.product_environments[product.index()]) {
    const EnvironmentId environment = r_.environment_refs[reference];
    const model::Environment& row = m_.environments[environment];
    if (!row.has_aws || !row.aws.account.has_value()) {
      continue;
    }
    const std::string start =
        "arn:" + model::PartitionOf(m_, environment) + ":iam::" + std::string(m_.Text(row.aws.account)) + ":";
    if (const auto name = fill(m_.workspace.naming.role, environment)) {
      Take(start + "role/" + *name, {product, environment, false, {}});
    }
    const bool has_user = m_.products[product].services.Has(model::Service::IamUser);
    if (const auto name = has_user ? fill(m_.workspace.naming.user, environment) : std::nullopt) {
      Take(start + "user/" + *name, {product, environment, true, {}});
    }
  }
}

void Resolver::Take(const std::string& arn, const Known& known) {
  const auto found = arns_.find(LowerCase(arn));
  if (found == arns_.end()) {
    return;
  }
  for (const Symbol text : found->second) {
    r_.principals.emplace(text, known);
  }
}

// `.../role/aws-reserved/sso.amazonaws.com/REGION/AWSReservedSSO_SET_0123456789abcdef`.
void Resolver::TakePermissionSets() {
  static constexpr std::string_view kPath = ":role/aws-reserved/sso.amazonaws.com/";
  static constexpr std::string_view kStart = "awsreservedsso_";
  static constexpr std::size_t kEnd = 17;  // `_` and 16 characters
  std::map<std::string, model::TeamId> teams;
  for (const model::TeamId id : m_.teams.All()) {
    if (m_.teams[id].permission_set.has_value()) {
      teams.emplace(LowerCase(m_.Text(m_.teams[id].permission_set)), id);
    }
  }
  for (const auto& [arn, texts] : arns_) {
    const std::string_view name = std::string_view(arn).substr(arn.rfind('/') + 1);
    if (arn.find(kPath) == std::string::npos || !name.starts_with(kStart) || name.size() <= kStart.size() + kEnd) {
      continue;
    }
    const auto team = teams.find(std::string(name.substr(kStart.size(), name.size() - kStart.size() - kEnd)));
    if (team != teams.end()) {
      Take(arn, {{}, {}, false, team->second});
    }
  }
}

}  // namespace dpc::resolve
