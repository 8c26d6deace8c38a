#include "access/reach.h"

#include <algorithm>
#include <array>

#include "model/naming.h"

namespace dpc::access {
namespace {

class Finder {
 public:
  Finder(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product,
         model::EnvironmentId environment)
      : m_(model),
        product_(model.products[product]),
        team_(resolved.product_owner[product.index()]),
        environment_(environment),
        aws_(model::EffectiveAws(model, environment)) {}

  std::vector<Way> Find() {
    const model::AssumedBy& by = aws_.assumed_by;
    if (by.conveyor_issuer.has_value() && product_.services.Has(model::Service::Conveyor)) {
      Add(WayKind::Conveyor, by.conveyor_issuer);
    }
    if (by.service_account_issuer.has_value()) {
      Accounts(WayKind::ServiceAccount, by.service_accounts);
    }
    if (by.pod_identity_cluster.has_value()) {
      Accounts(WayKind::PodIdentity, by.pod_identity_accounts);
    }
    if (by.identity_center_region.has_value()) {
      PermissionSet(by.identity_center_region.range);
    }
    for (const model::NameId principal : by.principals) {
      Add(WayKind::Principal, m_.names[principal]);
    }
    if (by.whole_account) {
      ways_.push_back({WayKind::WholeAccount, std::string(m_.Text(aws_.account)), by.whole_account_range, {}});
    }
    return std::move(ways_);
  }

 private:
  void Add(WayKind kind, const model::Name& name) {
    ways_.push_back({kind, std::string(m_.Text(name)), name.range, {}});
  }

  void Accounts(WayKind kind, const model::Names& names) {
    const std::array<model::NamingValue, 2> values = {
        {{"product", m_.Text(product_.name)}, {"environment", m_.Text(m_.environments[environment_].name)}}};
    for (const model::NameId id : names) {
      const model::Name& declared = m_.names[id];
      if (auto name = model::FillTemplate(m_.Text(declared), values)) {
        ways_.push_back({kind, std::move(*name), declared.range, {}});
      }
    }
  }

  void PermissionSet(Range range) {
    if (team_.has_value() && m_.teams[team_].permission_set.has_value()) {
      const std::string_view set = m_.Text(m_.teams[team_].permission_set);
      ways_.push_back({WayKind::IdentityCenter, std::string(set), range, team_});
    }
  }

  const model::Model& m_;
  const model::Product& product_;
  model::TeamId team_;
  model::EnvironmentId environment_;
  model::AwsSettings aws_;
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
  return Finder(model, resolved, product, environment).Find();
}

std::vector<model::Person> PeopleBy(const model::Model& model, const resolve::Resolved& resolved,
                                    model::ProductId product, const Way& way) {
  if (way.kind == WayKind::IdentityCenter) {
    return MembersOf(model, way.team);
  }
  if (way.kind == WayKind::Conveyor) {
    return model::PeopleOf(model, product, resolved.product_owner[product.index()]);
  }
  return {};
}

std::string_view WayKindName(WayKind kind) {
  static constexpr std::array<std::string_view, 6> kNames = {"conveyor",       "serviceAccount", "podIdentity",
                                                             "identityCenter", "principal",      "wholeAccount"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string WayText(const model::Model& model, const Way& way) {
  const std::string name = "`" + way.name + "`";
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
      return name;
    case WayKind::WholeAccount:
      return "anybody in account " + name + " whose own policy allows it";
  }
  return name;
}

}  // namespace dpc::access
