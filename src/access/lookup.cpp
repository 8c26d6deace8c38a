#include "access/lookup.h"

#include <algorithm>

namespace dpc::access {
namespace {

// The part of a role's ARN that is its name.
std::string_view NameInArn(std::string_view arn) {
  const std::size_t slash = arn.rfind('/');
  return slash == std::string_view::npos ? arn : arn.substr(slash + 1);
}

// True, and the prefix taken off, for "PREFIX:..."; true without change when `text` has none of the prefixes.
bool Admits(std::string_view& text, std::string_view prefix, std::initializer_list<std::string_view> prefixes) {
  for (const std::string_view known : prefixes) {
    if (text.starts_with(known)) {
      text.remove_prefix(known.size());
      return known == prefix;
    }
  }
  return true;
}

void Sort(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

bool AdmitsPrincipal(std::string_view& text, std::string_view prefix) {
  return Admits(text, prefix, {"person:", "team:", "product:", "role:"});
}

}  // namespace

Lookup::Lookup(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
               std::vector<std::string> role_arns)
    : m_(model), r_(resolved), access_(access), role_arns_(std::move(role_arns)) {}

std::vector<Principal> Lookup::Principals(std::string_view text) const {
  std::vector<Principal> found;
  std::string_view name = text;
  if (AdmitsPrincipal(name, "person:")) {
    const auto emails = Emails();
    if (std::binary_search(emails.begin(), emails.end(), name)) {
      found.push_back({PrincipalKind::Person, std::string(name), {}, {}, {}});
    }
  }
  name = text;
  if (AdmitsPrincipal(name, "team:")) {
    for (const model::TeamId team : m_.teams.All()) {
      if (m_.Text(m_.teams[team].name) == name) {
        found.push_back({PrincipalKind::Team, std::string(name), team, {}, {}});
      }
    }
  }
  name = text;
  if (AdmitsPrincipal(name, "product:")) {
    for (const model::ProductId product : m_.products.All()) {
      if (m_.Text(m_.products[product].name) == name) {
        found.push_back({PrincipalKind::Product, std::string(name), {}, product, {}});
      }
    }
  }
  name = text;
  if (AdmitsPrincipal(name, "role:")) {
    AddRoles(name, found);
  }
  return found;
}

// IAM tells role names apart without regard to case, but the ARN in a policy is compared exactly.
void Lookup::AddRoles(std::string_view name, std::vector<Principal>& found) const {
  Principal principal = {PrincipalKind::Role, std::string(name), {}, {}, {}};
  for (const RoleId role : access_.roles.All()) {
    const std::string& arn = role_arns_[role.index()];
    if (!arn.empty() && (arn == name || NameInArn(arn) == name)) {
      principal.roles.push_back(role);
    }
  }
  if (!principal.roles.empty()) {
    found.push_back(std::move(principal));
  }
}

Subject Lookup::OfPort(model::PortId port) const {
  Subject subject = {PortLabel(m_, port), port, {}};
  for (const auto reference : r_.port_assets[port.index()]) {
    subject.assets.push_back(r_.asset_refs[reference]);
  }
  return subject;
}

std::vector<Subject> Lookup::Subjects(std::string_view text) const {
  std::vector<Subject> found;
  std::string_view name = text;
  if (Admits(name, "port:", {"port:", "asset:"})) {
    for (const model::PortId port : m_.ports.All()) {
      const model::ProductId product = m_.ports[port].product;
      const bool only =
          product.has_value() && m_.products[product].ports.size() == 1 && m_.Text(m_.products[product].name) == name;
      if (only || PortLabel(m_, port) == name) {
        found.push_back(OfPort(port));
      }
    }
  }
  name = text;
  if (Admits(name, "asset:", {"port:", "asset:"})) {
    for (const model::AssetId asset : m_.assets.All()) {
      const bool same = std::any_of(found.begin(), found.end(),
                                    [&](const Subject& subject) { return subject.assets == std::vector{asset}; });
      if (m_.assets[asset].product.has_value() && AssetLabel(m_, asset) == name && !same) {
        found.push_back({std::string(name), model::PortId::None(), {asset}});
      }
    }
  }
  return found;
}

std::vector<std::string> Lookup::Emails() const {
  std::vector<std::string> emails;
  for (const model::MemberId member : m_.members.All()) {
    emails.emplace_back(m_.Text(m_.members[member].email));
  }
  for (const model::ProductId product : m_.products.All()) {
    if (m_.products[product].owner_person.has_value()) {
      emails.emplace_back(m_.Text(m_.products[product].owner_person));
    }
  }
  Sort(emails);
  return emails;
}

std::vector<std::string> Lookup::PrincipalNames() const {
  std::vector<std::string> names = Emails();
  for (const model::TeamId team : m_.teams.All()) {
    names.emplace_back(m_.Text(m_.teams[team].name));
  }
  for (const model::ProductId product : m_.products.All()) {
    names.emplace_back(m_.Text(m_.products[product].name));
  }
  for (const std::string& arn : role_arns_) {
    names.emplace_back(NameInArn(arn));
  }
  Sort(names);
  std::erase(names, "");
  return names;
}

std::vector<std::string> Lookup::SubjectNames() const {
  std::vector<std::string> names;
  for (const model::PortId port : m_.ports.All()) {
    names.push_back(PortLabel(m_, port));
  }
  for (const model::AssetId asset : m_.assets.All()) {
    if (m_.assets[asset].product.has_value()) {
      names.push_back(AssetLabel(m_, asset));
    }
  }
  Sort(names);
  return names;
}

}  // namespace dpc::access
