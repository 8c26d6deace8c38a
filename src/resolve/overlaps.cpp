// Two products never own one place: prefixes of a bucket, Glue tables, names of Glue databases.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "model/naming.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

using model::AssetId;

namespace {

// Related places of one finding; of the others it says how many they are.
constexpr std::size_t kShownRivals = 10;
constexpr std::size_t kKeptRivals = 100;
constexpr std::string_view kApart =
    "give each a place of its own; data that another product has is read by an input port";

}  // namespace

void Resolver::Overlaps() {
  BucketsOfEnvironments();
  WarehousesOfEnvironments();
  OverlapsOfFiles();
  OverlapsOfTables();
  resolve::ReportOverlaps(m_, r_.overlaps, nullptr, emitter_);
  DatabaseNames();
  DatabaseLocations();
}

namespace {

// Owners of one place, of the places around it, and what lies in it.
struct Owners {
  const OwnedPlace* place = nullptr;
  std::vector<const OwnedPlace*> at;
  std::vector<const OwnedPlace*> inside;
};

// As if there were a slash behind each: what a path holds follows it.
bool IsPathBefore(std::string_view a, std::string_view b) {
  const std::size_t both = std::min(a.size(), b.size());
  const int order = a.substr(0, both).compare(b.substr(0, both));
  if (order != 0 || a.size() == b.size()) {
    return order < 0;
  }
  const auto next = static_cast<unsigned char>(a.size() < b.size() ? b[both] : a[both]);
  return a.size() < b.size() ? next >= '/' : next < '/';
}

bool IsTextBefore(std::string_view a, std::string_view b) {
  return a < b;
}

// The order of symbols by their texts, as numbers: few are compared, and each once. None comes first.
class Ranks {
 public:
  template <class Before>
  Ranks(const OwnedPlaces& places, Symbol OwnedPlace::*part, const Before& before) : ranks_(places.texts->size() + 1) {
    std::vector<std::pair<std::string_view, Symbol>> known;
    for (const OwnedPlace& place : places.all) {
      if ((place.*part).has_value() && std::exchange(ranks_[(place.*part).index()], 1) == 0) {
        known.emplace_back(places.texts->Text(place.*part), place.*part);
      }
    }
    std::sort(known.begin(), known.end(), [&](const auto& a, const auto& b) { return before(a.first, b.first); });
    for (std::size_t i = 0; i < known.size(); ++i) {
      ranks_[known[i].second.index()] = static_cast<std::uint32_t>(i + 1);
    }
  }

  std::uint32_t Of(Symbol symbol) const { return symbol.has_value() ? ranks_[symbol.index()] : 0; }

 private:
  std::vector<std::uint32_t> ranks_;
};

// In this order, what a place holds follows it.
void SortPlaces(OwnedPlaces& places) {
  const Ranks spaces(places, &OwnedPlace::space, IsTextBefore);
  const Ranks paths(places, &OwnedPlace::path, IsPathBefore);
  const auto key = [&](const OwnedPlace& place) {
    return std::tuple(spaces.Of(place.space), paths.Of(place.path), place.asset);
  };
  std::sort(places.all.begin(), places.all.end(),
            [&](const OwnedPlace& a, const OwnedPlace& b) { return key(a) < key(b); });
}

bool Holds(const SymbolTable& texts, const OwnedPlace& outer, const OwnedPlace& inner) {
  if (outer.space != inner.space || outer.path == inner.path || !outer.path.has_value()) {
    return outer.space == inner.space;
  }
  const std::string_view around = texts.Text(outer.path);
  const std::string_view path = texts.Text(inner.path);
  return path.size() > around.size() && path.starts_with(around) && path[around.size()] == '/';
}

}  // namespace

