// Two products never own one place: prefixes of a bucket, Glue tables, names of Glue databases.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/text.h"
#include "model/naming.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

using model::AssetId;

void Resolver::Overlaps() {
  BucketsOfEnvironments();
  WarehousesOfEnvironments();
  OverlapsOfFiles();
  OverlapsOfTables();
  DatabaseNames();
  DatabaseLocations();
}

namespace {

// `path` or below it: both end in a slash, "" is the whole bucket.
struct OwnedPath {
  std::string bucket;
  std::string path;
  AssetId asset;
  auto operator<=>(const OwnedPath&) const = default;
};

}  // namespace

void Resolver::OverlapsOfFiles() {
  std::vector<OwnedPath> places;
  for (const PlacementId id : r_.placements.All()) {
    const Placement& placement = r_.placements[id];
    const model::Asset& asset = m_.assets[placement.asset];
    const bool has_path = asset.path.has_value() || asset.whole_bucket;
    if (placement.bucket.has_value() && has_path && asset.product.has_value()) {
      const std::string path(m_.Text(asset.path));
      places.push_back({std::string(m_.Text(m_.buckets[placement.bucket].bucket_name)), path.empty() ? "" : path + "/",
                        placement.asset});
    }
  }
  // In this order, what a path contains follows it; the stack holds the paths that contain the present one.
  std::sort(places.begin(), places.end());
  std::vector<const OwnedPath*> around;
  for (const OwnedPath& place : places) {
    while (!around.empty() && (around.back()->bucket != place.bucket || !place.path.starts_with(around.back()->path))) {
      around.pop_back();
    }
    for (const OwnedPath* other : around) {
      ReportOverlap(other->asset, place.asset, "s3://" + place.bucket + "/" + place.path);
    }
    around.push_back(&place);
  }
}

void Resolver::BucketsOfEnvironments() {
  // By bucket and asset: where it lies first. One report for each pair of environments and bucket.
  std::map<std::pair<Symbol, AssetId>, model::BucketId> first;
  std::set<std::pair<model::BucketId, model::BucketId>> reported;
  for (const PlacementId id : r_.placements.All()) {
    const Placement& placement = r_.placements[id];
    if (!placement.bucket.has_value()) {
      continue;
    }
    const model::Bucket& bucket = m_.buckets[placement.bucket];
    const auto [known, added] = first.try_emplace({bucket.bucket_name.text, placement.asset}, placement.bucket);
    if (added || !reported.emplace(known->second, placement.bucket).second) {
      continue;
    }
    const model::Bucket& other = m_.buckets[known->second];
    emitter_
        .Report(kSharedBucket, bucket.bucket_name.range, m_.Text(m_.environments[other.environment].name),
                m_.Text(m_.environments[bucket.environment].name), m_.Text(bucket.bucket_name),
                model::AssetLabel(m_, placement.asset))
        .Label(other.bucket_name.range, "the other one");
  }
}

void Resolver::WarehousesOfEnvironments() {
  // Of each thing that belongs to one environment: whose it is, and where it is named. One report for each pair.
  using Thing = std::tuple<std::string_view, Symbol, Symbol, Symbol>;  // what, its name, account and region
  std::map<Thing, std::pair<model::EnvironmentId, Range>> first;
  std::set<std::pair<model::EnvironmentId, model::EnvironmentId>> reported;
  for (const model::EnvironmentId id : m_.environments.All()) {
    const model::Environment& row = m_.environments[id];
    if (!row.has_aws || row.poisoned) {
      continue;
    }
    const auto claim = [&](std::string_view what, const model::Name& name, Symbol account, Symbol region) {
      if (!name.has_value()) {
        return;
      }
      const auto [known, added] = first.try_emplace({what, name.text, account, region}, id, name.range);
      if (!added && known->second.first != id && reported.emplace(known->second.first, id).second) {
        emitter_
            .Report(kSharedWarehouse, name.range, m_.Text(m_.environments[known->second.first].name), m_.Text(row.name),
                    what, m_.Text(name))
            .Label(known->second.second, "the other one");
      }
    };
    claim("workgroup", row.aws.redshift.workgroup, row.aws.account.text, row.aws.region.text);
    claim("namespace", row.aws.redshift.namespace_name, row.aws.account.text, row.aws.region.text);
    claim("workgroup", row.aws.redshift.workgroup_id, Symbol(), Symbol());  // AWS makes it up: it is one everywhere
  }
}

