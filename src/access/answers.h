// Who may do what, as data: answers to questions about one principal, with the chain of declarations that decided.
// Printing is the caller's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access.h"
#include "access/reach.h"

namespace dpc::access {

// What of an asset an action needs: its files, their names, the key that encrypts them, its catalogue entry, a whole
// database, a table that Lake Formation guards.
enum class Part : std::uint8_t { Any, Files, Listing, Key, Table, WholeDatabase, Guarded };

struct Need {
  Right right = Right::Read;
  Part part = Part::Any;
};

// What decided. All but Granted are a "no"; the later ones are nearer to a "yes".
enum class Reason : std::uint8_t {
  NoProduct,        // the person or team has a role on no product
  NoRole,           // the product has no role in the environment
  NotPlaced,        // no environment that the role sees has the asset
  NoInputPort,      // the product does not ask for it
  RetiredProvider,  // the product that offers it is gone
  Pending,          // no agreement
  Expired,
  NotYet,
  NoSuchPart,  // the asset has nothing that the action could be done to
  Guarded,     // Lake Formation gives the table within its account, and not the files
  OnlyRead,    // reads, but does not own
  NoWayIn,     // the product's role may; nobody of these gets into it
  Granted,
};

enum class StepKind : std::uint8_t { Person, Team, Product, Way, Input, Port, Agreement, Asset, Placement };

// One declaration of a chain, in words.
struct Step {
  StepKind kind = StepKind::Product;
  std::string text;
  Range range;
};

enum class PrincipalKind : std::uint8_t { Person, Team, Product, Role };

struct Principal {
  PrincipalKind kind = PrincipalKind::Product;
  std::string name;           // as it was found
  model::TeamId team;         // Team
  model::ProductId product;   // Product
  std::vector<RoleId> roles;  // Role: those of this name
};

struct Answer {
  model::ProductId product;          // through whose role; None with NoProduct
  model::EnvironmentId environment;  // the role's
  RoleId role;                       // None with NoRole
  model::AssetId asset;              // None: about all of them
  resolve::PlacementId placement;    // None: placed nowhere that counts
  Reason reason = Reason::NoProduct;
  Right right = Right::Read;     // that the role has, when it has one
  std::optional<Date> until;     // last day of it
  std::optional<Date> day;       // Expired: the last day; NotYet: the first
  model::PortId port;            // through which; None: the product's own
  model::AgreementId agreement;  // that gives it, or would
  std::vector<Way> ways;         // into the role, for this principal
  std::vector<Step> chain;

  bool allowed() const { return reason == Reason::Granted; }

  // The product's role has the right, whoever gets into it.
  bool role_allowed() const { return reason == Reason::Granted || reason == Reason::NoWayIn; }
};

// Answers over one compiled repository. Borrowed for the time of the object.
class Answers {
 public:
  Answers(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access);

  // One answer for each product that the principal has a role on, environment, and place of the asset that the role
  // sees: its own environment's first, then those of canReadFrom. With `environments` empty: all in which a product has
  // a role.
  std::vector<Answer> Ask(const Principal& who, const std::vector<model::EnvironmentId>& environments,
                          const std::vector<model::AssetId>& assets, Need need) const;

  // Everything that the principal may; of products whose role it does not get into, one answer without asset.
  std::vector<Answer> List(const Principal& who, const std::vector<model::EnvironmentId>& environments) const;

  // Every product whose role may.
  std::vector<Answer> WhoCan(const std::vector<model::EnvironmentId>& environments,
                             const std::vector<model::AssetId>& assets, Need need) const;

  // The placement has what is needed, and the right suffices.
  bool Satisfies(resolve::PlacementId placement, Right right, Need need) const;

 private:
  std::vector<model::ProductId> ProductsOf(const Principal& who) const;
  std::vector<model::EnvironmentId> EnvironmentsOf(const Principal& who, model::ProductId product,
                                                   const std::vector<model::EnvironmentId>& chosen) const;
  std::vector<resolve::PlacementId> PlacementsSeen(model::AssetId asset, model::EnvironmentId environment) const;
  RoleId RoleOf(model::ProductId product, model::EnvironmentId environment) const;
  Answer Judge(const Principal& who, model::ProductId product, model::EnvironmentId environment, model::AssetId asset,
               resolve::PlacementId placement, Need need) const;
  // Fills in what the role itself may, and the steps of it.
  void JudgeRole(Answer& answer, Need need) const;
  void ExplainNo(Answer& answer) const;
  // The best grant on the placement itself, else on one that holds it: a folder around it, the whole bucket, all tables
  // of its database.
  const Grant* BestGrant(RoleId role, resolve::PlacementId placement, Need need) const;
  bool Holds(const resolve::Placement& outer, Right right, const resolve::Placement& inner, Part part) const;
  bool HoldsFiles(const resolve::Placement& outer, const resolve::Placement& inner, Part part) const;
  // On the product itself, or as the product itself.
  bool HasRoleOn(const Principal& who, model::ProductId product) const;
  bool IsOpened(const Principal& who, model::ProductId product) const;
  bool IsOpened(const Principal& who, model::ProductId product, model::EnvironmentId environment) const;
  // The role is the principal, or one of its roles.
  bool IsOwn(const Principal& who, const RoleName& role) const;
  bool Enters(const Principal& who, const RoleName& role, const Way& way) const;
  // Not through another role.
  bool EntersDirectly(const Principal& who, model::ProductId product, const Way& way) const;
  bool EntersKnown(const Principal& who, const resolve::Known& known) const;
  bool EntersTeam(const Principal& who, model::TeamId team) const;
  bool HasPart(resolve::PlacementId placement, Part part) const;
  bool IsGuarded(const resolve::Placement& placement) const;
  // A Glue catalog belongs to one account and region.
  bool IsOtherCatalog(model::EnvironmentId reader, model::EnvironmentId owner) const;
  // In another account.
  bool LiesElsewhere(model::EnvironmentId reader, model::EnvironmentId owner) const;

  void MemberSteps(const Principal& who, Answer& answer) const;
  void InputSteps(model::InputId input, model::PortId port, Answer& answer) const;
  // `through`: the asset that was granted and holds the one asked about; None: that one itself.
  void AssetSteps(Answer& answer, model::AssetId through = model::AssetId::None()) const;

  const model::Model& m_;
  const resolve::Resolved& r_;
  const AccessModel& access_;
  std::map<std::pair<model::ProductId, model::EnvironmentId>, RoleId> roles_;
};

// Of the answers for one environment and asset, those that tell: the allowed ones, else the nearest "no".
std::vector<Answer> Telling(std::vector<Answer> answers);

// Yes for every environment and asset among the answers, and for at least one. What the asset's place in the role's own
// environment says counts, where it has one.
bool Yes(const resolve::Resolved& resolved, const std::vector<Answer>& answers);

// "noInputPort", "expired", ...
std::string_view ReasonName(Reason reason);
std::string_view StepKindName(StepKind kind);
std::string_view PrincipalKindName(PrincipalKind kind);
std::string_view RightName(Right right);

// A sentence for people: "`orders` declares no input port for it".
std::string ReasonText(const model::Model& model, const Answer& answer);

}  // namespace dpc::access
