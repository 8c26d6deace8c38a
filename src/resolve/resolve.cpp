#include "resolve/resolve.h"

#include "resolve/resolver.h"

namespace dpc::resolve {

PlacementId Resolved::Find(model::AssetId asset, model::EnvironmentId environment) const {
  for (const PlacementId placement : asset_placements[asset.index()]) {
    if (placements[placement].environment == environment) {
      return placement;
    }
  }
  return PlacementId::None();
}

Resolved Resolver::Run() {
  IndexNames();
  PermissionSets();
  Environments();
  ProductHeads();
  FormerNames();
  OwnersOfAssets();
  PortAssets();
  Inputs();
  Lineage();
  Successors();
  Agreements();
  Placements();
  Partitions();
  Regions();
  Principals();
  GuardedDatabases();
  GuardedFiles();
  Overlaps();
  Crowds();
  OpenedPorts();
  States();
  if (m_.incomplete.suppressed > 0) {
    emitter_.Report(kNotChecked, Range{}, Plural(m_.incomplete.suppressed, "reference"));
  }
  return std::move(r_);
}

bool Resolver::Suppressed(bool model::Incomplete::*sort) {
  const bool suppressed = m_.incomplete.any || m_.incomplete.*sort;
  m_.incomplete.suppressed += suppressed ? 1 : 0;
  return suppressed;
}

std::string Resolver::EnvironmentsDo(const std::vector<model::EnvironmentId>& environments) const {
  static constexpr std::size_t kNamed = 6;
  std::vector<std::string> names;
  for (const model::EnvironmentId environment : environments) {
    if (names.size() == kNamed) {
      names.push_back(std::to_string(environments.size() - kNamed) + " more");
      break;
    }
    names.push_back(Quote(m_.environments[environment].name));
  }
  return names.size() == 1 ? "environment " + names.front() + " does" : "environments " + Join(names, ", ") + " do";
}

Resolved Resolve(model::Model& model, Emitter& emitter) {
  return Resolver(model, emitter).Run();
}

}  // namespace dpc::resolve
