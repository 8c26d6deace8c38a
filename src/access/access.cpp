#include "access/access.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "access/consent.h"
#include "access/dead_ends.h"
#include "access/diagnostics.h"
#include "access/identities.h"
#include "model/settings.h"

namespace dpc::access {
namespace {

using model::EnvironmentId;
using model::InputId;
using model::ProductId;

// The grants of one role, before they get their order.
class RoleGrants {
 public:
  // `consents`: by InputId, those that grant.
  RoleGrants(const model::Model& model, const resolve::Resolved& resolved,
             const std::vector<std::vector<Consent>>& consents, Emitter& emitter)
      : model_(model), resolved_(resolved), consents_(consents), emitter_(emitter) {}

  std::vector<Grant> Derive(RoleId role, ProductId product, EnvironmentId environment) {
    grants_.clear();
    role_ = role;
    reader_ = model_.Text(model_.environments[environment].name);
    OwnAssets(product, environment, Right::Own, EnvironmentId::None());
    Inputs(product, environment, EnvironmentId::None());
    for (const auto reference : resolved_.environment_reads[environment.index()]) {
      const EnvironmentId other = resolved_.environment_refs[reference];
      OwnAssets(product, other, Right::Read, other);
      Inputs(product, other, other);
    }
    Sort();
    return grants_;
  }

 private:
  void OwnAssets(ProductId product, EnvironmentId environment, Right right, EnvironmentId read_from) {
    for (const model::AssetId asset : resolved_.product_assets[product.index()]) {
      Add(asset, environment, right, {InputId::None(), model::PortId::None(), model::AgreementId::None(), read_from},
          {});
    }
  }

  void Inputs(ProductId product, EnvironmentId environment, EnvironmentId read_from) {
    for (const InputId input : model_.products[product].inputs) {
      for (const Consent& consent : consents_[input.index()]) {
        Read(product, environment, read_from, input, consent);
      }
    }
  }

  void Read(ProductId product, EnvironmentId environment, EnvironmentId read_from, InputId input,
            const Consent& consent) {
    const model::PortId port = resolved_.input_port[input.index()];
    for (const auto reference : resolved_.port_assets[port.index()]) {
      const model::AssetId asset = resolved_.asset_refs[reference];
      if (model_.assets[asset].product != product) {
        Add(asset, environment, Right::Read, {input, port, consent.agreement, read_from}, consent);
      }
    }
  }

  void Add(model::AssetId asset, EnvironmentId environment, Right right, Cause cause, const Consent& consent) {
    const resolve::PlacementId placement = resolved_.Find(asset, environment);
    if (!placement.has_value()) {
      return;
    }
    if (model_.assets[asset].kind == model::AssetKind::Redshift && cause.read_from.has_value()) {
      ReportWarehouse(asset, environment, cause);
      return;
    }
    grants_.push_back({role_, right, placement, cause, consent.until, consent.from});
  }

  // Credentials are those of the role's own workgroup. Said once for an asset and its reader.
  void ReportWarehouse(model::AssetId asset, EnvironmentId environment, const Cause& cause) {
    if (!cause.input.has_value()) {
      return;  // its own, elsewhere: nobody asked
    }
    const Range place = model_.inputs[cause.input].port.range;
    if (said_.emplace(asset, place).second) {
      emitter_
          .Report(kWarehouseElsewhere, place, model::AssetLabel(model_, asset),
                  model_.Text(model_.environments[environment].name), reader_)
          .Hint("ask for the data in a bucket; or let the product read it where it has a workgroup of its own");
    }
  }

  void Sort() {
    const auto key = [](const Grant& g) {
      return std::tie(g.placement, g.right, g.cause.input, g.cause.port, g.cause.agreement, g.cause.read_from);
    };
    std::sort(grants_.begin(), grants_.end(), [&](const Grant& a, const Grant& b) { return key(a) < key(b); });
  }

  const model::Model& model_;
  const resolve::Resolved& resolved_;
  const std::vector<std::vector<Consent>>& consents_;
  Emitter& emitter_;
  RoleId role_;
  std::string_view reader_;  // the role's environment
  std::vector<Grant> grants_;
  std::set<std::pair<model::AssetId, Range>> said_;
};

// The entry of `names` that names the environment.
Range EntryOf(const model::Model& model, const model::Names& names, const model::Environment& environment,
              Range otherwise) {
  const auto is_name = [&](const model::Name& entry, const model::Name& name) { return entry.text == name.text; };
  for (const model::NameId id : names) {
    const model::Name& entry = model.names[id];
    const bool alias = std::any_of(environment.aliases.begin(), environment.aliases.end(),
                                   [&](model::NameId name) { return is_name(entry, model.names[name]); });
    if (alias || is_name(entry, environment.name)) {
      return entry.range;
    }
  }
  return otherwise;
}

void ReportCrossAccount(const model::Model& model, const resolve::Resolved& resolved, Emitter& emitter) {
  for (const EnvironmentId environment : model.environments.All()) {
    const model::Environment& row = model.environments[environment];
    for (const auto reference : resolved.environment_reads[environment.index()]) {
      const model::Environment& other = model.environments[resolved.environment_refs[reference]];
      if (row.has_aws && other.has_aws && !row.poisoned && !other.poisoned && row.aws.account.has_value() &&
          other.aws.account.has_value() && row.aws.account.text != other.aws.account.text &&
          !model::EffectiveAws(model, resolved.environment_refs[reference]).owns_resource_policies.value_or(false)) {
        emitter
            .Report(kCrossAccountRead, EntryOf(model, row.can_read_from, other, row.name.range), model.Text(row.name),
                    model.Text(other.name), model.Text(other.aws.account))
            .Label(other.aws.account.range, "the other account")
            .Hint(
                "say `resourcePolicies: managed` in the environment that is read, or name its readers in the policies "
                "of its buckets, keys and catalog yourself");
      }
    }
  }
}

// A granted input port whose assets lie in no environment that the consumer's roles see gives nothing, which nobody
// means.
class ReachCheck {
 public:
  ReachCheck(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access)
      : model_(model), resolved_(resolved), reaches_(model.inputs.size()), has_role_(model.products.size()) {
    for (const GrantId grant : access.grants.All()) {
      if (const InputId input = access.grants[grant].cause.input; input.has_value()) {
        reaches_[input.index()] = true;
      }
    }
    for (const RoleId role : access.roles.All()) {
      has_role_[access.roles[role].product.index()] = true;
    }
  }

