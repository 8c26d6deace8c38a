#include <cstring>

#include "resolve/places.h"

namespace dpc::resolve {

PlaceTexts::PlaceTexts(const model::Model& model, const Resolved& resolved) {
  begins_.reserve(resolved.placements.size() + 1);
  begins_.push_back(0);
  for (const PlacementId placement : resolved.placements.All()) {
    for (const std::string& place : PlacesOf(model, resolved, placement)) {
      auto* text = static_cast<char*>(memory_.allocate(place.size() + 1, 1));
      std::memcpy(text, place.data(), place.size());
      texts_.emplace_back(text, place.size());
    }
    begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
  }
}

}  // namespace dpc::resolve
