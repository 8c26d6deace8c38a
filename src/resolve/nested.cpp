// Assets of one product may lie in one another. Within bounds.
#include <unordered_map>

#include "resolve/places.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

// Pairs are looked at where assets lie at one place: their number stays in proportion to the declarations.
void Resolver::Crowds() {
  for (const model::ProductId product : m_.products.All()) {
    const auto& assets = r_.product_assets[product.index()];
    if (assets.size() <= kMostAtOnePlace || m_.products[product].poisoned) {
      continue;
    }
    std::unordered_map<std::string, std::size_t> count;
    for (const model::AssetId asset : assets) {
      for (const AssetPlace& place : PlacesOf(m_, r_, asset)) {
        // By environment: a bucket that two of them share is an error of its own.
        const std::string key =
            place.text + std::to_string(place.environment.has_value() ? place.environment.index() : 0);
        if (++count[key] == kMostAtOnePlace + 1) {
          ReportCrowd(asset, place.text);
          return;
        }
      }
    }
  }
}

void Resolver::ReportCrowd(model::AssetId asset, std::string_view place) {
  const model::Asset& row = m_.assets[asset];
  emitter_
      .Report(kTooManyAtOnePlace, row.path.has_value() ? row.path.range : row.range,
              Quote(m_.products[row.product].name), kMostAtOnePlace, place)
      .Hint("declare the data once, and offer it by several ports where that is meant");
}

}  // namespace dpc::resolve
