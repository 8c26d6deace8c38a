#include "resolve/places.h"

#include <array>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "model/naming.h"
#include "model/settings.h"
#include "resolve/naming.h"

namespace dpc::resolve {
namespace {

using model::AssetKind;

// What the places of an environment have in common.
struct Common {
  std::string partition;
  std::string account_and_region;
};

Common CommonOf(const model::Model& m, model::EnvironmentId environment) {
  const model::AwsSettings aws = model::EffectiveAws(m, environment);
  std::string where(m.Text(aws.account));
  where.append("/").append(m.Text(aws.region)).append("/");
  return {model::PartitionOf(m, environment), std::move(where)};
}

void AppendLowerCase(std::string& text, std::string_view part) {
  for (const char c : part) {
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

class Writer {
 public:
  // `common`: of the placement's environment; null: not known yet.
  Writer(const model::Model& model, const Placement& placement, const Common* common)
      : m_(model), placement_(placement), asset_(model.assets[placement.asset]), common_(common) {}

  // `text` is room to write in, for whoever asks often.
  template <class Take>
  void Places(std::string& text, const Take& take) {
    if (asset_.kind == AssetKind::Glue && asset_.database.has_value()) {
      Table(text);
      take(text);
    } else if (asset_.kind == AssetKind::Redshift) {
      Warehouse(text);
      take(text);
    }
    if (placement_.bucket.has_value() && (asset_.path.has_value() || asset_.whole_bucket)) {
      Files(text);
      take(text);
    }
  }

 private:
  std::string_view Text(const model::Name& name) const { return m_.Text(name); }

  const Common& InCommon() {
    if (common_ == nullptr) {
      common_ = &own_.emplace(CommonOf(m_, placement_.environment));
    }
    return *common_;
  }

  void Files(std::string& text) const {
    const std::string_view path = m_.Text(asset_.path);
    text.assign("s3://").append(m_.Text(m_.buckets[placement_.bucket].bucket_name)).append("/");
    if (!path.empty()) {
      text.append(path).append("/");
    }
  }

  // As the back end names it: Glue and Athena ignore case.
  void Table(std::string& text) {
    const std::array<model::NamingValue, 4> values = {
        {{"prefix", m_.Text(m_.workspace.naming.prefix)},
         {"account", m_.Text(m_.workspace.naming.account)},
         {"environment", m_.Text(m_.environments[placement_.environment].name)},
         {"database", m_.Text(asset_.database)}}};
    text.assign("glue://").append(InCommon().partition).append("/").append(InCommon().account_and_region);
    AppendLowerCase(text, model::FillTemplate(m_.workspace.naming.glue_database, values).value_or(""));
    if (asset_.schema.has_value()) {
      text.append("__");
      AppendLowerCase(text, Text(asset_.schema));
    }
    text.append("/");
    AppendTable(text);
  }

  // Redshift folds names to lower case; a schema that is not named is `public`.
  void Warehouse(std::string& text) {
    const model::AwsSettings& aws = m_.environments[placement_.environment].aws;
    text.assign("redshift://").append(InCommon().account_and_region).append(Text(aws.redshift.workgroup)).append("/");
    AppendLowerCase(text, Text(asset_.database));
    text.append("/");
    AppendLowerCase(text, asset_.schema.has_value() ? Text(asset_.schema) : "public");
    text.append("/");
    AppendTable(text);
  }

  void AppendTable(std::string& text) const {
    if (asset_.table.has_value() && !asset_.all_tables) {
      AppendLowerCase(text, Text(asset_.table));
      text.append("/");
    }
  }

  const model::Model& m_;
  const Placement& placement_;
  const model::Asset& asset_;
  const Common* common_;
  std::optional<Common> own_;
};

// Of an asset that no environment holds.
class Unplaced {
 public:
  Unplaced(const model::Model& model, const model::Asset& asset) : m_(model), asset_(asset) {}

  std::vector<std::string> Places() const {
    switch (asset_.kind) {
      case AssetKind::S3:
        return {Files()};
      case AssetKind::Glue:
        return asset_.path.has_value() ? std::vector{Table(), Files()} : std::vector{Table()};
      default:
        return {OnPlatform()};
    }
  }

 private:
  std::string Part(const model::Name& name) const { return name.has_value() ? std::string(m_.Text(name)) + "/" : ""; }

  std::string Files() const {
    const std::string bucket = asset_.bucket.has_value() ? "{" + std::string(m_.Text(asset_.bucket)) + "}" : "";
    return "s3://" + bucket + "/" + Part(asset_.path);
  }

  std::string Table() const {
    const std::string suffix = asset_.schema.has_value() ? "__" + std::string(m_.Text(asset_.schema)) : "";
    return LowerCase("glue:///" + std::string(m_.Text(asset_.database)) + suffix + "/" +
                     (asset_.all_tables ? "" : Part(asset_.table)));
  }

  std::string OnPlatform() const {
    return std::string(model::AssetKindName(asset_.kind)) + ":///" + Part(asset_.database) + Part(asset_.schema) +
           Part(asset_.table) + Part(asset_.path);
  }

  const model::Model& m_;
  const model::Asset& asset_;
};

}  // namespace

std::vector<std::string> PlacesOf(const model::Model& model, const Resolved& resolved, PlacementId placement) {
  std::vector<std::string> places;
  std::string text;
  Writer(model, resolved.placements[placement], nullptr).Places(text, [&](const std::string& place) {
    places.push_back(place);
  });
  return places;
}

std::string_view CopyOf(std::string_view text, std::pmr::memory_resource& memory) {
  auto* copy = static_cast<char*>(memory.allocate(text.size() + 1, 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

PlaceTexts::PlaceTexts(const model::Model& model, const Resolved& resolved) {
  std::vector<Common> common;
  for (const model::EnvironmentId id : model.environments.All()) {
    common.push_back(CommonOf(model, id));
  }
  begins_.reserve(resolved.placements.size() + 1);
  begins_.push_back(0);
  texts_.reserve(2 * resolved.placements.size());
  std::string text;
  for (const PlacementId id : resolved.placements.All()) {
    const Placement& placement = resolved.placements[id];
    Writer(model, placement, &common[placement.environment.index()]).Places(text, [&](const std::string& place) {
      texts_.push_back(CopyOf(place, memory_));
    });
    begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
  }
}

std::vector<AssetPlace> PlacesOf(const model::Model& model, const Resolved& resolved, model::AssetId asset) {
  std::vector<AssetPlace> places;
  for (const PlacementId placement : resolved.asset_placements[asset.index()]) {
    for (std::string& text : PlacesOf(model, resolved, placement)) {
      places.push_back({std::move(text), resolved.placements[placement].environment});
    }
  }
  if (resolved.asset_placements[asset.index()].empty()) {
    for (std::string& text : PlacesOfUnplaced(model, asset)) {
      places.push_back({std::move(text), model::EnvironmentId::None()});
    }
  }
  return places;
}

std::vector<std::string> PlacesOfUnplaced(const model::Model& model, model::AssetId asset) {
  return Unplaced(model, model.assets[asset]).Places();
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
  const std::size_t scheme = place.find("://");
  if (scheme == std::string_view::npos) {
    return "";  // the name of something that holds nothing
  }
  const std::size_t slash = place.rfind('/', place.size() - 2);
  return slash == std::string_view::npos || slash < scheme + 3 ? std::string_view() : place.substr(0, slash + 1);
}

}  // namespace dpc::resolve
