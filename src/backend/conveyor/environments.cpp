#include "backend/conveyor/environments.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "backend/conveyor/diagnostics.h"
#include "backend/conveyor/identity.h"
#include "backend/conveyor/names.h"
#include "model/settings.h"

namespace dpc::backend::conveyor {
namespace {

using Environments = std::vector<model::EnvironmentId>;

void AddEnvironment(const Input& input, model::EnvironmentId id, terraform::Root& root, Emitter& emitter) {
  const model::Model& m = input.model;
  const model::Name& name = m.environments[id].name;
  if (!IsEnvironmentName(m.Text(name))) {
    emitter.Report(kEnvironmentName, name.range, m.Text(name));
    return;
  }
  const model::ConveyorSettings settings = model::EffectiveConveyor(m, id);
  const bool is_protected = settings.deletion_protection.value_or(true);
  Json block = Json{{"name", std::string(m.Text(name))}, {"deletion_protection", is_protected}};
  if (settings.instance_lifecycle.has_value()) {
    block["instance_lifecycle"] = std::string(m.Text(settings.instance_lifecycle));
  }
  if (settings.cluster.has_value()) {
    block["cluster_id"] = std::string(m.Text(settings.cluster));
  }
  if (is_protected) {
    block["lifecycle"] = Json{{"prevent_destroy", true}};
  }
  root.AddResource("environments", "conveyor_environment", terraform::Label({m.Text(name)}), block);
  root.AddSources("environments", {name.range});
}

bool IsIn(const Input& input, model::ProductId product, model::EnvironmentId environment) {
  const auto environments = input.resolved.product_environments[product.index()];
  return std::any_of(environments.begin(), environments.end(),
                     [&](auto reference) { return input.resolved.environment_refs[reference] == environment; });
}

// A project has one default identity for all environments: where it has a role in one, it needs one in each.
void CheckRoles(const Input& input, model::EnvironmentId id, const std::vector<model::ProductId>& products,
                Emitter& emitter) {
  const model::Environment& row = input.model.environments[id];
  if (row.has_aws) {
    return;
  }
  const auto lacking = std::find_if(products.begin(), products.end(), [&](model::ProductId product) {
    return IsIn(input, product, id) && !EnvironmentsWithRole(input, product).empty();
  });
  if (lacking != products.end()) {
    emitter.Report(kEnvironmentWithoutRoles, row.name.range, input.model.Text(row.name),
                   input.model.Text(input.model.products[*lacking].name));
  }
}

// A cluster is in one account. Which one is not known here, but it cannot be two.
void CheckClusters(const Input& input, const Environments& environments, Emitter& emitter) {
  const model::Model& m = input.model;
  std::map<std::string_view, model::EnvironmentId> first;  // by cluster; "" is the tenant's default one
  for (const model::EnvironmentId id : environments) {
    const model::Name account = model::EffectiveAws(m, id).account;
    if (!account.has_value()) {
      continue;
    }
    const auto [holder, added] = first.try_emplace(m.Text(model::EffectiveConveyor(m, id).cluster), id);
    const model::Name other = model::EffectiveAws(m, holder->second).account;
    if (!added && other.text != account.text) {
      emitter
          .Report(kRolesOutsideCluster, account.range, m.Text(m.environments[holder->second].name),
                  m.Text(m.environments[id].name), m.Text(other), m.Text(account))
          .Label(other.range, "the other account")
          .Hint("name the cluster of each: `conveyor: {cluster: ...}`");
    }
  }
}

}  // namespace

Environments EnvironmentsWithSettings(const Input& input) {
  Environments environments;
  for (const model::EnvironmentId environment : input.environments) {
    if (input.model.environments[environment].conveyor.declared || input.model.workspace.conveyor.declared) {
      environments.push_back(environment);
    }
  }
  return environments;
}

void AddEnvironments(const Input& input, const Environments& environments,
                     const std::vector<model::ProductId>& products, terraform::Root& root, Emitter& emitter) {
  for (const model::EnvironmentId environment : environments) {
    AddEnvironment(input, environment, root, emitter);
    CheckRoles(input, environment, products, emitter);
  }
  CheckClusters(input, environments, emitter);
}

}  // namespace dpc::backend::conveyor
