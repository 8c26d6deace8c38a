#include "backend/aws/asset_names.h"

#include "backend/aws/names.h"
#include "backend/aws/rights.h"

namespace dpc::backend::aws {
namespace {

std::string Named(const std::string& first, std::size_t more) {
  return "asset " + first + (more == 0 ? "" : " and " + std::to_string(more) + " more");
}

}  // namespace

std::string PlacementLabel(const Input& input, const resolve::Placement& placement) {
  return "`" + model::AssetLabel(input.model, placement.asset) + "` (" +
         std::string(input.model.Text(input.model.environments[placement.environment].name)) + ")";
}

std::string TableArn(const Input& input, const resolve::Placement& placement) {
  DiagnosticList unused;
  Emitter emitter(unused);
  Once once;
  const Naming names(input, placement.environment, once, emitter);
  const model::Asset& asset = input.model.assets[placement.asset];
  const std::string table = asset.all_tables ? "*" : std::string(input.model.Text(asset.table));
  return GlueArn(PlaceOf(input, placement.environment),
                 "table/" + names.GlueDatabase(placement.asset, placement.environment) + "/" + table);
}

AssetNames::AssetNames(const Input& input) {
  for (const resolve::PlacementId id : input.resolved.placements.All()) {
    const resolve::Placement& placement = input.resolved.placements[id];
    const model::Asset& asset = input.model.assets[placement.asset];
    if (!input.model.environments[placement.environment].has_aws) {
      continue;
    }
    const std::string label = PlacementLabel(input, placement);
    if (asset.kind == model::AssetKind::Glue) {
      tables_.try_emplace(TableArn(input, placement), label);
    }
    if (placement.bucket.has_value() && (asset.path.has_value() || asset.whole_bucket)) {
      const std::string path(input.model.Text(asset.path));
      const std::string bucket(input.model.Text(input.model.buckets[placement.bucket].bucket_name));
      folders_[bucket].try_emplace(path.empty() ? "" : path + "/", label);
    }
  }
}

std::string AssetNames::OfFolder(std::string_view bucket, std::string_view folder) const {
  const auto folders = folders_.find(bucket);
  if (folders == folders_.end()) {
    return "";
  }
  for (std::string above(folder);;) {
    if (const auto found = folders->second.find(above); found != folders->second.end()) {
      return Named(found->second, 0);
    }
    if (above.empty()) {
      break;
    }
    above.pop_back();
    above.resize(above.rfind('/') == std::string::npos ? 0 : above.rfind('/') + 1);
  }
  const auto first = folders->second.lower_bound(std::string(folder));
  std::size_t count = 0;
  for (auto next = first; next != folders->second.end() && next->first.starts_with(folder); ++next) {
    ++count;
  }
  return count == 0 ? "" : Named(first->second, count - 1);
}

std::string AssetNames::OfTable(const std::string& arn) const {
  const auto found = tables_.find(arn);
  if (found != tables_.end()) {
    return Named(found->second, 0);
  }
  const auto whole = tables_.find(arn.substr(0, arn.rfind('/') + 1) + "*");
  return whole == tables_.end() ? "" : Named(whole->second, 0);
}

}  // namespace dpc::backend::aws