void Resolver::OverlapsOfTables() {
  // By database, suffix and environment: who owns all tables, and who owns each.
  struct Owners {
    AssetId all;
    std::map<std::string, AssetId> tables;
  };

  // Redshift folds names to lower case; a schema that is not named is `public`.
  const auto schema_of = [&](const model::Asset& asset) {
    const bool unnamed = asset.kind == model::AssetKind::Redshift && !asset.schema.has_value();
    return unnamed ? std::string("public") : std::string(m_.Text(asset.schema));
  };
  const auto folded = [](const model::Asset& asset, std::string_view name) {
    return asset.kind == model::AssetKind::Redshift ? LowerCase(name) : std::string(name);
  };
  std::map<std::tuple<model::AssetKind, std::string, std::string, model::EnvironmentId>, Owners> databases;
  for (const PlacementId placement : r_.placements.All()) {
    const AssetId id = r_.placements[placement].asset;
    const model::Asset& asset = m_.assets[id];
    const bool redshift = asset.kind == model::AssetKind::Redshift;
    if ((asset.kind != model::AssetKind::Glue && !redshift) || !asset.product.has_value() || asset.poisoned) {
      continue;
    }
    Owners& owners = databases[{asset.kind, folded(asset, m_.Text(asset.database)), folded(asset, schema_of(asset)),
                                r_.placements[placement].environment}];
    const std::string what =
        (redshift ? "schema `" + schema_of(asset) + "` of Redshift database `" : std::string("Glue database `")) +
        std::string(m_.Text(asset.database)) + "`";
    if (owners.all.has_value()) {
      ReportOverlap(owners.all, id, what);
    }
    if (asset.all_tables) {
      for (const auto& [table, other] : owners.tables) {
        ReportOverlap(other, id, what);
      }
      owners.all = id;
      continue;
    }
    const auto [known, added] = owners.tables.try_emplace(folded(asset, m_.Text(asset.table)), id);
    if (!added) {
      ReportOverlap(known->second, id, what + ", table `" + std::string(m_.Text(asset.table)) + "`");
    }
  }
}

void Resolver::ReportOverlap(AssetId one, AssetId other, std::string_view what) {
  const AssetId first = std::min(one, other);
  const AssetId second = std::max(one, other);
  const model::ProductId owner = m_.assets[first].product;
  const model::ProductId rival = m_.assets[second].product;
  // A product that is declared twice has been reported.
  if (owner == rival || m_.products[owner].poisoned || m_.products[rival].poisoned) {
    return;
  }
  // A whole bucket, and each later asset, meets a product once.
  const bool whole = m_.assets[first].whole_bucket;
  if (overlaps_.contains({second, owner}) || (whole && overlaps_.contains({first, rival}))) {
    return;
  }
  overlaps_.emplace(second, owner);
  if (whole) {
    overlaps_.emplace(first, rival);
  }
  const auto place = [&](const model::Asset& row) { return row.path.has_value() ? row.path.range : row.range; };
  emitter_
      .Report(kAssetsOverlap, place(m_.assets[second]), model::AssetLabel(m_, first), model::AssetLabel(m_, second),
              what)
      .Label(place(m_.assets[first]), "the other one");
}

void Resolver::DatabaseNames() {
  // One environment stands for all: the template treats them alike.
  const std::string environment(m_.environments.size() == 0 ? "environment"
                                                            : m_.Text(m_.environments[model::EnvironmentId(0)].name));
  std::map<std::string, AssetId> names;
  for (const AssetId id : m_.assets.All()) {
    const model::Asset& asset = m_.assets[id];
    if (asset.kind != model::AssetKind::Glue || !asset.database.has_value()) {
      continue;
    }
    const std::array<model::NamingValue, 4> values = {{{"prefix", m_.Text(m_.workspace.naming.prefix)},
                                                       {"account", m_.Text(m_.workspace.naming.account)},
                                                       {"environment", environment},
                                                       {"database", m_.Text(asset.database)}}};
    const auto filled = model::FillTemplate(m_.workspace.naming.glue_database, values);
    if (!filled) {
      continue;
    }
    const std::string suffix = asset.schema.has_value() ? "__" + std::string(m_.Text(asset.schema)) : "";
    const std::string name = LowerCase(*filled + suffix);
    const auto [known, added] = names.try_emplace(name, id);
    const model::Asset& other = m_.assets[known->second];
    if (!added && (other.database.text != asset.database.text || other.schema.text != asset.schema.text)) {
      emitter_.Report(kDatabaseNamesMeet, asset.database.range, DatabaseLabel(other), DatabaseLabel(asset), name)
          .Label(other.database.range, "the other one")
          .Hint("rename one of the two databases or suffixes");
    }
  }
}

std::string Resolver::DatabaseLabel(const model::Asset& asset) const {
  const std::string suffix = asset.schema.has_value() ? "` with suffix `" + std::string(m_.Text(asset.schema)) : "";
  return std::string(m_.Text(asset.database)) + suffix;
}

void Resolver::DatabaseLocations() {
  struct Located {
    AssetId asset;
    std::string uri;
  };

  std::map<std::tuple<Symbol, Symbol, model::EnvironmentId>, Located> located;
  std::set<AssetId> reported;
  for (const PlacementId id : r_.placements.All()) {
    const Placement& placement = r_.placements[id];
    const model::Asset& asset = m_.assets[placement.asset];
    if (asset.kind != model::AssetKind::Glue || !asset.database_path.has_value() || !placement.bucket.has_value()) {
      continue;
    }
    const std::string uri = "s3://" + std::string(m_.Text(m_.buckets[placement.bucket].bucket_name)) + "/" +
                            std::string(m_.Text(asset.database_path));
    const auto [known, added] = located.try_emplace({asset.database.text, asset.schema.text, placement.environment},
                                                    Located{placement.asset, uri});
    if (!added && known->second.uri != uri && reported.insert(placement.asset).second) {
      emitter_.Report(kDatabasePathsDiffer, asset.database_path.range, m_.Text(asset.database), known->second.uri, uri)
          .Label(m_.assets[known->second.asset].database_path.range, "the other one");
    }
  }
}

}  // namespace dpc::resolve
