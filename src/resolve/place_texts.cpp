#include <cstring>

#include "resolve/places.h"

namespace dpc::resolve {

std::string_view CopyOf(std::string_view text, std::pmr::memory_resource& memory) {
  auto* copy = static_cast<char*>(memory.allocate(text.size() + 1, 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

PlaceTexts::PlaceTexts(const model::Model& model, const Resolved& resolved) {
  begins_.reserve(resolved.placements.size() + 1);
  begins_.push_back(0);
  for (const PlacementId placement : resolved.placements.All()) {
    for (const std::string& place : PlacesOf(model, resolved, placement)) {
      texts_.push_back(CopyOf(place, memory_));
    }
    begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
  }
}

}  // namespace dpc::resolve
