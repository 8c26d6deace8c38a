#include "policy/tables/openings.h"

#include <algorithm>

#include "model/settings.h"

namespace dpc::policy {

Openings::Openings(const Side& side)
    : side_(side), offering_(side.m().assets.size()), by_placement_(side.r().placements.size()) {
  for (const model::PortId port : SoundRows(side.m().ports)) {
    for (const auto reference : side.r().port_assets[port.index()]) {
      offering_[side.r().asset_refs[reference].index()].push_back(port);
    }
  }
}

const std::vector<model::PortId>& Openings::By(resolve::PlacementId placement) {
  std::optional<std::vector<model::PortId>>& known = by_placement_[placement.index()];
  if (!known) {
    known = Find(placement);
  }
  return *known;
}

std::vector<model::PortId> Openings::Find(resolve::PlacementId id) {
  const resolve::Placement& placement = side_.r().placements[id];
  const bool guarded = model::IsGuarded(side_.m(), placement.environment, placement.asset);
  std::vector<model::PortId> ports;
  for (const std::string_view place : side_.place_texts().Of(id)) {
    if (!guarded || !place.starts_with("s3:")) {
      const std::vector<model::PortId>& there = In(place);
      ports.insert(ports.end(), there.begin(), there.end());
    }
  }
  return ports;
}

const std::vector<model::PortId>& Openings::In(std::string_view place) {
  const auto [known, added] = by_place_.try_emplace(place);
  std::vector<model::PortId>& ports = known->second;
  if (!added) {
    return ports;
  }
  for (const resolve::PlaceMap::Place& at : side_.places().In(place)) {
    for (const resolve::PlaceMap::Entry& entry : at.entries) {
      const std::vector<model::PortId>& offering = offering_[entry.asset.index()];
      ports.insert(ports.end(), offering.begin(), offering.end());
    }
  }
  std::sort(ports.begin(), ports.end());
  ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
  return ports;
}

}  // namespace dpc::policy
