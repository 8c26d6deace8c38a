#include "access/answers.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace dpc::access {

using model::AssetId;
using model::EnvironmentId;
using model::ProductId;
using resolve::PlacementId;

Answers::Answers(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access)
    : m_(model), r_(resolved), access_(access) {
  for (const RoleId role : access.roles.All()) {
    roles_[{access.roles[role].product, access.roles[role].environment}] = role;
  }
}

std::vector<Answer> Answers::Ask(const Principal& who, const std::vector<EnvironmentId>& environments,
                                 const std::vector<AssetId>& assets, Need need) const {
  std::vector<Answer> answers;
  const auto products = ProductsOf(who);
  if (products.empty()) {
    answers.emplace_back();
  }
  for (const ProductId product : products) {
    for (const EnvironmentId environment : EnvironmentsOf(who, product, environments)) {
      for (const AssetId asset : assets) {
        for (const PlacementId placement : PlacementsSeen(asset, environment)) {
          answers.push_back(Judge(who, product, environment, asset, placement, need));
        }
      }
    }
  }
  return answers;
}

std::vector<Answer> Answers::List(const Principal& who, const std::vector<EnvironmentId>& environments) const {
  std::vector<Answer> answers;
  for (const ProductId product : ProductsOf(who)) {
    for (const EnvironmentId environment : EnvironmentsOf(who, product, environments)) {
      const RoleId role = RoleOf(product, environment);
      Answer probe = Judge(who, product, environment, AssetId::None(), PlacementId::None(), {});
      if (!role.has_value() || probe.reason == Reason::NoWayIn) {
        answers.push_back(std::move(probe));
        continue;
      }
      PlacementId last;
      for (const GrantId grant : access_.roles[role].grants) {
        const PlacementId placement = access_.grants[grant].placement;
        if (placement != last && HasPart(placement, Part::Any)) {
          answers.push_back(Judge(who, product, environment, r_.placements[placement].asset, placement, {}));
        }
        last = placement;
      }
    }
  }
  return answers;
}

std::vector<Answer> Answers::WhoCan(const std::vector<EnvironmentId>& environments, const std::vector<AssetId>& assets,
                                    Need need) const {
  std::vector<Answer> answers;
  for (const EnvironmentId environment : environments) {
    for (const AssetId asset : assets) {
      const auto seen = PlacementsSeen(asset, environment);
      for (const ProductId product : m_.products.All()) {
        for (const PlacementId placement : seen) {
          if (!placement.has_value() || BestGrant(RoleOf(product, environment), placement, need) == nullptr) {
            continue;
          }
          const Principal who = {
              PrincipalKind::Product, std::string(m_.Text(m_.products[product].name)), {}, product, {}};
          Answer answer = Judge(who, product, environment, asset, placement, need);
          if (answer.allowed()) {
            answers.push_back(std::move(answer));
          }
        }
      }
    }
  }
  return answers;
}

std::vector<ProductId> Answers::ProductsOf(const Principal& who) const {
  std::vector<ProductId> products;
  for (const ProductId product : m_.products.All()) {
    if (HasRoleOn(who, product) || IsOpened(who, product)) {
      products.push_back(product);
    }
  }
  return products;
}

bool Answers::HasRoleOn(const Principal& who, ProductId product) const {
  const model::TeamId owner = r_.product_owner[product.index()];
  switch (who.kind) {
    case PrincipalKind::Product:
      return product == who.product;
    case PrincipalKind::Role:
      return std::any_of(who.roles.begin(), who.roles.end(),
                         [&](RoleId role) { return access_.roles[role].product == product; });
    case PrincipalKind::Team:
      return owner == who.team;
    case PrincipalKind::Person: {
      const auto people = model::PeopleOf(m_, product, owner);
      return std::any_of(people.begin(), people.end(),
                         [&](const model::Person& person) { return m_.Text(person.email) == who.name; });
    }
  }
  return false;
}

bool Answers::IsOpened(const Principal& who, ProductId product) const {
  return !r_.principals.empty() &&
         std::any_of(r_.product_environments[product.index()].begin(), r_.product_environments[product.index()].end(),
                     [&](auto reference) { return IsOpened(who, product, r_.environment_refs[reference]); });
}

// The role lets in a role, or a permission set, that the principal gets into.
bool Answers::IsOpened(const Principal& who, ProductId product, EnvironmentId environment) const {
  if (r_.principals.empty() || !RoleOf(product, environment).has_value()) {
    return false;
  }
  const auto ways = WaysInto(m_, r_, product, environment);
  return std::any_of(ways.begin(), ways.end(),
                     [&](const Way& way) { return way.known != nullptr && EntersKnown(who, *way.known); });
}

