#include "access/reach.h"

#include <algorithm>
#include <array>

#include "access/naming.h"

namespace dpc::access {
namespace {

class Finder {
 public:
  Finder(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product,
         model::EnvironmentId environment)
      : m_(model),
        r_(resolved),
        product_id_(product),
        product_(model.products[product]),
        team_(resolved.product_owner[product.index()]),
        environment_(environment),
        aws_(model::EffectiveAws(model, environment)) {}

  std::vector<Way> Find() {
    const model::AssumedBy& by = aws_.assumed_by;
    if (by.conveyor_issuer.has_value() && product_.services.Has(model::Service::Conveyor)) {
      const std::string worker = ConveyorWorker(ConveyorProject(m_, r_, product_id_));
      Way& way = Add(WayKind::Conveyor, m_.Text(by.conveyor_issuer), by.conveyor_issuer.range);
      way.within = std::string(EnvironmentName()) + "/" + worker;
      way.audience = m_.Text(by.conveyor_audience);
    }
    if (by.service_account_issuer.has_value()) {
      Accounts(WayKind::ServiceAccount, by.service_accounts, by.service_account_issuer, by.service_account_audience);
    }
    if (by.pod_identity_cluster.has_value()) {
      Accounts(WayKind::PodIdentity, by.pod_identity_accounts, by.pod_identity_cluster, {});
    }
    if (by.identity_center_region.has_value()) {
      PermissionSet(by.identity_center_region);
    }
    for (const model::NameId principal : by.principals) {
      Add(WayKind::Principal, m_.Text(m_.names[principal]), m_.names[principal].range);
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
      return name;
    case WayKind::WholeAccount:
      return "anybody in account " + name + " whose own policy allows it";
    case WayKind::IamUser:
      return "IAM user " + name + ", which has the same rights itself";
  }
  return name;
}

}  // namespace dpc::access
