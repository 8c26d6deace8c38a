// Lake Formation guards a table only as long as nothing else opens its files.
#include <algorithm>
#include <set>

#include "model/settings.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

using model::AssetId;

namespace {

// As in overlaps.cpp: ends in a slash, "" is the whole bucket.
struct Files {
  std::string bucket;
  std::string path;
  AssetId asset;
  PlacementId placement;
  bool guarded = false;

  bool Contain(const Files& inner) const { return bucket == inner.bucket && inner.path.starts_with(path); }
};

std::vector<Files> FilesOf(const model::Model& m, const Resolved& r) {
  std::vector<Files> all;
  for (const PlacementId id : r.placements.All()) {
    const Placement& placement = r.placements[id];
    const model::Asset& asset = m.assets[placement.asset];
    if (placement.bucket.has_value() && (asset.path.has_value() || asset.whole_bucket)) {
      const std::string path(m.Text(asset.path));
      all.push_back({std::string(m.Text(m.buckets[placement.bucket].bucket_name)), path.empty() ? "" : path + "/",
                     placement.asset, id, model::IsGuarded(m, placement.environment, placement.asset)});
    }
  }
  std::sort(all.begin(), all.end(), [](const Files& a, const Files& b) {
    return std::tie(a.bucket, a.path, a.asset, a.placement) < std::tie(b.bucket, b.path, b.asset, b.placement);
  });
  return all;
}

}  // namespace

// Owners get at the files anyway, where they lie. Readers come by ports, and a product's roles in other environments by
// `canReadFrom`.
std::set<PlacementId> Resolver::OpenToReaders() const {
  std::set<AssetId> offered;
  for (const auto& assets : r_.port_assets) {
    for (const AssetRefId reference : assets) {
      offered.insert(r_.asset_refs[reference]);
    }
  }
  std::set<model::EnvironmentId> read_from;
  for (const auto& references : r_.environment_reads) {
    for (const EnvironmentRefId reference : references) {
      read_from.insert(r_.environment_refs[reference]);
    }
  }
  std::set<PlacementId> open;
  for (const PlacementId id : r_.placements.All()) {
    const Placement& placement = r_.placements[id];
    const model::ProductId product = m_.assets[placement.asset].product;
    const bool retired = product.has_value() && m_.products[product].status == model::Status::Retired;
    if (!retired && (offered.contains(placement.asset) || read_from.contains(placement.environment))) {
      open.insert(id);
    }
  }
  return open;
}

void Resolver::GuardedFiles() {
  const auto is_guarded = [&](PlacementId id) {
    return model::IsGuarded(m_, r_.placements[id].environment, r_.placements[id].asset);
  };
  const auto placements = r_.placements.All();
  if (std::none_of(placements.begin(), placements.end(), is_guarded)) {
    return;
  }
  const std::set<PlacementId> readable = OpenToReaders();
  std::set<std::pair<AssetId, AssetId>> reported;
  std::vector<const Files*> around;
  const std::vector<Files> all = FilesOf(m_, r_);
  for (const Files& files : all) {
    while (!around.empty() && !around.back()->Contain(files)) {
      around.pop_back();
    }
    for (const Files* other : around) {
      const Files& guarded = other->guarded ? *other : files;
      const Files& open = other->guarded ? files : *other;
      if (other->guarded != files.guarded && readable.contains(open.placement) &&
          reported.emplace(guarded.asset, open.asset).second) {
        ReportOpen(guarded.placement, open.asset);
      }
    }
    around.push_back(&files);
  }
}

void Resolver::ReportOpen(PlacementId guarded, AssetId open) {
  const AssetId table = r_.placements[guarded].asset;
  const model::Environment& environment = m_.environments[r_.placements[guarded].environment];
  const model::Asset& row = m_.assets[open];
  emitter_
      .Report(kGuardedFilesOpen, row.path.has_value() ? row.path.range : row.range, model::AssetLabel(m_, open),
              model::AssetLabel(m_, table), m_.Text(environment.name))
      .Label(m_.assets[table].path.has_value() ? m_.assets[table].path.range : m_.assets[table].range,
             "the guarded table")
      .Hint("offer the table instead, or lay the files of the two apart");
}

}  // namespace dpc::resolve
