#include <algorithm>

#include "resolve/places.h"

namespace dpc::resolve {

PlaceMap::PlaceMap(const model::Model& model, const Resolved& resolved) {
  for (const model::AssetId id : model.assets.All()) {
    if (model.assets[id].poisoned) {
      continue;
    }
    for (AssetPlace& place : PlacesOf(model, resolved, id)) {
      all_[std::move(place.text)].push_back({id, place.environment});
    }
  }
}

std::vector<PlaceMap::Entry> PlaceMap::Holding(std::string_view place) const {
  std::vector<Entry> found;
  for (; !place.empty(); place = PlaceAround(place)) {
    if (const auto at = all_.find(place); at != all_.end()) {
      found.insert(found.end(), at->second.begin(), at->second.end());
    }
  }
  return found;
}

std::vector<PlaceMap::Entry> PlaceMap::Overlapping(std::string_view place) const {
  std::vector<Entry> found = Holding(place);
  for (auto at = all_.upper_bound(place); at != all_.end() && LiesIn(at->first, place); ++at) {
    found.insert(found.end(), at->second.begin(), at->second.end());
  }
  return found;
}

namespace {

using Entries = std::vector<PlaceMap::Entry>;

// Each once, whatever environments; no more than count.
std::vector<model::AssetId> AssetsOf(const Entries& entries) {
  std::vector<model::AssetId> assets;
  for (const PlaceMap::Entry& entry : entries) {
    if ((assets.empty() || assets.back() != entry.asset) && assets.size() < kMostAtOnePlace) {
      assets.push_back(entry.asset);
    }
  }
  return assets;
}

}  // namespace

std::vector<Nested> PlaceMap::AllNested() const {
  std::vector<Nested> found;
  // In the order of texts, what a place holds follows it; the stack holds the places around the present one.
  std::vector<std::pair<std::string_view, std::vector<model::AssetId>>> around;
  for (const auto& [text, entries] : all_) {
    while (!around.empty() && !LiesIn(text, around.back().first)) {
      around.pop_back();
    }
    around.emplace_back(text, AssetsOf(entries));
    for (const model::AssetId inner : around.back().second) {
      for (const auto& [place, assets] : around) {
        for (const model::AssetId outer : assets) {
          if (inner != outer) {
            found.push_back({inner, outer, place == text});
          }
        }
      }
    }
  }
  // Of a pair that is met several times, the one at one place.
  std::sort(found.begin(), found.end(), [](const Nested& a, const Nested& b) {
    return std::tuple(a.inner, a.outer, !a.same_place) < std::tuple(b.inner, b.outer, !b.same_place);
  });
  const auto same = [](const Nested& a, const Nested& b) { return a.inner == b.inner && a.outer == b.outer; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

}  // namespace dpc::resolve
