#include "resolve/places.h"

#include <array>

#include "base/text.h"
#include "model/naming.h"
#include "model/settings.h"
#include "resolve/naming.h"

namespace dpc::resolve {
namespace {

using model::AssetKind;

class Writer {
 public:
  Writer(const model::Model& model, const Placement& placement)
      : m_(model), placement_(placement), asset_(model.assets[placement.asset]) {}

  std::vector<std::string> Places() const {
    std::vector<std::string> places;
    if (asset_.kind == AssetKind::Glue && asset_.database.has_value()) {
      places.push_back(Table());
    } else if (asset_.kind == AssetKind::Redshift) {
      places.push_back(Warehouse());
    }
    if (placement_.bucket.has_value() && (asset_.path.has_value() || asset_.whole_bucket)) {
      const std::string path(m_.Text(asset_.path));
      places.push_back("s3://" + Text(m_.buckets[placement_.bucket].bucket_name) + "/" +
                       (path.empty() ? "" : path + "/"));
    }
    return places;
  }

 private:
  std::string Text(const model::Name& name) const { return std::string(m_.Text(name)); }

  std::string AccountAndRegion() const {
    const model::AwsSettings aws = model::EffectiveAws(m_, placement_.environment);
    return Text(aws.account) + "/" + Text(aws.region) + "/";
  }

  // As the back end names it: Glue and Athena ignore case.
  std::string Table() const {
    const std::array<model::NamingValue, 4> values = {
        {{"prefix", m_.Text(m_.workspace.naming.prefix)},
         {"account", m_.Text(m_.workspace.naming.account)},
         {"environment", m_.Text(m_.environments[placement_.environment].name)},
         {"database", m_.Text(asset_.database)}}};
    std::string database = model::FillTemplate(m_.workspace.naming.glue_database, values).value_or("");
    database += asset_.schema.has_value() ? "__" + Text(asset_.schema) : "";
    return "glue://" + model::PartitionOf(m_, placement_.environment) + "/" + AccountAndRegion() + LowerCase(database) +
           "/" + (asset_.table.has_value() && !asset_.all_tables ? LowerCase(Text(asset_.table)) + "/" : "");
  }

  // Redshift folds names to lower case; a schema that is not named is `public`.
  std::string Warehouse() const {
    const model::AwsSettings& aws = m_.environments[placement_.environment].aws;
    const std::string schema = asset_.schema.has_value() ? Text(asset_.schema) : "public";
    return "redshift://" + AccountAndRegion() + Text(aws.redshift.workgroup) + "/" + LowerCase(Text(asset_.database)) +
           "/" + LowerCase(schema) + "/" +
           (asset_.table.has_value() && !asset_.all_tables ? LowerCase(Text(asset_.table)) + "/" : "");
  }

  const model::Model& m_;
  const Placement& placement_;
  const model::Asset& asset_;
};

// Of an asset that no environment of AWS holds.
std::string PlaceOnPlatform(const model::Model& m, const model::Asset& asset) {
  std::string place = std::string(model::AssetKindName(asset.kind)) + ":///";
  for (const model::Name* part : {&asset.database, &asset.schema, &asset.table, &asset.path}) {
    place += part->has_value() ? std::string(m.Text(*part)) + "/" : "";
  }
  return place;
}

}  // namespace

std::vector<std::string> PlacesOf(const model::Model& model, const Resolved& resolved, PlacementId placement) {
  return Writer(model, resolved.placements[placement]).Places();
}

std::string ResultsPlace(const model::Model& model, const Resolved& resolved, model::ProductId product,
                         model::EnvironmentId environment) {
  const model::BucketId bucket = resolved.environment_default_bucket[environment.index()];
  if (!model.products[product].services.Has(model::Service::Athena) || !bucket.has_value()) {
    return "";
  }
  const auto path = FillForProduct(model, resolved, model.workspace.naming.results_path, product,
                                   model.Text(model.environments[environment].name));
  return path ? "s3://" + std::string(model.Text(model.buckets[bucket].bucket_name)) + "/" + *path + "/" : "";
}

std::vector<std::string> StatePlaces(const model::Model& model) {
  const model::TerraformSettings& terraform = model.workspace.terraform;
  if (!terraform.state_bucket.has_value()) {
    return {};
  }
  const std::string bucket = "s3://" + std::string(model.Text(terraform.state_bucket)) + "/";
  if (terraform.state_prefix.has_value()) {
    return {bucket + std::string(model.Text(terraform.state_prefix)) + "/"};
  }
  // As the back ends name their roots, which ask whether they are among these (backend/state.cpp).
  std::vector<std::string> places = {bucket + "conveyor/"};
  for (const model::EnvironmentId id : model.environments.All()) {
    const std::string root = bucket + std::string(model.Text(model.environments[id].name));
    places.push_back(root + "/");
    places.push_back(root + "-resource-policies/");
  }
  return places;
}

std::string_view PlaceAround(std::string_view place) {
  const std::size_t scheme = place.find("://") + 3;
  if (place.size() <= scheme) {
    return "";
  }
  const std::size_t slash = place.rfind('/', place.size() - 2);
  return slash == std::string_view::npos || slash < scheme ? std::string_view() : place.substr(0, slash + 1);
}

PlaceMap::PlaceMap(const model::Model& model, const Resolved& resolved) {
  for (const PlacementId id : resolved.placements.All()) {
    const Placement& row = resolved.placements[id];
    if (!model.assets[row.asset].poisoned) {
      for (std::string& place : PlacesOf(model, resolved, id)) {
        all_[std::move(place)].push_back({row.asset, row.environment});
      }
    }
  }
  for (const model::AssetId id : model.assets.All()) {
    const model::Asset& asset = model.assets[id];
    const bool elsewhere =
        asset.kind != AssetKind::S3 && asset.kind != AssetKind::Glue && asset.kind != AssetKind::Redshift;
    if (elsewhere && !asset.poisoned) {
      all_[PlaceOnPlatform(model, asset)].push_back({id, model::EnvironmentId::None()});
    }
  }
}

std::vector<PlaceMap::Entry> PlaceMap::Holding(std::string_view place) const {
  std::vector<Entry> found;
  for (; !place.empty(); place = PlaceAround(place)) {
    if (const auto at = all_.find(place); at != all_.end()) {
      found.insert(found.end(), at->second.begin(), at->second.end());
    }
  }
  return found;
}

std::vector<PlaceMap::Entry> PlaceMap::Overlapping(std::string_view place) const {
  std::vector<Entry> found = Holding(place);
  for (auto at = all_.upper_bound(place); at != all_.end() && LiesIn(at->first, place); ++at) {
    found.insert(found.end(), at->second.begin(), at->second.end());
  }
  return found;
}

}  // namespace dpc::resolve
