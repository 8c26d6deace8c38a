// What a right on one place opens besides. Private to this folder.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/tables/side.h"
#include "resolve/places.h"

namespace dpc::policy {

// Which ports offer what lies at or in a place: who reads that gets at their data, too.
class Openings {
 public:
  explicit Openings(const Side& side);

  // The readers of the placement get at the data of these ports. Lake Formation gives a guarded table without its
  // files.
  const std::vector<model::PortId>& By(resolve::PlacementId placement);

 private:
  std::vector<model::PortId> Find(resolve::PlacementId placement);
  const std::vector<model::PortId>& In(std::string_view place);

  const Side& side_;
  std::vector<std::vector<model::PortId>> offering_;                     // by asset
  std::vector<std::optional<std::vector<model::PortId>>> by_placement_;  // as far as asked for
  std::unordered_map<std::string_view, std::vector<model::PortId>> by_place_;
};

}  // namespace dpc::policy
