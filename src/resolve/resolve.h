// The door of `resolve`: every reference becomes an id, or is reported once (DPC3xxx) and reads as None.
// After this stage nobody looks up a name.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/symbol.h"
#include "diag/emitter.h"
#include "model/model.h"

namespace dpc::resolve {

using PlacementId = Id<struct PlacementTag>;
using AssetRefId = Id<struct AssetRefTag>;
using EnvironmentRefId = Id<struct EnvironmentRefTag>;

// One asset in one environment. Only assets and environments that fit exist here (the asset is declared for the
// environment and its bucket is known there).
struct Placement {
  model::AssetId asset;
  model::EnvironmentId environment;
  model::BucketId bucket;  // None: the asset has no files, or is of a platform without buckets
};

// What a principal of `assumedBy` is, when this repository knows: the role of a product in an environment, its IAM user
// there, or the role that Identity Center makes for a team's permission set.
struct Known {
  model::ProductId product;  // None: of a team
  model::EnvironmentId environment;
  bool is_user = false;
  model::TeamId team;
};

// What of other products lies at one of an asset's places, or in it.
struct Overlap {
  struct Rival {
    model::AssetId asset;
    std::string what;  // the place, for the message
  };

  model::AssetId around;
  std::vector<Rival> rivals;  // the first hundred
  std::size_t count = 0;      // of all
};

// Tables beside the model's stores: index N belongs to row N.
struct Resolved {
  std::vector<model::DomainId> product_domain;  // None: not declared or unknown
  std::vector<model::TeamId> product_owner;     // the product's, else its domain's; None with an owner_person
  std::vector<IdRange<EnvironmentRefId>> product_environments;
  std::vector<std::vector<model::AssetId>> product_assets;  // in document order
  std::vector<IdRange<EnvironmentRefId>> asset_environments;
  std::vector<IdRange<AssetRefId>> port_assets;         // in document order
  std::vector<model::PortId> input_port;                // None: unresolved
  std::vector<std::vector<model::InputId>> asset_from;  // lineage; meaningful when Asset::has_from
  std::vector<model::PortId> agreement_port;
  std::vector<model::ProductId> agreement_consumer;
  std::vector<model::PortId> port_successor;
  std::vector<IdRange<EnvironmentRefId>> environment_reads;  // canReadFrom, without itself, without repetition
  std::vector<model::BucketId> environment_default_bucket;   // None: has none
  std::vector<IdRange<PlacementId>> asset_placements;        // by environment, in environment order
  std::map<Symbol, Known> principals;                        // by ARN as written; those that are known
  std::vector<Overlap> overlaps;                             // reported

  Store<AssetRefId, model::AssetId> asset_refs;
  Store<EnvironmentRefId, model::EnvironmentId> environment_refs;
  Store<PlacementId, Placement> placements;

  // The placement of an asset in an environment, or None.
  PlacementId Find(model::AssetId asset, model::EnvironmentId environment) const;
};

// Fills Asset::product of portal data outputs, and counts what an incomplete model leaves open.
Resolved Resolve(model::Model& model, Emitter& emitter);

// Reports overlaps (DPC3016), each once: at the asset that holds the others, but at one that is new in a change (by
// `is_new`; null: nobody knows) where the one that holds it was there before.
void ReportOverlaps(const model::Model& model, const std::vector<Overlap>& overlaps,
                    const std::function<bool(model::AssetId)>& is_new, Emitter& emitter);

}  // namespace dpc::resolve
