// Assets in environments: buckets by identifier, default buckets, platforms that an environment lacks.
#include <algorithm>
#include <set>

#include "resolve/resolver.h"

namespace dpc::resolve {

using model::AssetId;
using model::BucketId;
using model::EnvironmentId;

namespace {

constexpr std::string_view kElsewhere = "say at the asset which `environments` have it; or add ";

}  // namespace

void Resolver::Placements() {
  for (const AssetId id : m_.assets.All()) {
    const std::size_t begin = r_.placements.size();
    const model::AssetKind kind = m_.assets[id].kind;
    if (kind == model::AssetKind::S3 || kind == model::AssetKind::Glue) {
      Place(id);
    } else if (kind != model::AssetKind::Redshift || !PlaceInRedshift(id)) {
      ReportPlatform(id);
    }
    r_.asset_placements.push_back(r_.placements.Since(begin));
  }
  for (const auto& [environment, asset] : without_default_) {
    const model::Environment& row = m_.environments[environment];
    emitter_.Report(kNoDefaultBucket, row.aws_range, m_.Text(row.name), model::AssetLabel(m_, asset))
        .Label(m_.assets[asset].name.range, "the asset")
        .Hint("say `default: true` at one of the environment's buckets, or `bucket` at the asset");
  }
}

void Resolver::Place(AssetId id) {
  const model::Asset& asset = m_.assets[id];
  const bool has_files = asset.path.has_value() || asset.whole_bucket || asset.database_path.has_value();
  std::vector<EnvironmentId> lacking;
  for (const EnvironmentRefId reference : r_.asset_environments[id.index()]) {
    const EnvironmentId environment = r_.environment_refs[reference];
    const model::Environment& row = m_.environments[environment];
    if (!row.has_aws || row.poisoned) {
      continue;
    }
    BucketId bucket;
    if (asset.bucket.has_value()) {
      bucket = BucketOf(asset, environment, lacking);
    } else if (has_files) {
      bucket = r_.environment_default_bucket[environment.index()];
      if (!bucket.has_value() && !asset.poisoned) {
        without_default_.try_emplace(environment, id);
      }
    }
    if (bucket.has_value() || (!has_files && !asset.bucket.has_value())) {
      r_.placements.Add({id, environment, bucket});
    }
  }
  if (!lacking.empty() && !asset.poisoned) {
    ReportLacking(asset, lacking);
  }
}

BucketId Resolver::BucketOf(const model::Asset& asset, EnvironmentId environment, std::vector<EnvironmentId>& lacking) {
  const auto found = buckets_by_name_.find({environment, asset.bucket.text});
  if (found != buckets_by_name_.end()) {
    return found->second;
  }
  lacking.push_back(environment);
  return BucketId::None();
}

void Resolver::ReportLacking(const model::Asset& asset, const std::vector<EnvironmentId>& lacking) {
  auto report = emitter_.Report(kUnknownBucket, asset.bucket.range, m_.Text(asset.name), m_.Text(asset.bucket),
                                EnvironmentsDo(lacking));
  for (const BucketId bucket : m_.buckets.All()) {
    if (m_.buckets[bucket].bucket_name.text == asset.bucket.text) {
      report.Hint("write " + Quote(m_.buckets[bucket].identifier) + ": environments name a bucket by an identifier");
      return;
    }
  }
  const auto buckets = m_.environments[lacking.front()].buckets;
  Guess(report, guesses_.Hint(m_.Text(asset.bucket), buckets.size(), [&] {
    std::vector<std::string_view> names;
    for (const BucketId bucket : buckets) {
      names.push_back(m_.Text(m_.buckets[bucket].identifier));
    }
    return names;
  }));
}

bool Resolver::PlaceInRedshift(AssetId id) {
  const model::Asset& asset = m_.assets[id];
  std::vector<EnvironmentId> lacking;
  bool placed = false;
  for (const EnvironmentRefId reference : r_.asset_environments[id.index()]) {
    const EnvironmentId environment = r_.environment_refs[reference];
    const model::Environment& row = m_.environments[environment];
    if (row.has_aws && row.aws.redshift.declared && !row.poisoned) {
      r_.placements.Add({id, environment, BucketId::None()});
      placed = true;
    } else if (!row.poisoned) {
      lacking.push_back(environment);
    }
  }
  if (placed && !lacking.empty() && !asset.poisoned) {
    emitter_.Report(kPlatformMissing, asset.range, m_.Text(asset.name), "redshift", EnvironmentsDo(lacking))
        .Hint(std::string(kElsewhere) + "`aws: {redshift: {...}}` to the others");
  }
  return placed;
}

void Resolver::GuardedDatabases() {
  std::set<std::string_view> databases;
  for (const AssetId id : m_.assets.All()) {
    if (m_.assets[id].kind == model::AssetKind::Glue && m_.assets[id].database.has_value()) {
      databases.insert(m_.Text(m_.assets[id].database));
    }
  }
  const std::vector<std::string_view> known(databases.begin(), databases.end());
  CheckGuarded(m_.workspace.aws.lake_formation, known);
  for (const EnvironmentId environment : m_.environments.All()) {
    CheckGuarded(m_.environments[environment].aws.lake_formation, known);
  }
}

void Resolver::CheckGuarded(const model::LakeFormation& guard, const std::vector<std::string_view>& known) {
  for (const model::NameId id : guard.databases) {
    const model::Name& name = m_.names[id];
    const bool found = std::binary_search(known.begin(), known.end(), m_.Text(name));
    if (!found && !Suppressed(&model::Incomplete::products)) {
      auto report = emitter_.Report(kUnknownGuardedDatabase, name.range, m_.Text(name));
      Guess(report, guesses_.Hint(m_.Text(name), known));
    }
  }
}

void Resolver::ReportPlatform(AssetId id) {
  const model::Asset& asset = m_.assets[id];
  const std::string_view platform = model::AssetKindName(asset.kind);
  std::vector<EnvironmentId> lacking;
  bool unread = asset.poisoned;
  for (const EnvironmentRefId reference : r_.asset_environments[id.index()]) {
    const EnvironmentId environment = r_.environment_refs[reference];
    unread = unread || m_.environments[environment].poisoned;
    const model::Names& has = m_.environments[environment].other_platforms;
    const bool configured =
        std::any_of(has.begin(), has.end(), [&](model::NameId name) { return m_.Text(m_.names[name]) == platform; });
    if (!configured) {
      lacking.push_back(environment);
    }
  }
  // Of an environment that could not be read completely nobody knows what it has, nor which there are besides.
  const bool all_known = !m_.incomplete.any && !m_.incomplete.environments;
  if (unread || (lacking.empty() && !all_known)) {
    return;
  }
  if (lacking.empty()) {
    emitter_.Report(kPlatformNotEmitted, asset.range, m_.Text(asset.name), platform);
  } else {
    emitter_.Report(kPlatformMissing, asset.range, m_.Text(asset.name), platform, EnvironmentsDo(lacking))
        .Hint(std::string(kElsewhere) + "`platforms: [" + std::string(platform) + "]` to the others");
  }
}

}  // namespace dpc::resolve