  void Report(const std::vector<Consent>& consents, Emitter& emitter) const {
    const auto all = model_.environments.All();
    if (std::any_of(all.begin(), all.end(), [&](EnvironmentId id) { return model_.environments[id].poisoned; })) {
      return;  // what an environment that could not be read completely has, nobody knows
    }
    for (const InputId input : model_.inputs.All()) {
      const model::InputPort& row = model_.inputs[input];
      const bool reaches = reaches_[input.index()] || !has_role_[row.product.index()];
      if (!consents[input.index()].granted || reaches || !IsPlaced(input)) {
        continue;
      }
      const model::PortId port = resolved_.input_port[input.index()];
      emitter
          .Report(kReachesNothing, row.port.range, model_.Text(model_.products[row.product].name),
                  PortLabel(model_, port))
          .Label(model_.ports[port].name.range, "the port")
          .Hint("compare the `environments` of both products and of the port's assets, and `canReadFrom`");
    }
  }

 private:
  // Some asset of the port lies in some environment.
  bool IsPlaced(InputId input) const {
    const auto assets = resolved_.port_assets[resolved_.input_port[input.index()].index()];
    return std::any_of(assets.begin(), assets.end(), [&](resolve::AssetRefId reference) {
      const model::AssetId asset = resolved_.asset_refs[reference];
      return model_.assets[asset].product != model_.inputs[input].product &&
             !resolved_.asset_placements[asset.index()].empty();
    });
  }

  const model::Model& model_;
  const resolve::Resolved& resolved_;
  std::vector<bool> reaches_;
  std::vector<bool> has_role_;
};

}  // namespace

namespace {

// Roles and what they are granted by the consent in force, or to come.
void AddRoles(const model::Model& model, const resolve::Resolved& resolved,
              const std::vector<std::vector<Consent>>& consents, AccessModel& access, Emitter& emitter) {
  RoleGrants derive(model, resolved, consents, emitter);
  for (const ProductId product : model.products.All()) {
    if (model.products[product].status == model::Status::Retired || model.products[product].poisoned) {
      continue;
    }
    for (const auto reference : resolved.product_environments[product.index()]) {
      const EnvironmentId environment = resolved.environment_refs[reference];
      if (!model.environments[environment].has_aws) {
        continue;
      }
      const RoleId role = access.roles.Add({product, environment, {}});
      const std::size_t begin = access.grants.size();
      for (Grant& grant : derive.Derive(role, product, environment)) {
        access.grants.Add(grant);
      }
      access.roles.Get(role).grants = access.grants.Since(begin);
    }
  }
}

// By InputId: the one that is in force, if any.
std::vector<std::vector<Consent>> InForce(const std::vector<Consent>& consents) {
  std::vector<std::vector<Consent>> all(consents.size());
  for (std::size_t i = 0; i < consents.size(); ++i) {
    if (consents[i].granted) {
      all[i].push_back(consents[i]);
    }
  }
  return all;
}

}  // namespace

AccessModel DeriveAccess(const model::Model& model, const resolve::Resolved& resolved, std::optional<Date> today,
                         Emitter& emitter) {
  AccessModel access;
  access.consents = JudgeConsent(model, resolved, today, access.pending, emitter);
  ReportCrossAccount(model, resolved, emitter);
  AddRoles(model, resolved, InForce(access.consents), access, emitter);
  ReachCheck(model, resolved, access).Report(access.consents, emitter);
  CheckIdentities(model, resolved, access, emitter);
  CheckSunsets(model, resolved, access.consents, today, emitter);
  CheckWays(model, resolved, access, emitter);
  return access;
}

AccessModel DeriveLastingAccess(const model::Model& model, const resolve::Resolved& resolved,
                                std::optional<Date> today) {
  AccessModel access;
  DiagnosticList said;
  Emitter emitter(said);
  AddRoles(model, resolved, LastingConsent(model, resolved, today), access, emitter);
  return access;
}

}  // namespace dpc::access
