// Who can get into a role: the ways that its environment declares (`assumedBy`) and that fit its product, and the IAM
// user that the product asks for, which has the role's rights without assuming it. The one source of truth for trust
// policies and for answers about people.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "access/access.h"
#include "model/settings.h"

namespace dpc::access {

enum class WayKind : std::uint8_t {
  Conveyor,
  ServiceAccount,
  PodIdentity,
  IdentityCenter,
  Principal,
  WholeAccount,
  IamUser
};

// One way, as declared. A list of service accounts or principals is a way for each.
struct Way {
  WayKind kind = WayKind::Conveyor;
  // Conveyor: the issuer. Service accounts: "namespace/name" with its holes filled. Identity Center: the permission
  // set. Principal: the ARN. Whole account: the account. IAM user: its name.
  std::string name;
  Range range;         // of the environment's declaration; IAM user: of the product
  model::TeamId team;  // Identity Center: whose permission set
  // Where the name means somebody. Service accounts: the issuer, the cluster. Identity Center: the home region.
  // Conveyor: "namespace/project" of its workers.
  std::string within;
  std::string audience;        // of tokens, as declared; "": the partition's STS
  bool is_of_product = false;  // a service account whose name holds the product's: meant for this product alone
  // Principal: what it is in this repository, when it is made here. Who gets into that gets in here.
  const resolve::Known* known = nullptr;
};

// In the order of WayKind, then of declarations. What cannot be filled in gives no way; nor is a role a way into
// itself.
std::vector<Way> WaysInto(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product,
                          model::EnvironmentId environment);

// The people that get in by a way: those with a role on the product run jobs as it in Conveyor; the members of the team
// come through Identity Center; through another product's role come those that get into that one, at any depth.
// Service accounts, other roles and users are machines; who is behind a whole account is not declared: nobody is
// listed. By email.
std::vector<model::Person> PeopleBy(const model::Model& model, const resolve::Resolved& resolved,
                                    model::ProductId product, const Way& way);

// The same for many roles of one model: what they have in common is made once.
class Reach {
 public:
  Reach(const model::Model& model, const resolve::Resolved& resolved);

  std::vector<Way> WaysInto(model::ProductId product, model::EnvironmentId environment) const;
  // Stays where it is; the same list for whatever has the same people by their declarations.
  const std::vector<model::Person>& PeopleBy(model::ProductId product, const Way& way);

 private:
  const model::Model& m_;
  const resolve::Resolved& r_;
  std::vector<model::AwsSettings> aws_;  // by EnvironmentId
  // By what PeopleBy looks at: the team, the role that leads in, or the product.
  std::map<std::pair<model::ProductId, model::EnvironmentId>, std::vector<model::Person>> through_;
  std::unordered_map<std::uint32_t, std::vector<model::Person>> by_team_;
  std::unordered_map<std::uint32_t, std::vector<model::Person>> by_product_;
  std::vector<model::Person> nobody_;
};

// The roles that lead into the role of a product: principals that are other products' roles, and those that get into
// these, at any depth. With the role itself, which comes first.
struct RoleName {
  model::ProductId product;
  model::EnvironmentId environment;
  auto operator<=>(const RoleName&) const = default;
};

std::vector<RoleName> RolesInto(const model::Model& model, const resolve::Resolved& resolved, RoleName role);

// "conveyor", "serviceAccount", ...: as `assumedBy` has it, in the singular.
std::string_view WayKindName(WayKind kind);

// "of issuer `https://...`", "of home region `eu-west-1`": the rest of what tells who gets in; "" when the name tells
// all.
std::string WithinText(const Way& way);

// "the role of `orders` in `production`".
std::string KnownText(const model::Model& model, const resolve::Known& known);

// "Conveyor's workers", "permission set `SalesData` of team `sales-data`", ...: what gets in.
std::string WayText(const model::Model& model, const Way& way);

}  // namespace dpc::access
