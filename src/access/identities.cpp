#include "access/identities.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "access/diagnostics.h"
#include "access/naming.h"
#include "access/reach.h"
#include "model/settings.h"

namespace dpc::access {
namespace {

// A service account, wherever it is declared: where its name counts, and the name.
using Identity = std::pair<std::string, std::string>;

// One role that an identity gets into.
struct Use {
  RoleId role;
  Range range;  // the declaration that lets it in
  bool is_of_product = false;
};

// "prd/orders" of "prd/orders-0c2f0ee8-....": whose Conveyor worker, in `?`s, the name may be; "" when it is no such
// name.
std::string WorkerOf(const std::string& name) {
  const std::string run = RunIdPattern();
  if (name.size() <= run.size()) {
    return "";
  }
  const std::size_t begin = name.size() - run.size();
  const bool fits = std::equal(run.begin(), run.end(), name.begin() + static_cast<std::ptrdiff_t>(begin),
                               [](char pattern, char c) { return pattern == '?' || pattern == c; });
  return fits ? name.substr(0, begin) : "";
}

class IdentityCheck {
 public:
  IdentityCheck(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                Emitter& emitter)
      : m_(model), r_(resolved), access_(access), emitter_(emitter) {}

  void Run() {
    for (const RoleId role : access_.roles.All()) {
      for (const Way& way : WaysInto(m_, r_, access_.roles[role].product, access_.roles[role].environment)) {
        if (way.kind == WayKind::ServiceAccount || way.kind == WayKind::PodIdentity) {
          const Use use = {role, way.range, way.is_of_product};
          uses_[IdentityOf(role, way)].push_back(use);
          uses_[InEnvironment(role, way)].push_back(use);
        } else if (way.kind == WayKind::Conveyor) {
          const Use use = {role, way.range, true};
          workers_[{OfIssuer(way.name), way.within}].push_back(use);
          workers_[{OfEnvironment(role), way.within}].push_back(use);
        }
      }
    }
    for (auto& [identity, uses] : uses_) {
      AddWorkers(identity, uses);
      Check(identity.second, uses);
    }
  }

 private:
  // An issuer is one cluster in the whole world. A cluster's name is unique in its account, and Pod Identity serves
  // the own account only.
  Identity IdentityOf(RoleId role, const Way& way) const {
    if (way.kind == WayKind::ServiceAccount) {
      return {OfIssuer(way.within), way.name};
    }
    const model::Name account = model::EffectiveAws(m_, access_.roles[role].environment).account;
    return {"cluster\n" + std::string(m_.Text(account)) + "\n" + way.within, way.name};
  }

  static std::string OfIssuer(const std::string& issuer) { return "issuer\n" + issuer; }

  // Whether an issuer and a cluster are one is not declared; within an environment they usually are.
  Identity InEnvironment(RoleId role, const Way& way) const { return {OfEnvironment(role), way.name}; }

  std::string OfEnvironment(RoleId role) const {
    return "environment\n" + std::string(m_.Text(m_.environments[access_.roles[role].environment].name));
  }

  // The roles that let it in because it looks like one of Conveyor's workers.
  void AddWorkers(const Identity& identity, std::vector<Use>& uses) const {
    const auto found = workers_.find({identity.first, WorkerOf(identity.second)});
    if (found != workers_.end()) {
      uses.insert(uses.end(), found->second.begin(), found->second.end());
    }
  }

  model::ProductId ProductOf(const Use& use) const { return access_.roles[use.role].product; }

  void Check(const std::string& name, const std::vector<Use>& uses) {
    const auto own = std::find_if(uses.begin(), uses.end(), [](const Use& use) { return use.is_of_product; });
    if (own == uses.end()) {
      return;
    }
    const auto other =
        std::find_if(uses.begin(), uses.end(), [&](const Use& use) { return ProductOf(use) != ProductOf(*own); });
    if (other != uses.end()) {
      Report(name, *own, *other);
    }
  }

  // The same two products meet in every environment that a default reaches: once is enough.
  void Report(const std::string& name, const Use& own, const Use& other) {
    if (!said_.emplace(ProductOf(own), ProductOf(other), own.range, other.range).second) {
      return;
    }
    auto report = emitter_.Report(kSharedIdentity, own.range, name, RoleText(own), RoleText(other));
    if (other.range != own.range) {
      report.Label(other.range, "lets it into the other role");
    }
    report.Label(m_.products[ProductOf(own)].name.range, "one product")
        .Label(m_.products[ProductOf(other)].name.range, "the other one")
        .Hint("give each product a namespace of its own, as `{product}/jobs` and `{product}/etl` do");
  }

  // "`orders` in production".
  std::string RoleText(const Use& use) const {
    const Role& role = access_.roles[use.role];
    return "`" + std::string(m_.Text(m_.products[role.product].name)) + "` in " +
           std::string(m_.Text(m_.environments[role.environment].name));
  }

  const model::Model& m_;
  const resolve::Resolved& r_;
  const AccessModel& access_;
  Emitter& emitter_;
  std::map<Identity, std::vector<Use>> uses_;
  std::map<Identity, std::vector<Use>> workers_;  // by "namespace/project"
  std::set<std::tuple<model::ProductId, model::ProductId, Range, Range>> said_;
};

}  // namespace

void CheckIdentities(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                     Emitter& emitter) {
  IdentityCheck(model, resolved, access, emitter).Run();
}

}  // namespace dpc::access
