#include "access/reach.h"

#include <algorithm>
#include <array>
#include <map>

#include "access/naming.h"

namespace dpc::access {
namespace {

class Finder {
 public:
  Finder(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product,
         model::EnvironmentId environment, const model::AwsSettings& aws)
      : m_(model),
        r_(resolved),
        product_id_(product),
        product_(model.products[product]),
        team_(resolved.product_owner[product.index()]),
        environment_(environment),
        aws_(aws) {}

  std::vector<Way> Find() {
    const model::AssumedBy& by = aws_.assumed_by;
    if (by.conveyor_issuer.has_value() && product_.services.Has(model::Service::Conveyor)) {
      const std::string worker = ConveyorWorker(ConveyorProject(m_, r_, product_id_));
      Way& way = Add(WayKind::Conveyor, m_.Text(by.conveyor_issuer), by.conveyor_issuer.range);
      way.within = std::string(EnvironmentName()) + "/" + worker;
      way.audience = m_.Text(by.conveyor_audience);
    }
    if (by.service_account_issuer.has_value() && IsFor(by.service_accounts_for)) {
      Accounts(WayKind::ServiceAccount, by.service_accounts, by.service_account_issuer, by.service_account_audience);
    }
    if (by.pod_identity_cluster.has_value() && IsFor(by.pod_identity_for)) {
      Accounts(WayKind::PodIdentity, by.pod_identity_accounts, by.pod_identity_cluster, {});
    }
    if (by.identity_center_region.has_value()) {
      PermissionSet(by.identity_center_region);
    }
    for (const model::NameId principal : by.principals) {
      Principal(m_.names[principal]);
    }
    if (by.whole_account) {
      Add(WayKind::WholeAccount, m_.Text(aws_.account), by.whole_account_range);
    }
    User();
    return std::move(ways_);
  }

 private:
  std::string_view EnvironmentName() const { return m_.Text(m_.environments[environment_].name); }

  Way& Add(WayKind kind, std::string_view name, Range range) {
    Way way;
    way.kind = kind;
    way.name = name;
    way.range = range;
    return ways_.emplace_back(std::move(way));
  }

  bool IsFor(const model::Beneficiaries& whom) const {
    const bool listed = std::any_of(whom.products.begin(), whom.products.end(),
                                    [&](model::NameId name) { return m_.names[name].text == product_.name.text; });
    const bool excepted = (whom.but_services.bits & product_.services.bits) != 0;
    return !whom.nobody && !excepted && (whom.products.empty() || listed);
  }

  // A role that would trust itself waits for itself: IAM makes no role whose trust policy names one that is not there.
  void Principal(const model::Name& arn) {
    const auto found = r_.principals.find(arn.text);
    const resolve::Known* known = found == r_.principals.end() ? nullptr : &found->second;
    if (known != nullptr && !known->is_user && known->product == product_id_ && known->environment == environment_) {
      return;
    }
    Way& way = Add(WayKind::Principal, m_.Text(arn), arn.range);
    way.known = known;
    way.team = known == nullptr ? model::TeamId::None() : known->team;
  }

  void Accounts(WayKind kind, const model::Names& names, const model::Name& within, const model::Name& audience) {
    const std::array<model::NamingValue, 2> values = {
        {{"product", m_.Text(product_.name)}, {"environment", EnvironmentName()}}};
    for (const model::NameId id : names) {
      const model::Name& declared = m_.names[id];
      if (const auto name = model::FillTemplate(m_.Text(declared), values)) {
        Way& way = Add(kind, *name, declared.range);
        way.within = m_.Text(within);
        way.audience = m_.Text(audience);
        way.is_of_product = m_.Text(declared).find("{product}") != std::string_view::npos;
      }
    }
  }

  void PermissionSet(const model::Name& home_region) {
    if (team_.has_value() && m_.teams[team_].permission_set.has_value()) {
      Way& way = Add(WayKind::IdentityCenter, m_.Text(m_.teams[team_].permission_set), home_region.range);
      way.team = team_;
      way.within = m_.Text(home_region);
    }
  }

  void User() {
    if (product_.services.Has(model::Service::IamUser)) {
      if (const auto name = FillForProduct(m_, r_, m_.workspace.naming.user, product_id_, EnvironmentName())) {
        Add(WayKind::IamUser, *name, product_.name.range);
      }
    }
  }

