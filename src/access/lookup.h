// From what people type to principals, ports and assets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/answers.h"

namespace dpc::access {

// What a question is about: a port with its assets, or one asset.
struct Subject {
  std::string name;    // "customers/customers"
  model::PortId port;  // None: an asset
  std::vector<model::AssetId> assets;
};

class Lookup {
 public:
  // `role_arns` by RoleId; "" for a role without name.
  Lookup(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
         std::vector<std::string> role_arns);

  // Everything of this name: an email, a team, a product, a role by its name or ARN; with a prefix `person:`, `team:`,
  // `product:` or `role:` only that. None: unknown.
  std::vector<Principal> Principals(std::string_view text) const;
  // Likewise "product/port", "product" when it has one port, a portal dataset, "product/asset"; prefixes `port:` and
  // `asset:`. A port and an asset that mean the same are one.
  std::vector<Subject> Subjects(std::string_view text) const;

  // All names, for "did you mean"; sorted.
  std::vector<std::string> PrincipalNames() const;
  std::vector<std::string> SubjectNames() const;

  const std::string& RoleArn(RoleId role) const { return role_arns_[role.index()]; }

 private:
  std::vector<std::string> Emails() const;
  void AddRoles(std::string_view name, std::vector<Principal>& found) const;
  Subject OfPort(model::PortId port) const;

  const model::Model& m_;
  const resolve::Resolved& r_;
  const AccessModel& access_;
  std::vector<std::string> role_arns_;
};

}  // namespace dpc::access
