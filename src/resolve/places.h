// Where data lies, as texts that can be compared across revisions and products: what lies inside of something begins
// with its text, and each ends in a slash. Absolute: two environments never share one unless they mean the same thing.
//
//   s3://acme-lake-prd/clean/orders/                         files; `s3://acme-lake-prd/` is the whole bucket
//   glue://aws/111122223333/eu-west-1/acme_prd_sales/orders/ a table; without the last part, all of a database
//   redshift://111122223333/eu-west-1/acme-prd/db/schema/t/  a table; without the last part, a schema
//   snowflake:///orders/clean/                               on platforms without placements: as the asset says it
//   s3:///clean/orders/, s3://{landing}/raw/                 likewise where no environment holds it: in the default
//                                                            bucket, in the one of this identifier
//
// Whatever asks what is in or around data asks here: overlaps of meaning, classes, owners, the ledger, policies.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::resolve {

// The places of an asset in an environment: of a Glue table its catalogue entry and its files.
std::vector<std::string> PlacesOf(const model::Model& model, const Resolved& resolved, PlacementId placement);

struct AssetPlace {
  std::string text;
  model::EnvironmentId environment;  // None: no environment holds the asset
};

// A copy that lives as long as the memory.
std::string_view CopyOf(std::string_view text, std::pmr::memory_resource& memory);

// Of an asset that no environment holds.
std::vector<std::string> PlacesOfUnplaced(const model::Model& model, model::AssetId asset);

// In all environments.
std::vector<AssetPlace> PlacesOf(const model::Model& model, const Resolved& resolved, model::AssetId asset);

// The places of all placements, each written once: for whoever goes through all of them, and again.
class PlaceTexts {
 public:
  PlaceTexts(const model::Model& model, const Resolved& resolved);

  std::span<const std::string_view> Of(PlacementId placement) const {
    return std::span(texts_).subspan(begins_[placement.index()],
                                     begins_[placement.index() + 1] - begins_[placement.index()]);
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;  // of texts
  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> begins_;  // in `texts_`, by PlacementId; one more at the end
};

// Where Athena writes what a product's people asked, and the answers: in the environment's default bucket. "" when the
// product has no Athena, or the environment no such bucket.
std::string ResultsPlace(const model::Model& model, const Resolved& resolved, model::ProductId product,
                         model::EnvironmentId environment);

// Where the states of the emitted Terraform roots lie: the folder that the workspace names, and with it the states of
// roots to come; without a folder one for each root. None when Terraform keeps its state elsewhere.
std::vector<std::string> StatePlaces(const model::Model& model);

// The next larger place: "s3://b/a/" of "s3://b/a/c/", "" when nothing is around it.
std::string_view PlaceAround(std::string_view place);

// `inner` is `outer` or lies in it.
inline bool LiesIn(std::string_view inner, std::string_view outer) {
  return inner.starts_with(outer);
}

// So many assets at one place are looked at in pairs: more are an error (DPC3035 of one product, DPC3016 of several).
inline constexpr std::size_t kMostAtOnePlace = 100;

struct Nested {
  model::AssetId inner;
  model::AssetId outer;
  bool same_place = false;  // both at one place, in some environment
};

// What lies where, in one revision. Lookups cost as many steps as the place has parts, and as many as are found.
class PlaceMap {
 public:
  PlaceMap(const model::Model& model, const Resolved& resolved);
  // With texts that are there already, and outlive the map.
  PlaceMap(const model::Model& model, const Resolved& resolved, const PlaceTexts& texts);

  struct Entry {
    model::AssetId asset;
    model::EnvironmentId environment;
  };

  struct Place {
    std::string_view text;
    std::span<const Entry> entries;  // by asset, then environment
  };

  // What lies at the place, in it, or around it.
  std::vector<Entry> Overlapping(std::string_view place) const;
  // What lies at the place or around it: who has that has the place.
  std::vector<Entry> Holding(std::string_view place) const;

  // Every pair of assets of which one lies where the other does, or in it, in whatever environments: each pair once, by
  // inner, then outer; of two at one place each is in the other.
  std::vector<Nested> AllNested() const;

  // By text, each once.
  const std::vector<Place>& all() const { return all_; }

  // Where exactly this is; null: nothing is.
  const Place* Find(std::string_view place) const;
  // The place itself, when something lies there, and all in it.
  std::span<const Place> In(std::string_view place) const;

 private:
  using Lying = std::pair<std::string_view, Entry>;

  void Fill(const model::Model& model, const Resolved& resolved, const PlaceTexts& texts);
  void Group(const std::vector<Lying>& found);

  std::unique_ptr<PlaceTexts> own_texts_;
  std::pmr::monotonic_buffer_resource memory_;  // of texts of what no environment holds
  std::vector<Entry> entries_;
  std::vector<Place> all_;
};

}  // namespace dpc::resolve
