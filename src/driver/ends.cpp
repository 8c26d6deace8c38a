#include "driver/ends.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "access/reach.h"
#include "backend/aws/diagnostics.h"
#include "backend/backend.h"
#include "backend/conveyor/diagnostics.h"
#include "base/text.h"
#include "model/settings.h"
#include "resolve/diagnostics.h"

namespace dpc::driver {
namespace {

constexpr std::string_view kConveyor = "conveyor";

// Of a portal's glossaries every product has the service; nobody asked for it, and the portal may make the project.
std::vector<model::ProductId> WithConveyor(const model::Model& model) {
  std::vector<model::ProductId> products;
  for (const model::ProductId id : model.products.All()) {
    const model::Product& row = model.products[id];
    if (row.services.Has(model::Service::Conveyor) && row.status != model::Status::Retired && !row.poisoned &&
        !row.owned_by_members) {
      products.push_back(id);
    }
  }
  return products;
}

// Some environment lets its workers in: they may come from a project that somebody else makes.
bool HasWorkers(const Compilation& c, model::ProductId product) {
  for (const auto reference : c.resolved.product_environments[product.index()]) {
    const auto ways = access::WaysInto(c.model, c.resolved, product, c.resolved.environment_refs[reference]);
    if (std::any_of(ways.begin(), ways.end(),
                    [](const access::Way& way) { return way.kind == access::WayKind::Conveyor; })) {
      return true;
    }
  }
  return false;
}

// The query, without the head, which may speak of anything.
bool IsAboutProduction(const policy::Policy& policy) {
  std::string_view sql = policy.sql;
  const std::size_t end = sql.find("*/");
  sql.remove_prefix(policy.condition.has_value() || end == std::string_view::npos ? 0 : end);
  return sql.find("production") != std::string_view::npos;
}

}  // namespace

void CheckServices(const Compilation& c, Emitter& emitter) {
  const model::Model& m = c.model;
  const auto products = WithConveyor(m);
  const auto& targets = m.workspace.targets;
  const bool made = std::any_of(targets.begin(), targets.end(),
                                [&](model::NameId name) { return m.Text(m.names[name]) == kConveyor; });
  // Of a workspace that could not be read completely nobody knows the targets.
  if (products.empty() || made || m.workspace.poisoned || m.incomplete.any) {
    return;
  }
  const model::Name& first = m.products[products.front()].name;
  const std::string who = "`" + std::string(m.Text(first)) + "`" +
                          (products.size() == 1 ? "" : " and " + std::to_string(products.size() - 1) + " more");
  const Range place = targets.empty() ? first.range : m.names[*targets.begin()].range;
  const bool meant = !targets.empty() && std::all_of(products.begin(), products.end(),
                                                     [&](model::ProductId product) { return HasWorkers(c, product); });
  if (meant) {
    emitter.Report(backend::conveyor::kProjectElsewhere, place, who).Label(first.range, "the product");
  } else {
    emitter.Report(backend::conveyor::kNoConveyorTarget, place, who)
        .Label(first.range, "the product")
        .Hint("say `targets: [aws, conveyor]` in dpc.yaml");
  }
}

void CheckProduction(const Compilation& c, Emitter& emitter) {
  const model::Model& m = c.model;
  std::vector<std::string> policies;
  for (const policy::ActivePolicy& active : c.policies.policies) {
    if (!active.disabled && IsAboutProduction(active.policy)) {
      policies.push_back("`" + active.policy.id + "`");
    }
  }
  const auto all = m.environments.All();
  const bool known = !m.incomplete.any && !m.incomplete.environments &&
                     std::none_of(all.begin(), all.end(), [&](model::EnvironmentId id) {
                       return m.environments[id].poisoned || model::IsProduction(m, id);
                     });
  const bool said = std::all_of(all.begin(), all.end(),
                                [&](model::EnvironmentId id) { return m.environments[id].production.has_value(); });
  if (policies.empty() || !known || said) {
    return;
  }
  const std::string what = policies.size() == 1 ? "1 policy finds" : std::to_string(policies.size()) + " policies find";
  emitter
      .Report(resolve::kNoProduction, m.environments[*all.begin()].name.range,
              what + " nothing: " + Join(policies, ", "))
      .Hint("say `production: true` in the environment where it is for real; or `production: false` in each");
}

void CheckHolders(const Compilation& c, const std::vector<const backend::BackendSpec*>& targets, Emitter& emitter) {
  if (!c.base || c.base->failed()) {
    return;
  }
  const backend::Input head = {c.model, c.resolved, c.access, c.environments};
  const Compilation& b = *c.base;
  const backend::Input base = {b.model, b.resolved, b.access, b.environments};
  // Where to point: the environment, and the asset, as the head has them.
  std::map<std::string, Range> places;
  std::map<std::string, Range> assets;
  for (const model::EnvironmentId id : c.environments) {
    places[std::string(c.model.Text(c.model.environments[id].name))] = c.model.environments[id].name.range;
  }
  for (const model::AssetId id : c.model.assets.All()) {
    const model::Asset& row = c.model.assets[id];
    if (row.product.has_value()) {
      assets[model::AssetLabel(c.model, id)] = row.database.has_value() ? row.database.range : row.name.range;
    }
  }
  for (const backend::BackendSpec* target : targets) {
    if (target->holders == nullptr) {
      continue;
    }
    std::set<std::pair<std::string, std::string>> stays;
    for (const backend::Holder& holder : target->holders(head)) {
      stays.emplace(holder.root, holder.address);
    }
    const model::Workspace& workspace = c.model.workspace;
    places.try_emplace(std::string(target->name), workspace.name.has_value() ? workspace.name.range : workspace.range);
    for (const backend::Holder& holder : target->holders(base)) {
      // A root that goes as a whole is not applied any more: nothing is destroyed.
      if (!places.contains(holder.root) || stays.contains({holder.root, holder.address})) {
        continue;
      }
      const auto asset = assets.find(holder.asset);
      emitter
          .Report(backend::aws::kWouldBeDestroyed, asset == assets.end() ? places[holder.root] : asset->second,
                  holder.what, holder.root)
          .Hint("to keep it, run `terraform state rm '" + holder.address + "'` there before this is applied");
    }
  }
}

}  // namespace dpc::driver
