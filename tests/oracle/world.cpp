#include "world.h"

#include <algorithm>

#include "base/text.h"
#include "model/settings.h"

namespace dpc::oracle {
namespace {

void AddPlacements(const driver::Compilation& c, World& world) {
  for (const resolve::PlacementId id : c.resolved.placements.All()) {
    const resolve::Placement& placement = c.resolved.placements[id];
    const model::Asset& asset = c.model.assets[placement.asset];
    if (asset.kind == model::AssetKind::Glue) {
      world.tables.push_back({PlaceOf(c, placement.environment),
                              GlueDatabase(c, placement.asset, placement.environment),
                              asset.all_tables ? "anything" : std::string(c.model.Text(asset.table))});
    }
    if (placement.bucket.has_value() && asset.path.has_value()) {
      world.files.push_back({std::string(c.model.Text(c.model.buckets[placement.bucket].bucket_name)),
                             std::string(c.model.Text(asset.path))});
    }
  }
}

void AddEnvironment(const driver::Compilation& c, model::EnvironmentId environment, World& world) {
  world.environments.emplace_back(c.model.Text(c.model.environments[environment].name));
  if (!c.model.environments[environment].has_aws) {
    return;
  }
  const model::AwsSettings aws = model::EffectiveAws(c.model, environment);
  const Place place = PlaceOf(c, environment);
  const bool managed = aws.owns_resource_policies.value_or(false);
  if (managed) {
    world.managed_catalogs.insert(place);
  }
  for (const model::BucketId id : c.model.environments[environment].buckets) {
    const model::Bucket& bucket = c.model.buckets[id];
    world.buckets.push_back(
        {std::string(c.model.Text(bucket.bucket_name)), std::string(c.model.Text(bucket.key)), place, managed});
  }
  for (const model::NameId name : aws.assumed_by.pod_identity_accounts) {
    world.pods.push_back({std::string(c.model.Text(aws.assumed_by.pod_identity_cluster)),
                          std::string(c.model.Text(c.model.names[name]))});
  }
}

void AddProducts(const driver::Compilation& c, World& world) {
  const model::Naming& naming = c.model.workspace.naming;
  for (const access::RoleId id : c.access.roles.All()) {
    const access::Role& role = c.access.roles[id];
    const auto fill = [&](std::string_view text) { return FillProduct(c, text, role.product, role.environment); };
    const model::BucketId bucket = c.resolved.environment_default_bucket[role.environment.index()];
    world.products.push_back(
        {PlaceOf(c, role.environment), std::string(c.model.Text(c.model.environments[role.environment].name)),
         WorkerName(c, role.product), fill(naming.role), fill(naming.workgroup), fill(naming.parameter_path),
         bucket.has_value() ? std::string(c.model.Text(c.model.buckets[bucket].bucket_name)) : "",
         fill(naming.results_path)});
  }
}

}  // namespace

Place World::OwnerOf(std::string_view bucket, const Place& otherwise) const {
  const auto found =
      std::find_if(buckets.begin(), buckets.end(), [&](const BucketPlace& place) { return place.name == bucket; });
  return found == buckets.end() ? otherwise : found->place;
}

bool World::IsManagedElsewhere(const std::string& arn, const Place& home) const {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 6) {
    return false;
  }
  const auto elsewhere = [&](const auto& fits) {
    return std::any_of(buckets.begin(), buckets.end(), [&](const BucketPlace& bucket) {
      return bucket.managed && bucket.place.account != home.account && fits(bucket);
    });
  };
  if (parts[2] == "s3" && parts[4].empty()) {
    return elsewhere([&](const BucketPlace& bucket) { return bucket.name == Split(parts[5], '/').front(); });
  }
  if (parts[2] == "glue") {
    const Place catalog = {std::string(parts[1]), std::string(parts[3]), std::string(parts[4])};
    return catalog.account != home.account && managed_catalogs.contains(catalog);
  }
  return elsewhere([&](const BucketPlace& bucket) { return bucket.key == arn; });
}

World WorldOf(const driver::Compilation& c) {
  World world;
  for (const model::EnvironmentId environment : c.model.environments.All()) {
    AddEnvironment(c, environment, world);
  }
  AddPlacements(c, world);
  AddProducts(c, world);
  for (const model::TeamId team : c.model.teams.All()) {
    if (c.model.teams[team].permission_set.has_value()) {
      world.permission_sets.emplace_back(c.model.Text(c.model.teams[team].permission_set));
    }
  }
  return world;
}

}  // namespace dpc::oracle
