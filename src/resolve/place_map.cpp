#include <algorithm>

#include "resolve/places.h"

namespace dpc::resolve {

PlaceMap::PlaceMap(const model::Model& model, const Resolved& resolved)
    : own_texts_(std::make_unique<PlaceTexts>(model, resolved)) {
  Fill(model, resolved, *own_texts_);
}

PlaceMap::PlaceMap(const model::Model& model, const Resolved& resolved, const PlaceTexts& texts) {
  Fill(model, resolved, texts);
}

void PlaceMap::Fill(const model::Model& model, const Resolved& resolved, const PlaceTexts& texts) {
  std::vector<Lying> found;
  for (const model::AssetId id : model.assets.All()) {
    if (model.assets[id].poisoned) {
      continue;
    }
    for (const PlacementId placement : resolved.asset_placements[id.index()]) {
      for (const std::string_view text : texts.Of(placement)) {
        found.push_back({text, {id, resolved.placements[placement].environment}});
      }
    }
    if (resolved.asset_placements[id.index()].empty()) {
      for (const std::string& text : PlacesOfUnplaced(model, id)) {
        found.push_back({CopyOf(text, memory_), {id, model::EnvironmentId::None()}});
      }
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Lying& a, const Lying& b) { return a.first < b.first; });
  Group(found);
}

// What lies at one place stands side by side.
void PlaceMap::Group(const std::vector<Lying>& found) {
  entries_.reserve(found.size());
  for (const auto& [text, entry] : found) {
    entries_.push_back(entry);
    if (all_.empty() || all_.back().text != text) {
      all_.push_back({text, {&entries_.back(), 1}});
    } else {
      all_.back().entries = {all_.back().entries.data(), all_.back().entries.size() + 1};
    }
  }
}

std::span<const PlaceMap::Place> PlaceMap::In(std::string_view place) const {
  const auto begin = std::lower_bound(all_.begin(), all_.end(), place,
                                      [](const Place& a, std::string_view text) { return a.text < text; });
  auto end = begin;
  while (end != all_.end() && LiesIn(end->text, place)) {
    ++end;
  }
  return {begin, end};
}

const PlaceMap::Place* PlaceMap::Find(std::string_view place) const {
  const auto at = std::lower_bound(all_.begin(), all_.end(), place,
                                   [](const Place& a, std::string_view text) { return a.text < text; });
  return at == all_.end() || at->text != place ? nullptr : &*at;
}

std::vector<PlaceMap::Entry> PlaceMap::Holding(std::string_view place) const {
  std::vector<Entry> found;
  for (; !place.empty(); place = PlaceAround(place)) {
    if (const Place* at = Find(place)) {
      found.insert(found.end(), at->entries.begin(), at->entries.end());
    }
  }
  return found;
}

std::vector<PlaceMap::Entry> PlaceMap::Overlapping(std::string_view place) const {
  std::vector<Entry> found = Holding(place);
  for (const Place& inner : In(place)) {
    if (inner.text != place) {
      found.insert(found.end(), inner.entries.begin(), inner.entries.end());
    }
  }
  return found;
}

namespace {

// Each once, whatever environments; no more than count.
std::vector<model::AssetId> AssetsOf(std::span<const PlaceMap::Entry> entries) {
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