bool Answers::IsOwn(const Principal& who, const RoleName& role) const {
  if (who.kind == PrincipalKind::Product) {
    return role.product == who.product;
  }
  return who.kind == PrincipalKind::Role && std::any_of(who.roles.begin(), who.roles.end(), [&](RoleId id) {
           return access_.roles[id].product == role.product && access_.roles[id].environment == role.environment;
         });
}

bool Answers::EntersKnown(const Principal& who, const resolve::Known& known) const {
  if (known.team.has_value() || known.is_user) {
    return known.team.has_value() && EntersTeam(who, known.team);
  }
  for (const RoleName& role : RolesInto(m_, r_, {known.product, known.environment})) {
    const auto ways = WaysInto(m_, r_, role.product, role.environment);
    if (IsOwn(who, role) || std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
          return (way.known == nullptr || way.known->team.has_value()) && EntersDirectly(who, role.product, way);
        })) {
      return true;
    }
  }
  return false;
}

bool Answers::EntersTeam(const Principal& who, model::TeamId team) const {
  const auto members = m_.teams[team].members;
  return (who.kind == PrincipalKind::Team && who.team == team) ||
         (who.kind == PrincipalKind::Person && std::any_of(members.begin(), members.end(), [&](model::MemberId id) {
            return m_.Text(m_.members[id].email) == who.name;
          }));
}

std::vector<EnvironmentId> Answers::EnvironmentsOf(const Principal& who, ProductId product,
                                                   const std::vector<EnvironmentId>& chosen) const {
  std::vector<EnvironmentId> environments;
  const bool has_role = HasRoleOn(who, product);
  for (const EnvironmentId environment : m_.environments.All()) {
    const bool wanted = chosen.empty() ? RoleOf(product, environment).has_value()
                                       : std::find(chosen.begin(), chosen.end(), environment) != chosen.end();
    const bool named =
        who.kind != PrincipalKind::Role || std::any_of(who.roles.begin(), who.roles.end(), [&](RoleId role) {
          return access_.roles[role].environment == environment && access_.roles[role].product == product;
        });
    if (wanted && ((has_role && named) || IsOpened(who, product, environment))) {
      environments.push_back(environment);
    }
  }
  if (has_role && environments.empty() && chosen.empty() && m_.environments.size() != 0) {
    environments.push_back(*m_.environments.All().begin());
  }
  return environments;
}

std::vector<PlacementId> Answers::PlacementsSeen(AssetId asset, EnvironmentId environment) const {
  std::vector<PlacementId> placements;
  const auto add = [&](EnvironmentId where) {
    if (const PlacementId placement = r_.Find(asset, where); placement.has_value()) {
      placements.push_back(placement);
    }
  };
  add(environment);
  for (const auto reference : r_.environment_reads[environment.index()]) {
    add(r_.environment_refs[reference]);
  }
  if (placements.empty()) {
    placements.push_back(PlacementId::None());
  }
  return placements;
}

RoleId Answers::RoleOf(ProductId product, EnvironmentId environment) const {
  const auto found = roles_.find({product, environment});
  return found == roles_.end() ? RoleId::None() : found->second;
}

Answer Answers::Judge(const Principal& who, ProductId product, EnvironmentId environment, AssetId asset,
                      PlacementId placement, Need need) const {
  Answer answer;
  answer.product = product;
  answer.environment = environment;
  answer.asset = asset;
  answer.placement = placement;
  answer.role = RoleOf(product, environment);
  for (Way& way : WaysInto(m_, r_, product, environment)) {
    if (Enters(who, {product, environment}, way)) {
      answer.ways.push_back(std::move(way));
    }
  }
  MemberSteps(who, answer);
  JudgeRole(answer, need);
  const bool is_role = IsOwn(who, {product, environment});
  const bool about_role = answer.reason == Reason::Granted || !asset.has_value();
  if (!is_role && about_role && answer.role.has_value() && answer.ways.empty()) {
    answer.reason = Reason::NoWayIn;
  }
  return answer;
}

