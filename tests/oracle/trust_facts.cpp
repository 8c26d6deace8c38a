#include "base/text.h"
#include "model/naming.h"
#include "model/settings.h"
#include "trust.h"

namespace dpc::oracle {
namespace {

class Collector {
 public:
  Collector(const driver::Compilation& c, access::RoleId role)
      : c_(c),
        m_(c.model),
        role_(c.access.roles[role]),
        assumed_by_(model::EffectiveAws(c.model, role_.environment).assumed_by) {}

  TrustFacts Collect() {
    facts_.place = PlaceOf(c_, role_.environment);
    facts_.role_arn =
        IamArn(facts_.place, "role/" + FillProduct(c_, m_.workspace.naming.role, role_.product, role_.environment));
    Conveyor();
    ServiceAccounts();
    PodIdentity();
    for (const model::NameId name : assumed_by_.principals) {
      // A role that would trust itself could not be made.
      if (LowerCase(m_.Text(m_.names[name])) != LowerCase(facts_.role_arn)) {
        facts_.principals.emplace_back(m_.Text(m_.names[name]));
      }
    }
    IdentityCenter();
    facts_.whole_account = assumed_by_.whole_account;
    return std::move(facts_);
  }

 private:
  std::string Environment() const { return std::string(m_.Text(m_.environments[role_.environment].name)); }

  static std::string WithoutScheme(std::string_view issuer) {
    static constexpr std::string_view kScheme = "https://";
    return std::string(issuer.starts_with(kScheme) ? issuer.substr(kScheme.size()) : issuer);
  }

  std::string Audience(const model::Name& declared) const {
    return declared.has_value() ? std::string(m_.Text(declared))
                                : "sts." + std::string(model::DomainSuffix(facts_.place.partition));
  }

  void Conveyor() {
    const bool asked = m_.products[role_.product].services.Has(model::Service::Conveyor);
    if (asked && assumed_by_.conveyor_issuer.has_value()) {
      facts_.web.push_back({WithoutScheme(m_.Text(assumed_by_.conveyor_issuer)),
                            Audience(assumed_by_.conveyor_audience),
                            "system:serviceaccount:" + Environment() + ":" + WorkerName(c_, role_.product), true});
    }
  }

  // Namespaces and names, with their holes filled.
  std::vector<std::pair<std::string, std::string>> Accounts(const model::Names& names) const {
    const std::string environment = Environment();
    const std::array<model::NamingValue, 2> values = {
        {{"product", m_.Text(m_.products[role_.product].name)}, {"environment", environment}}};
    std::vector<std::pair<std::string, std::string>> accounts;
    for (const model::NameId name : names) {
      const std::string account = model::FillTemplate(m_.Text(m_.names[name]), values).value_or("");
      const std::size_t slash = account.find('/');
      accounts.emplace_back(account.substr(0, slash), account.substr(slash + 1));
    }
    return accounts;
  }

  bool IsFor(const model::Beneficiaries& whom) const {
    const model::Product& product = m_.products[role_.product];
    for (const auto& [service, name] : model::ServiceNames()) {
      if (whom.but_services.Has(service) && product.services.Has(service)) {
        return false;
      }
    }
    bool listed = whom.products.empty() && !whom.nobody;
    for (const model::NameId name : whom.products) {
      listed = listed || m_.Text(m_.names[name]) == m_.Text(product.name);
    }
    return listed;
  }

  void ServiceAccounts() {
    if (!IsFor(assumed_by_.service_accounts_for)) {
      return;
    }
    for (const auto& [space, name] : Accounts(assumed_by_.service_accounts)) {
      facts_.web.push_back({WithoutScheme(m_.Text(assumed_by_.service_account_issuer)),
                            Audience(assumed_by_.service_account_audience),
                            "system:serviceaccount:" + space + ":" + name, false});
    }
  }

  void PodIdentity() {
    if (!IsFor(assumed_by_.pod_identity_for)) {
      return;
    }
    for (const auto& [space, name] : Accounts(assumed_by_.pod_identity_accounts)) {
      facts_.pods.push_back({std::string(m_.Text(assumed_by_.pod_identity_cluster)), space, name});
    }
  }

  void IdentityCenter() {
    const model::TeamId owner = c_.resolved.product_owner[role_.product.index()];
    if (assumed_by_.identity_center_region.has_value() && owner.has_value()) {
      facts_.permission_set = m_.Text(m_.teams[owner].permission_set);
      facts_.home_region = m_.Text(assumed_by_.identity_center_region);
    }
  }

  const driver::Compilation& c_;
  const model::Model& m_;
  const access::Role& role_;
  model::AssumedBy assumed_by_;
  TrustFacts facts_;
};

}  // namespace

TrustFacts TrustFactsOf(const driver::Compilation& c, access::RoleId role) {
  return Collector(c, role).Collect();
}

}  // namespace dpc::oracle
