// `assumedBy` that does not do what it looks like.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "access/dead_ends.h"
#include "access/diagnostics.h"
#include "access/reach.h"
#include "base/text.h"

namespace dpc::access {
namespace {

using model::EnvironmentId;
using model::ProductId;

// Kinds of ways that the workspace has and the environment lacks, as `assumedBy` names them.
std::vector<std::string> LeftOut(const model::AssumedBy& all, const model::AssumedBy& own) {
  std::vector<std::string> kinds;
  const auto compare = [&](bool there, bool here, const char* kind) {
    if (there && !here) {
      kinds.push_back("`" + std::string(kind) + "`");
    }
  };
  compare(all.conveyor_issuer.has_value(), own.conveyor_issuer.has_value(), "conveyor");
  compare(all.service_account_issuer.has_value(), own.service_account_issuer.has_value(), "serviceAccounts");
  compare(all.pod_identity_cluster.has_value(), own.pod_identity_cluster.has_value(), "podIdentity");
  compare(all.identity_center_region.has_value(), own.identity_center_region.has_value(), "identityCenter");
  compare(!all.principals.empty(), !own.principals.empty(), "principals");
  compare(all.whole_account, own.says_whole_account, "wholeAccount");
  return kinds;
}

// The first of some products, and how many more.
struct Some {
  ProductId first;
  std::set<ProductId> all;

  void Add(ProductId product) {
    first = first.has_value() ? first : product;
    all.insert(product);
  }

  std::string Text(const model::Model& m) const {
    const std::string name = "`" + std::string(m.Text(m.products[first].name)) + "`";
    return all.size() == 1 ? name : name + " and " + std::to_string(all.size() - 1) + " more";
  }
};

class WayCheck {
 public:
  WayCheck(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access, Emitter& emitter)
      : m_(model), r_(resolved), emitter_(emitter) {
    for (const EnvironmentId id : m_.environments.All()) {
      by_.push_back(model::EffectiveAws(m_, id).assumed_by);
    }
    for (const RoleId role : access.roles.All()) {
      roles_[access.roles[role].environment].push_back(access.roles[role].product);
    }
  }

  void Run() {
    for (const EnvironmentId id : m_.environments.All()) {
      if (!m_.environments[id].poisoned) {
        Replaced(id);
        Workers(id);
        Principals(id);
      }
    }
    ReportWorkers();
    PermissionSets();
  }

 private:
  const std::vector<ProductId>& RolesIn(EnvironmentId environment) { return roles_[environment]; }

  void Replaced(EnvironmentId id) {
    const model::AssumedBy& own = m_.environments[id].aws.assumed_by;
    const model::AssumedBy& all = m_.workspace.aws.assumed_by;
    if (!own.declared || !all.declared || own.inherit) {
      return;
    }
    const std::vector<std::string> kinds = LeftOut(all, own);
    if (!kinds.empty()) {
      emitter_.Report(kWaysLeftOut, own.range, m_.Text(m_.environments[id].name), Join(kinds, ", "))
          .Label(all.range, "the workspace's")
          .Hint("add `inherit: true` to keep them, or `inherit: false` if nobody else is meant");
    }
  }

  bool IsInConveyor(EnvironmentId id) const {
    return m_.environments[id].conveyor.declared || m_.workspace.conveyor.declared;
  }

  bool HasIssuerSomewhere(ProductId product) const {
    const auto environments = r_.product_environments[product.index()];
    return std::any_of(environments.begin(), environments.end(), [&](auto reference) {
      return by_[r_.environment_refs[reference].index()].conveyor_issuer.has_value();
    });
  }