void Answers::JudgeRole(Answer& answer, Need need) const {
  if (!answer.role.has_value() || !answer.placement.has_value()) {
    answer.reason = answer.role.has_value() ? Reason::NotPlaced : Reason::NoRole;
    if (answer.asset.has_value()) {
      const model::Name& name = m_.assets[answer.asset].name;
      answer.chain.push_back({StepKind::Asset, "asset `" + AssetLabel(m_, answer.asset) + "`", name.range});
    }
    return;
  }
  const Grant* grant = BestGrant(answer.role, answer.placement, need);
  if (grant == nullptr) {
    ExplainNo(answer);
    return;
  }
  answer.right = grant->right;
  answer.until = grant->until;
  answer.port = grant->cause.port;
  answer.agreement = grant->cause.agreement;
  if (grant->cause.input.has_value()) {
    InputSteps(grant->cause.input, grant->cause.port, answer);
  }
  const AssetId granted = r_.placements[grant->placement].asset;
  AssetSteps(answer, granted == answer.asset ? AssetId::None() : granted);
  const resolve::Placement& placement = r_.placements[answer.placement];
  if (!HasPart(answer.placement, need.part)) {
    answer.reason = Reason::NoSuchPart;
  } else if (IsGuarded(placement) && IsOtherCatalog(answer.environment, placement.environment)) {
    answer.reason = Reason::Guarded;
  } else if (need.right == Right::Own && grant->right == Right::Read) {
    answer.reason = Reason::OnlyRead;
  } else {
    answer.reason = Satisfies(answer.placement, grant->right, need) ? Reason::Granted : Reason::Guarded;
  }
}

// The input port that comes nearest; none: it is not asked for.
void Answers::ExplainNo(Answer& answer) const {
  answer.reason = Reason::NoInputPort;
  model::InputId nearest;
  for (const model::InputId input : m_.products[answer.product].inputs) {
    const model::PortId port = r_.input_port[input.index()];
    if (!port.has_value()) {
      continue;
    }
    const auto assets = r_.port_assets[port.index()];
    if (std::none_of(assets.begin(), assets.end(), [&](auto ref) { return r_.asset_refs[ref] == answer.asset; })) {
      continue;
    }
    const auto pending = std::find_if(access_.pending.begin(), access_.pending.end(),
                                      [&](const Pending& row) { return row.input == input; });
    Reason reason = Reason::RetiredProvider;
    if (pending != access_.pending.end()) {
      static constexpr std::array<Reason, 3> kReasons = {Reason::Pending, Reason::NotYet, Reason::Expired};
      reason = kReasons[static_cast<std::size_t>(pending->reason)];
    }
    if (!nearest.has_value() || reason > answer.reason) {
      nearest = input;
      answer.reason = reason;
      answer.port = port;
      answer.agreement = pending == access_.pending.end() ? model::AgreementId::None() : pending->agreement;
    }
  }
  if (nearest.has_value()) {
    if (answer.agreement.has_value()) {
      const model::Agreement& row = m_.agreements[answer.agreement];
      answer.day = answer.reason == Reason::Expired ? row.until : row.from;
    }
    InputSteps(nearest, answer.port, answer);
  }
  AssetSteps(answer);
}

// The placement itself, then owning before reading, then what lasts longest.
const Grant* Answers::BestGrant(RoleId role, PlacementId placement, Need need) const {
  if (!role.has_value() || !placement.has_value()) {
    return nullptr;
  }
  const Grant* best = nullptr;
  const auto key = [&](const Grant& grant) {
    return std::tuple(grant.placement == placement, grant.right == Right::Own, !grant.until.has_value(), grant.until);
  };
  for (const GrantId id : access_.roles[role].grants) {
    const Grant& grant = access_.grants[id];
    const bool fits = grant.placement == placement ||
                      Holds(r_.placements[grant.placement], grant.right, r_.placements[placement], need.part);
    if (fits && (best == nullptr || key(*best) < key(grant))) {
      best = &grant;
    }
  }
  return best;
}

bool Answers::Holds(const resolve::Placement& outer, Right right, const resolve::Placement& inner, Part part) const {
  const model::Asset& granted = m_.assets[outer.asset];
  const model::Asset& wanted = m_.assets[inner.asset];
  const bool about_files = part == Part::Files || part == Part::Listing || part == Part::Key ||
                           (part == Part::Any && wanted.kind == model::AssetKind::S3);
  if (about_files) {
    const bool kept_off = right == Right::Read && IsGuarded(outer);
    return !kept_off && HoldsFiles(outer, inner, part);
  }
  return granted.kind == model::AssetKind::Glue && wanted.kind == model::AssetKind::Glue && granted.all_tables &&
         outer.environment == inner.environment && granted.database.text == wanted.database.text &&
         granted.schema.text == wanted.schema.text;
}

bool Answers::HoldsFiles(const resolve::Placement& outer, const resolve::Placement& inner, Part part) const {
  const model::Asset& granted = m_.assets[outer.asset];
  const model::Asset& wanted = m_.assets[inner.asset];
  const bool files =
      (granted.path.has_value() || granted.whole_bucket) && (wanted.path.has_value() || wanted.whole_bucket);
  if (!files || !outer.bucket.has_value() || outer.bucket != inner.bucket) {
    return false;
  }
  const bool lists_all =
      part == Part::Listing && model::EffectiveAws(m_, inner.environment).listing == model::Listing::Bucket;
  const std::string folder = std::string(m_.Text(granted.path)) + "/";
  return lists_all || granted.whole_bucket ||
         (!wanted.whole_bucket && (std::string(m_.Text(wanted.path)) + "/").starts_with(folder));
}