// Each overlap once, at the asset whose place holds the others: as many findings as places, whatever lies in them.
void Resolver::FindOverlaps(OwnedPlaces places) {
  std::erase_if(places.all,
                [&](const OwnedPlace& place) { return m_.products[m_.assets[place.asset].product].poisoned; });
  SortPlaces(places);
  std::map<AssetId, std::vector<const OwnedPlace*>> held;
  // The places around the present one.
  std::vector<Owners> around;
  const auto close = [&] {
    const Owners& owners = around.back();
    if (owners.at.size() + owners.inside.size() > 1) {
      // Of several at one place, the one that is declared last is said to be too many.
      std::vector<const OwnedPlace*>& others = held[owners.at.back()->asset];
      for (const auto* list : {&owners.at, &owners.inside}) {
        others.insert(others.end(), list->begin(), list->end());
      }
    }
    around.pop_back();
  };
  for (const OwnedPlace& place : places.all) {
    while (!around.empty() && !Holds(*places.texts, *around.back().place, place)) {
      close();
    }
    for (Owners& outer : around) {
      if (outer.place->path != place.path) {
        outer.inside.push_back(&place);
      }
    }
    if (around.empty() || around.back().place->path != place.path) {
      around.push_back({&place, {}, {}});
    }
    around.back().at.push_back(&place);
  }
  while (!around.empty()) {
    close();
  }
  for (const auto& [asset, others] : held) {
    KeepOverlap(asset, others, places);
  }
}

void Resolver::OverlapsOfFiles() {
  OwnedPlaces places;
  places.texts = m_.symbols;
  places.what = [&](const OwnedPlace& place) {
    return "s3://" + std::string(m_.symbols->Text(place.space)) + "/" + std::string(m_.symbols->Text(place.path)) +
           (place.path.has_value() ? "/" : "");
  };
  for (const PlacementId id : r_.placements.All()) {
    const Placement& placement = r_.placements[id];
    const model::Asset& asset = m_.assets[placement.asset];
    const bool has_path = asset.path.has_value() || asset.whole_bucket;
    if (placement.bucket.has_value() && has_path && asset.product.has_value()) {
      places.all.push_back({m_.buckets[placement.bucket].bucket_name.text, asset.path.text, placement.asset});
    }
  }
  FindOverlaps(std::move(places));
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
        .Label(other.bucket_name.range, "the other one")
        .Hint("give each environment a bucket of its own");
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
            .Label(known->second.second, "the other one")
            .Hint("give each environment a " + std::string(what) + " of its own");
      }
    };
    claim("workgroup", row.aws.redshift.workgroup, row.aws.account.text, row.aws.region.text);
    claim("namespace", row.aws.redshift.namespace_name, row.aws.account.text, row.aws.region.text);
    claim("workgroup", row.aws.redshift.workgroup_id, Symbol(), Symbol());  // AWS makes it up: it is one everywhere
  }
}

void Resolver::OverlapsOfTables() {
  // Redshift folds names to lower case; a schema that is not named is `public`.
  const auto schema_of = [&](const model::Asset& asset) {
    const bool unnamed = asset.kind == model::AssetKind::Redshift && !asset.schema.has_value();
    return unnamed ? std::string("public") : std::string(m_.Text(asset.schema));
  };
  SymbolTable texts;
  OwnedPlaces places;
  places.texts = &texts;
  places.what = [&](const OwnedPlace& place) {
    const model::Asset& asset = m_.assets[place.asset];
    const std::string what = asset.kind == model::AssetKind::Redshift
                                 ? "schema `" + schema_of(asset) + "` of Redshift database `"
                                 : std::string("Glue database `");
    return what + std::string(m_.Text(asset.database)) + "`" +
           (asset.all_tables ? "" : ", table `" + std::string(m_.Text(asset.table)) + "`");
  };
  std::string space;
  for (const PlacementId placement : r_.placements.All()) {
    const AssetId id = r_.placements[placement].asset;
    const model::Asset& asset = m_.assets[id];
    const bool redshift = asset.kind == model::AssetKind::Redshift;
    if ((asset.kind != model::AssetKind::Glue && !redshift) || !asset.product.has_value() || asset.poisoned) {
      continue;
    }
    const auto folded = [&](std::string_view name) { return redshift ? LowerCase(name) : std::string(name); };
    space = redshift ? "redshift/" : "glue/";
    space += std::to_string(r_.placements[placement].environment.index());
    space += '/';
    space += folded(m_.Text(asset.database));
    space += '/';
    space += folded(schema_of(asset));
    const Symbol table = asset.all_tables ? Symbol() : texts.Intern(folded(m_.Text(asset.table)));
    places.all.push_back({texts.Intern(space), table, id});
  }
  FindOverlaps(std::move(places));
}