  const model::Model& m_;
  const resolve::Resolved& r_;
  model::ProductId product_id_;
  const model::Product& product_;
  model::TeamId team_;
  model::EnvironmentId environment_;
  const model::AwsSettings& aws_;  // of the environment
  std::vector<Way> ways_;
};

std::vector<model::Person> MembersOf(const model::Model& model, model::TeamId team) {
  std::vector<model::Person> people;
  for (const model::MemberId member : model.teams[team].members) {
    people.push_back({model.members[member].email, model.members[member].role});
  }
  std::sort(people.begin(), people.end(),
            [&](const model::Person& a, const model::Person& b) { return model.Text(a.email) < model.Text(b.email); });
  return people;
}

}  // namespace

std::vector<Way> WaysInto(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product,
                          model::EnvironmentId environment) {
  return Finder(model, resolved, product, environment, model::EffectiveAws(model, environment)).Find();
}

namespace {

bool LeadsThroughRole(const Way& way) {
  return way.known != nullptr && !way.known->is_user && way.known->product.has_value();
}

// Those that come themselves, not through another role. `Reach` keeps these lists by team and by product.
std::vector<model::Person> DirectPeople(const model::Model& model, const resolve::Resolved& resolved,
                                        model::ProductId product, const Way& way) {
  if (way.team.has_value()) {
    return MembersOf(model, way.team);
  }
  if (way.kind == WayKind::Conveyor) {
    return model::PeopleOf(model, product, resolved.product_owner[product.index()]);
  }
  return {};
}

}  // namespace

std::vector<RoleName> RolesInto(const model::Model& model, const resolve::Resolved& resolved, RoleName role) {
  std::vector<RoleName> roles = {role};
  for (std::size_t next = 0; next < roles.size() && !resolved.principals.empty(); ++next) {
    const RoleName into = roles[next];
    for (const Way& way : WaysInto(model, resolved, into.product, into.environment)) {
      if (way.known == nullptr || way.known->is_user || !way.known->product.has_value()) {
        continue;
      }
      const RoleName from = {way.known->product, way.known->environment};
      if (std::find(roles.begin(), roles.end(), from) == roles.end()) {
        roles.push_back(from);
      }
    }
  }
  return roles;
}

std::vector<model::Person> PeopleBy(const model::Model& model, const resolve::Resolved& resolved,
                                    model::ProductId product, const Way& way) {
  if (!LeadsThroughRole(way)) {
    return DirectPeople(model, resolved, product, way);
  }
  std::map<std::string_view, model::Person> people;
  for (const RoleName& role : RolesInto(model, resolved, {way.known->product, way.known->environment})) {
    for (const Way& into : WaysInto(model, resolved, role.product, role.environment)) {
      for (const model::Person& person : DirectPeople(model, resolved, role.product, into)) {
        people.emplace(model.Text(person.email), person);
      }
    }
  }
  std::vector<model::Person> all;
  for (const auto& [email, person] : people) {
    all.push_back(person);
  }
  return all;
}

Reach::Reach(const model::Model& model, const resolve::Resolved& resolved) : m_(model), r_(resolved) {
  for (const model::EnvironmentId id : model.environments.All()) {
    aws_.push_back(model::EffectiveAws(model, id));
  }
}

std::vector<Way> Reach::WaysInto(model::ProductId product, model::EnvironmentId environment) const {
  return Finder(m_, r_, product, environment, aws_[environment.index()]).Find();
}

const std::vector<model::Person>& Reach::PeopleBy(model::ProductId product, const Way& way) {
  const auto once = [&](auto& lists, const auto& key) -> const std::vector<model::Person>& {
    const auto [found, added] = lists.try_emplace(key);
    if (added) {
      found->second = access::PeopleBy(m_, r_, product, way);
    }
    return found->second;
  };
  if (LeadsThroughRole(way)) {
    return once(through_, std::pair(way.known->product, way.known->environment));
  }
  if (way.team.has_value()) {
    return once(by_team_, way.team.index());
  }
  return way.kind == WayKind::Conveyor ? once(by_product_, product.index()) : nobody_;
}

std::string_view WayKindName(WayKind kind) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "conveyor", "serviceAccount", "podIdentity", "identityCenter", "principal", "wholeAccount", "iamUser"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string WithinText(const Way& way) {
  static constexpr std::array<std::string_view, 7> kWhere = {
      "of project", "of issuer", "of cluster", "of home region", "", "", ""};
  std::string text =
      way.within.empty() ? "" : std::string(kWhere[static_cast<std::size_t>(way.kind)]) + " `" + way.within + "`";
  text += way.kind == WayKind::Conveyor ? " by issuer `" + way.name + "`" : "";
  return text + (way.audience.empty() ? "" : " for audience `" + way.audience + "`");
}

std::string KnownText(const model::Model& model, const resolve::Known& known) {
  if (known.team.has_value()) {
    return "the permission set of team `" + std::string(model.Text(model.teams[known.team].name)) + "`";
  }
  return std::string(known.is_user ? "the IAM user" : "the role") + " of `" +
         std::string(model.Text(model.products[known.product].name)) + "` in `" +
         std::string(model.Text(model.environments[known.environment].name)) + "`";
}

std::string WayText(const model::Model& model, const Way& way) {
  std::string name = "`" + way.name + "`";
  switch (way.kind) {
    case WayKind::Conveyor:
      return "Conveyor's workers";
    case WayKind::ServiceAccount:
      return "service account " + name;
    case WayKind::PodIdentity:
      return "service account " + name + " by EKS Pod Identity";
    case WayKind::IdentityCenter:
      return "permission set " + name + " of team `" + std::string(model.Text(model.teams[way.team].name)) + "`";
    case WayKind::Principal:
      return name + (way.known == nullptr ? "" : " (" + KnownText(model, *way.known) + ")");
    case WayKind::WholeAccount:
      return "anybody in account " + name + " whose own policy allows it";
    case WayKind::IamUser:
      return "IAM user " + name + ", which has the same rights itself";
  }
  return name;
}

}  // namespace dpc::access
