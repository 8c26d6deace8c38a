// Terraform's state says what the next apply does with every role: no product gets at it by its data or its queries.
#include <set>

#include "resolve/places.h"
#include "resolve/resolver.h"

namespace dpc::resolve {
namespace {

using Places = std::set<std::string, std::less<>>;

// One of them that lies at the place, in it or around it; "" when there is none, or no place.
std::string_view Meeting(const Places& places, std::string_view place) {
  if (place.empty()) {
    return "";
  }
  for (std::string_view around = place; !around.empty(); around = PlaceAround(around)) {
    if (const auto found = places.find(around); found != places.end()) {
      return *found;
    }
  }
  const auto inside = places.lower_bound(place);
  return inside != places.end() && LiesIn(*inside, place) ? std::string_view(*inside) : "";
}

}  // namespace

void Resolver::States() {
  const auto all = StatePlaces(m_);
  const Places states(all.begin(), all.end());
  if (states.empty()) {
    return;
  }
  std::set<model::AssetId> reported;
  for (const PlacementId id : r_.placements.All()) {
    const Placement& row = r_.placements[id];
    const bool there =
        row.bucket.has_value() && m_.buckets[row.bucket].bucket_name.text == m_.workspace.terraform.state_bucket.text;
    for (const std::string& place : there ? PlacesOf(m_, r_, id) : std::vector<std::string>()) {
      const std::string_view state = Meeting(states, place);
      if (!state.empty() && IsSound(row.asset) && reported.insert(row.asset).second) {
        ReportOverState(row.asset, state);
      }
    }
  }
  Places said;
  for (const model::ProductId product : m_.products.All()) {
    const model::Product& row = m_.products[product];
    if (row.poisoned || row.status == model::Status::Retired) {
      continue;
    }
    for (const EnvironmentRefId reference : r_.product_environments[product.index()]) {
      const std::string_view state = Meeting(states, ResultsPlace(m_, r_, product, r_.environment_refs[reference]));
      if (!state.empty() && said.emplace(state).second) {
        ReportResultsOverState(product, state);
      }
    }
  }
}

// What has been reported otherwise is no cause of its own.
bool Resolver::IsSound(model::AssetId asset) const {
  const model::Asset& row = m_.assets[asset];
  return !row.poisoned && row.product.has_value() && !m_.products[row.product].poisoned;
}

namespace {
constexpr std::string_view kStateHint = "give the state a bucket of its own, or a `prefix` where no data lies";
}  // namespace

void Resolver::ReportOverState(model::AssetId asset, std::string_view state) {
  const model::Asset& row = m_.assets[asset];
  emitter_
      .Report(kStateOverlaps, row.path.has_value() ? row.path.range : row.range,
              "asset `" + model::AssetLabel(m_, asset) + "`", state)
      .Label(m_.workspace.terraform.state_bucket.range, "where the state lies")
      .Hint(kStateHint);
}

void Resolver::ReportResultsOverState(model::ProductId product, std::string_view state) {
  const model::Name& name = m_.products[product].name;
  emitter_
      .Report(kStateOverlaps, m_.workspace.terraform.state_bucket.range, "the query results of " + Quote(name), state)
      .Label(name.range, "the product with Athena")
      .Hint(std::string(kStateHint) + "; or change `naming: {resultsPath: ...}`");
}

}  // namespace dpc::resolve