// `others` lie at one of the asset's places or in it, in whatever environments, and may be the asset itself.
void Resolver::KeepOverlap(AssetId asset, const std::vector<const OwnedPlace*>& others, const OwnedPlaces& places) {
  Overlap overlap{asset, {}, 0};
  std::set<AssetId> seen;
  for (const OwnedPlace* other : others) {
    if (m_.assets[other->asset].product == m_.assets[asset].product || !seen.insert(other->asset).second) {
      continue;
    }
    if (overlap.rivals.size() < kKeptRivals) {
      overlap.rivals.push_back({other->asset, places.what(*other)});
    }
    ++overlap.count;
  }
  if (overlap.count != 0) {
    r_.overlaps.push_back(std::move(overlap));
  }
}

namespace {

Range PlaceOf(const model::Asset& asset) {
  return asset.path.has_value() ? asset.path.range : asset.range;
}

// The one that is new comes to the front, and the one that holds it follows.
Overlap AtNewOne(const Overlap& overlap, const std::function<bool(AssetId)>& is_new) {
  const auto found = is_new == nullptr || is_new(overlap.around)
                         ? overlap.rivals.end()
                         : std::find_if(overlap.rivals.begin(), overlap.rivals.end(),
                                        [&](const Overlap::Rival& rival) { return is_new(rival.asset); });
  if (found == overlap.rivals.end()) {
    return overlap;
  }
  Overlap turned{found->asset, {{overlap.around, found->what}}, overlap.count};
  for (auto rival = overlap.rivals.begin(); rival != overlap.rivals.end(); ++rival) {
    if (rival != found) {
      turned.rivals.push_back(*rival);
    }
  }
  return turned;
}

// "; and so do 3 other assets", of those behind the first one.
std::string FurtherText(std::size_t further) {
  return further == 0   ? ""
         : further == 1 ? ", and so does 1 other asset"
                        : ", and so do " + std::to_string(further) + " other assets";
}

void ReportOne(const model::Model& m, const Overlap& overlap, Emitter& emitter) {
  const auto& rivals = overlap.rivals;
  const std::size_t shown = std::min(rivals.size(), kShownRivals);
  auto report = emitter.Report(kAssetsOverlap, PlaceOf(m.assets[overlap.around]), model::AssetLabel(m, overlap.around),
                               model::AssetLabel(m, rivals[0].asset), rivals[0].what + FurtherText(overlap.count - 1));
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t more = i + 1 == shown ? overlap.count - shown : 0;
    const std::string label = "`" + model::AssetLabel(m, rivals[i].asset) + "`" +
                              (more == 0 ? "" : ", and " + std::to_string(more) + " more");
    report.Label(PlaceOf(m.assets[rivals[i].asset]), overlap.count == 1 ? "the other one" : label);
  }
  report.Hint(kApart);
}

}  // namespace

void ReportOverlaps(const model::Model& model, const std::vector<Overlap>& overlaps,
                    const std::function<bool(AssetId)>& is_new, Emitter& emitter) {
  for (const Overlap& overlap : overlaps) {
    ReportOne(model, AtNewOne(overlap, is_new), emitter);
  }
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
          .Label(m_.assets[known->second.asset].database_path.range, "the other one")
          .Hint("say the same `databasePath` in both, or in one of them only");
    }
  }
}

}  // namespace dpc::resolve