bool Answers::Enters(const Principal& who, const RoleName& role, const Way& way) const {
  if (IsOwn(who, role)) {
    return true;
  }
  return way.known != nullptr ? EntersKnown(who, *way.known) : EntersDirectly(who, role.product, way);
}

bool Answers::EntersDirectly(const Principal& who, ProductId product, const Way& way) const {
  if (who.kind == PrincipalKind::Product || who.kind == PrincipalKind::Role) {
    return false;
  }
  if (who.kind == PrincipalKind::Team) {
    return way.team == who.team || (way.kind == WayKind::Conveyor && r_.product_owner[product.index()] == who.team);
  }
  const auto people = PeopleBy(m_, r_, product, way);
  return std::any_of(people.begin(), people.end(),
                     [&](const model::Person& person) { return m_.Text(person.email) == who.name; });
}

// Who only reads a guarded table gets at its files through Lake Formation, not through S3.
bool Answers::Satisfies(PlacementId placement, Right right, Need need) const {
  const bool direct = need.part == Part::Files || need.part == Part::Listing || need.part == Part::Key;
  const bool kept_off = direct && right == Right::Read && IsGuarded(r_.placements[placement]);
  return HasPart(placement, need.part) && (need.right == Right::Read || right == Right::Own) && !kept_off;
}

bool Answers::LiesElsewhere(EnvironmentId reader, EnvironmentId owner) const {
  return m_.Text(model::EffectiveAws(m_, reader).account) != m_.Text(model::EffectiveAws(m_, owner).account);
}

bool Answers::IsOtherCatalog(EnvironmentId reader, EnvironmentId owner) const {
  return LiesElsewhere(reader, owner) ||
         m_.Text(model::EffectiveAws(m_, reader).region) != m_.Text(model::EffectiveAws(m_, owner).region);
}

bool Answers::IsGuarded(const resolve::Placement& placement) const {
  return model::IsGuarded(m_, placement.environment, placement.asset);
}

bool Answers::HasPart(PlacementId id, Part part) const {
  const resolve::Placement& placement = r_.placements[id];
  const model::Asset& asset = m_.assets[placement.asset];
  const bool files = placement.bucket.has_value() && (asset.path.has_value() || asset.whole_bucket);
  const bool table = asset.kind == model::AssetKind::Glue;
  switch (part) {
    case Part::Any:  // of other platforms' assets no right is emitted
      return files || table || asset.kind == model::AssetKind::Redshift;
    case Part::Files:
    case Part::Listing:
      return files;
    case Part::Key:
      return files && m_.buckets[placement.bucket].key.has_value();
    case Part::Table:
      return table;
    case Part::WholeDatabase:
      return table && asset.all_tables;
    case Part::Guarded:
      return table && IsGuarded(placement);
  }
  return false;
}

std::vector<Answer> Telling(std::vector<Answer> answers) {
  std::vector<Answer> telling;
  std::map<std::pair<EnvironmentId, AssetId>, Reason> best;
  for (const Answer& answer : answers) {
    auto [entry, added] = best.try_emplace({answer.environment, answer.asset}, answer.reason);
    entry->second = std::max(entry->second, answer.reason);
  }
  std::map<std::pair<EnvironmentId, AssetId>, bool> said;
  for (Answer& answer : answers) {
    const auto key = std::pair(answer.environment, answer.asset);
    if (answer.reason != best[key] || (!answer.allowed() && std::exchange(said[key], true))) {
      continue;
    }
    telling.push_back(std::move(answer));
  }
  return telling;
}

bool Yes(const resolve::Resolved& resolved, const std::vector<Answer>& answers) {
  std::map<std::pair<EnvironmentId, AssetId>, bool> pairs;
  for (const Answer& answer : answers) {
    const bool placed_at_home = answer.asset.has_value() && resolved.Find(answer.asset, answer.environment).has_value();
    const bool counts = !placed_at_home || resolved.placements[answer.placement].environment == answer.environment;
    bool& yes = pairs[{answer.environment, answer.asset}];
    yes = yes || (counts && answer.allowed());
  }
  return !pairs.empty() && std::all_of(pairs.begin(), pairs.end(), [](const auto& pair) { return pair.second; });
}

}  // namespace dpc::access
