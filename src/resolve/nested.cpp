// Assets of one product may lie in one another: within bounds, and then a port that offers a folder, a bucket or all
// tables opens what lies inside, also what another port of the product offers to fewer people.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "model/settings.h"
#include "resolve/opened_ports.h"
#include "resolve/places.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

// Pairs are looked at where assets lie at one place: their number stays in proportion to the declarations.
void Resolver::Crowds() {
  for (const model::ProductId product : m_.products.All()) {
    if (r_.product_assets[product.index()].size() > kMostAtOnePlace && !m_.products[product].poisoned) {
      CrowdOf(product);
    }
  }
}

// The first one, if any.
void Resolver::CrowdOf(model::ProductId product) {
  struct Seen {
    std::size_t count = 0;
    model::AssetId last;  // an asset counts once, whatever environments
  };

  std::unordered_map<std::string, Seen> seen;
  for (const model::AssetId asset : r_.product_assets[product.index()]) {
    for (const AssetPlace& place : PlacesOf(m_, r_, asset)) {
      Seen& here = seen[place.text];
      here.count += here.last != asset && !m_.assets[asset].poisoned ? 1 : 0;
      here.last = asset;
      if (here.count > kMostAtOnePlace) {
        ReportCrowd(asset, place.text);
        return;
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

namespace {

// The port's own class, else the highest of the products whose data it offers.
model::Classification ClassOf(const model::Model& m, const Resolved& r, model::PortId port) {
  const model::OutputPort& row = m.ports[port];
  if (row.classification != model::Classification::Unset || row.product.has_value()) {
    return row.classification != model::Classification::Unset ? row.classification
                                                              : m.products[row.product].classification;
  }
  model::Classification worst = model::Classification::Unset;
  for (const AssetRefId reference : r.port_assets[port.index()]) {
    const model::ProductId product = m.assets[r.asset_refs[reference]].product;
    worst = std::max(worst, product.has_value() ? m.products[product].classification : worst);
  }
  return worst;
}

bool IsMixed(const std::vector<Offered>& offers) {
  return std::any_of(offers.begin(), offers.end(), [&](const Offered& other) {
    return other.access != offers.front().access || other.classification != offers.front().classification;
  });
}

}  // namespace

void Resolver::OpenedPorts() {
  std::vector<std::vector<Offered>> by_product(m_.products.size());
  for (const model::PortId port : m_.ports.All()) {
    const model::OutputPort& row = m_.ports[port];
    const model::Classification classification = ClassOf(m_, r_, port);
    for (const AssetRefId reference : r_.port_assets[port.index()]) {
      const model::AssetId asset = r_.asset_refs[reference];
      if (!row.poisoned && IsSound(asset)) {
        by_product[m_.assets[asset].product.index()].push_back(
            {port, asset, row.access, classification, row.declassified.declared});
      }
    }
  }
  for (const model::ProductId product : m_.products.All()) {
    const std::vector<Offered>& offers = by_product[product.index()];
    if (m_.products[product].status != model::Status::Retired && IsMixed(offers)) {
      OpenedPortsOf(offers);
    }
  }
}

// One report for each offer, wherever its asset lies.
void Resolver::OpenedPortsOf(const std::vector<Offered>& offers) {
  std::vector<OfferedPlace> places;
  for (const Offered& offered : offers) {
    for (AssetPlace& place : PlacesOf(m_, r_, offered.asset)) {
      // Lake Formation gives a guarded table without its files.
      const bool guarded = place.environment.has_value() && place.text.starts_with("s3:") &&
                           model::IsGuarded(m_, place.environment, offered.asset);
      places.push_back({std::move(place.text), offered, !guarded});
    }
  }
  std::set<std::pair<model::PortId, model::AssetId>> reported;
  for (const Opening& opening : FindOpenings(std::move(places))) {
    if (reported.emplace(opening.outer.port, opening.outer.asset).second) {
      ReportOpening(opening);
    }
  }
  for (const Opening& opening : FindSecondOffers(offers)) {
    if (!reported.contains({opening.outer.port, opening.outer.asset})) {
      ReportSecondOffer(opening);
    }
  }
}

namespace {

// Where the port names the asset; a dataset says "owner/output" or the output alone.
Range EntryOf(const model::Model& m, const Offered& offered) {
  const std::string_view asset = m.Text(m.assets[offered.asset].name);
  for (const model::NameId name : m.ports[offered.port].assets) {
    const std::string_view text = m.Text(m.names[name]);
    if (text.substr(text.find('/') + 1) == asset) {
      return m.names[name].range;
    }
  }
  return m.ports[offered.port].name.range;
}

}  // namespace

namespace {

const Offered& InnerOf(const Opening& opening) {
  return opening.ByAccess() ? opening.by_access : opening.by_class;
}

// "private", "of class restricted", or both where one port says both.
std::string HowInnerIsOffered(const Opening& opening) {
  std::string as_class = "of class " + std::string(ClassificationName(opening.by_class.classification));
  if (!opening.ByAccess()) {
    return as_class;
  }
  const bool both = opening.ByClass() && opening.by_class.port == opening.by_access.port;
  return std::string(AccessTypeName(opening.by_access.access)) + (both ? ", " + as_class : "");
}

}  // namespace

void Resolver::ReportOpening(const Opening& opening) {
  const Offered& inner = InnerOf(opening);
  auto report = emitter_.Report(kPortOpensAnother, EntryOf(m_, opening.outer), model::PortLabel(m_, opening.outer.port),
                                model::AssetLabel(m_, opening.outer.asset), model::AssetLabel(m_, inner.asset),
                                model::PortLabel(m_, inner.port), HowInnerIsOffered(opening));
  report.Label(m_.ports[inner.port].name.range, "the other port");
  if (opening.ByClass() && opening.by_class.port != inner.port) {
    const auto word = ClassificationName(opening.by_class.classification);
    report.Label(m_.ports[opening.by_class.port].name.range, "and this one, of class " + std::string(word));
  }
  report.Hint("lay the data of the two apart, or offer both to the same readers, by the same class");
}

// On its way out, or harmless by its own word, a port may have other readers than the one that takes its place.
void Resolver::ReportSecondOffer(const Opening& opening) {
  const model::OutputPort& row = m_.ports[opening.outer.port];
  if (row.deprecated || row.declassified.declared) {
    return;
  }
  const Offered& inner = InnerOf(opening);
  emitter_
      .Report(kAssetOfferedTwice, EntryOf(m_, opening.outer), model::PortLabel(m_, opening.outer.port),
              model::AssetLabel(m_, opening.outer.asset), model::PortLabel(m_, inner.port), HowInnerIsOffered(opening))
      .Label(m_.ports[inner.port].name.range, "the other port");
}

}  // namespace dpc::resolve