  // Where nobody is let in at all, that is said (DPC7006).
  void Workers(EnvironmentId id) {
    const model::AssumedBy& by = by_[id.index()];
    if (!by.declared || by.conveyor_issuer.has_value()) {
      return;
    }
    Some lost;
    for (const ProductId product : RolesIn(id)) {
      // Products of a portal's glossaries have the service without asking.
      if (m_.products[product].services.Has(model::Service::Conveyor) && !m_.products[product].owned_by_members &&
          (IsInConveyor(id) || !HasIssuerSomewhere(product))) {
        lost.Add(product);
      }
    }
    if (!lost.all.empty()) {
      auto& [environments, products] = locked_out_[by.range];
      environments.push_back("`" + std::string(m_.Text(m_.environments[id].name)) + "`");
      products.first = products.first.has_value() ? products.first : lost.first;
      products.all.merge(lost.all);
    }
  }

  // One `assumedBy` may be that of several environments.
  void ReportWorkers() {
    for (const auto& [range, lost] : locked_out_) {
      emitter_.Report(kWorkersLockedOut, range, Join(lost.first, ", "), lost.second.Text(m_))
          .Label(m_.products[lost.second.first].name.range, "asks for the service `conveyor`")
          .Hint("add `conveyor: {issuer: ...}` with the OIDC issuer of Conveyor's cluster");
    }
  }

  // By the team, or the product that a person owns. Where nobody gets in at all, that is said (DPC7007).
  void PermissionSets() {
    std::map<model::TeamId, Some> teams;
    std::map<ProductId, Some> persons;
    for (const EnvironmentId id : m_.environments.All()) {
      if (!by_[id.index()].identity_center_region.has_value()) {
        continue;
      }
      for (const ProductId product : RolesIn(id)) {
        const model::TeamId team = r_.product_owner[product.index()];
        const bool lacks = team.has_value() ? !m_.teams[team].permission_set.has_value() && !m_.teams[team].poisoned
                                            : m_.products[product].owner_person.has_value();
        if (lacks && !WaysInto(m_, r_, product, id).empty()) {
          (team.has_value() ? teams[team] : persons[product]).Add(product);
        }
      }
    }
    for (const auto& [team, products] : teams) {
      const model::Name& name = m_.teams[team].name;
      emitter_
          .Report(kPeopleLockedOut, name.range, "team `" + std::string(m_.Text(name)) + "` names no `permissionSet`",
                  products.Text(m_))
          .Label(m_.products[products.first].name.range, "a product of the team")
          .Hint("add `permissionSet: ...` to the team");
    }
    for (const auto& [product, products] : persons) {
      emitter_
          .Report(kPeopleLockedOut, m_.products[product].owner_person.range,
                  "a person has no `permissionSet`, only a team has", products.Text(m_))
          .Hint("let a team own it");
    }
  }

  void Principals(EnvironmentId id) {
    for (const model::NameId name : by_[id.index()].principals) {
      const auto found = r_.principals.find(m_.names[name].text);
      if (found == r_.principals.end() || !said_.insert(m_.names[name].range).second) {
        continue;
      }
      const resolve::Known& known = found->second;
      const auto& products = RolesIn(id);
      const bool opens = std::any_of(products.begin(), products.end(), [&](ProductId product) {
        return product != known.product || known.environment != id;
      });
      if (!opens) {
        continue;
      }
      auto report = emitter_.Report(kPrincipalIsOurs, m_.names[name].range, m_.Text(m_.names[name]),
                                    KnownText(m_, known), m_.Text(m_.environments[id].name));
      report.Label(known.team.has_value() ? m_.teams[known.team].name.range : m_.products[known.product].name.range,
                   "declared here");
      report.Hint("if that is not meant, give the orchestrator a role of its own, outside of this repository");
    }
  }

  const model::Model& m_;
  const resolve::Resolved& r_;
  Emitter& emitter_;
  std::vector<model::AssumedBy> by_;  // by environment
  std::map<EnvironmentId, std::vector<ProductId>> roles_;
  std::set<Range> said_;
  std::map<Range, std::pair<std::vector<std::string>, Some>> locked_out_;  // by `assumedBy`: environments, products
};

}  // namespace

void CheckWays(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
               Emitter& emitter) {
  WayCheck(model, resolved, access, emitter).Run();
}

}  // namespace dpc::access
