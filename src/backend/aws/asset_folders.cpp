#include "backend/aws/asset_folders.h"

namespace dpc::backend::aws {

AssetFolders::Folders AssetFolders::List() const {
  const model::Model& m = input_.model;
  const model::BucketId bucket = input_.resolved.environment_default_bucket[environment_.index()];
  Folders folders;
  if (!bucket.has_value()) {
    return folders;
  }
  // By name: other environments may use the same bucket.
  const Symbol name = m.buckets[bucket].bucket_name.text;
  for (const resolve::PlacementId id : input_.resolved.placements.All()) {
    const resolve::Placement& placement = input_.resolved.placements[id];
    const model::Asset& asset = m.assets[placement.asset];
    if (placement.bucket.has_value() && m.buckets[placement.bucket].bucket_name.text == name &&
        (asset.path.has_value() || asset.whole_bucket)) {
      const std::string path(m.Text(asset.path));
      folders.try_emplace(path.empty() ? "" : path + "/", placement.asset);
    }
  }
  return folders;
}

model::AssetId AssetFolders::Overlapping(const std::string& path) {
  if (!folders_) {
    folders_ = List();
  }
  const std::string folder = path + "/";
  // "", "athena/", "athena/orders/": whatever holds the folder.
  for (std::size_t end = 0;; end = folder.find('/', end) + 1) {
    if (const auto found = folders_->find(folder.substr(0, end)); found != folders_->end()) {
      return found->second;
    }
    if (end == folder.size()) {
      break;
    }
  }
  const auto inside = folders_->lower_bound(folder);
  return inside != folders_->end() && inside->first.starts_with(folder) ? inside->second : model::AssetId::None();
}

}  // namespace dpc::backend::aws
