// What ports offer, what products read, lineage within products, successors.
#include <algorithm>
#include <set>

#include "resolve/resolver.h"

namespace dpc::resolve {

using model::AssetId;
using model::PortId;
using model::ProductId;

void Resolver::PortAssets() {
  for (const PortId id : m_.ports.All()) {
    const model::OutputPort& port = m_.ports[id];
    const std::size_t begin = r_.asset_refs.size();
    for (const model::NameId name : port.assets) {
      const AssetId asset = FindAsset(port, m_.names[name]);
      if (asset.has_value()) {
        CheckOwner(port, m_.names[name], asset);
        r_.asset_refs.Add(asset);
      }
    }
    r_.port_assets.push_back(r_.asset_refs.Since(begin));
  }
}

// A dataset's owner decides who reads it, so it should have a say in the products whose data it gathers.
void Resolver::CheckOwner(const model::OutputPort& dataset, const model::Name& entry, AssetId asset) {
  const ProductId product = m_.assets[asset].product;
  if (dataset.product.has_value() || !dataset.owner.has_value() || !product.has_value()) {
    return;
  }
  const auto members = m_.products[product].members;
  const bool has_role = std::any_of(members.begin(), members.end(), [&](model::MemberId member) {
    return m_.members[member].email.text == dataset.owner.text;
  });
  if (!has_role) {
    emitter_
        .Report(kDatasetOfOthers, entry.range, m_.Text(dataset.name), m_.Text(m_.assets[asset].name),
                m_.Text(m_.products[product].name), m_.Text(dataset.owner))
        .Label(dataset.owner.range, "the owner of the dataset")
        .Label(m_.assets[asset].owner.range, "the owner of the data output")
        .Hint("add the owner of the dataset to that product's members, or take the data output out");
  }
}

AssetId Resolver::FindAsset(const model::OutputPort& port, const model::Name& name) {
  const std::string_view text = m_.Text(name);
  if (port.product.has_value()) {
    if (const auto found = assets_by_name_.find({port.product, name.text}); found != assets_by_name_.end()) {
      return found->second;
    }
    const std::vector<AssetId>& assets = r_.product_assets[port.product.index()];
    if (!m_.products[port.product].poisoned && !port.poisoned) {
      auto report = emitter_.Report(kUnknownAsset, name.range, m_.Text(port.name), text,
                                    "an asset of " + Quote(m_.products[port.product].name));
      if (assets.empty()) {
        report.Hint(Quote(m_.products[port.product].name) + " declares no assets: add it to `assets`");
      } else {
        Guess(report, guesses_.Hint(text, assets.size(), [&] {
          std::vector<std::string_view> names;
          for (const AssetId asset : assets) {
            names.push_back(m_.Text(m_.assets[asset].name));
          }
          return names;
        }));
      }
    }
    return AssetId::None();
  }
  const std::size_t slash = text.find('/');
  const std::string_view owner = slash == std::string_view::npos ? "" : text.substr(0, slash);
  const std::string_view output = slash == std::string_view::npos ? text : text.substr(slash + 1);
  std::vector<AssetId> found;
  if (const auto same = data_outputs_.find(output); same != data_outputs_.end()) {
    for (const AssetId asset : same->second) {
      if (owner.empty() || m_.Text(m_.assets[asset].owner) == owner) {
        found.push_back(asset);
      }
    }
  }
  if (found.size() == 1) {
    return found.front();
  }
  if (found.size() > 1 && owner.empty()) {
    auto report = emitter_.Report(kAmbiguousAsset, name.range, text);
    report.Hint("say whose: `" + std::string(m_.Text(m_.assets[found.front()].owner)) + "/" + std::string(output) +
                "`");
    for (const AssetId asset : found) {
      report.Label(m_.assets[asset].name.range,
                   "`" + std::string(m_.Text(m_.assets[asset].owner)) + "/" + std::string(output) + "`");
    }
  } else if (found.empty() && !Suppressed(&model::Incomplete::assets)) {
    auto report = emitter_.Report(kUnknownAsset, name.range, m_.Text(port.name), text, "a data output");
    Guess(report, guesses_.Hint(output, data_outputs_.size(), [&] {
      std::vector<std::string_view> names;
      for (const auto& [known, ids] : data_outputs_) {
        names.push_back(known);
      }
      return names;
    }));
  }
  return found.empty() ? AssetId::None() : found.front();
}

PortId Resolver::PortOfProduct(ProductId product, std::string_view port) const {
  const auto found = ports_by_name_.find({product, m_.symbols->Find(port)});
  return found == ports_by_name_.end() ? PortId::None() : found->second;
}

bool Resolver::IsShown(PortId port, Reader sort) const {
  return sort == Reader::Owner || m_.ports[port].access != model::AccessType::Private;
}

const std::vector<std::string_view>& Resolver::OffersOf(ProductId product, Reader sort) {
  const auto [offers, added] = offers_.try_emplace({product, sort});
  for (const PortId id : added ? m_.products[product].ports : IdRange<PortId>()) {
    if (IsShown(id, sort)) {
      offers->second.push_back(m_.Text(m_.ports[id].name));
    }
  }
  return offers->second;
}

std::string Resolver::OfferHint(ProductId product, std::string_view wanted, Reader sort) {
  static constexpr std::size_t kNamed = 8;
  const std::string_view owner = m_.Text(m_.products[product].name);
  const std::vector<std::string_view>& names = OffersOf(product, sort);
  if (const auto nearest = guesses_.Nearest(wanted, names); nearest && !wanted.empty()) {
    return "did you mean `" + std::string(owner) + "/" + *nearest + "`?";
  }
  std::vector<std::string> offered;
  for (std::size_t i = 0; i < names.size() && i < kNamed; ++i) {
    offered.push_back("`" + std::string(owner) + "/" + std::string(names[i]) + "`");
  }
  if (names.size() > kNamed) {
    offered.push_back(std::to_string(names.size() - kNamed) + " more");
  }
  return offered.empty() ? "`" + std::string(owner) + "` offers no port that is shown to others"
                         : "it offers " + Join(offered, ", ");
}

PortId Resolver::FindPort(const model::Name& name, std::string_view reader, Reader sort) {
  const std::string_view text = m_.Text(name);
  if (const auto dataset = datasets_.find(text); dataset != datasets_.end()) {
    return dataset->second;
  }
  const std::size_t slash = text.find('/');
  const ProductId product = indexes_.products.Find(text.substr(0, slash));
  if (!product.has_value()) {
    ReportUnknownPort(name, reader, sort);
    return PortId::None();
  }
  const auto ports = m_.products[product].ports;
  if (slash == std::string_view::npos && ports.size() == 1) {
    return ports[0];
  }
  const std::string_view wanted = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  const PortId port = wanted.empty() ? PortId::None() : PortOfProduct(product, wanted);
  if (port.has_value() || m_.products[product].poisoned) {
    return port;
  }
  const std::string hint =
      ports.empty() ? Quote(m_.products[product].name) + " offers no port" : OfferHint(product, wanted, sort);
  if (slash == std::string_view::npos && ports.size() > 1) {
    emitter_.Report(kAmbiguousPort, name.range, text, ports.size()).Hint(hint);
  } else {
    emitter_.Report(kUnresolvedPort, name.range, reader, text)
        .Label(m_.products[product].name.range, "the product")
        .Hint(hint);
  }
  return PortId::None();
}

void Resolver::ReportUnknownPort(const model::Name& name, std::string_view reader, Reader sort) {
  if (Suppressed(&model::Incomplete::ports)) {
    return;
  }
  auto report = emitter_.Report(kUnresolvedPort, name.range, reader, m_.Text(name));
  const auto [hint, added] = port_hints_.try_emplace({sort, name.text});
  if (added) {
    hint->second = guesses_.Hint(m_.Text(name), 2 * m_.ports.size(), [&] { return PortNames(sort); });
  }
  Guess(report, hint->second);
}

// Whatever names a port: with its product, and the product alone where it has no other.
const std::vector<std::string_view>& Resolver::PortNames(Reader sort) {
  std::vector<std::string_view>& names = port_names_[sort];
  if (names.empty()) {
    for (const PortId id : m_.ports.All()) {
      const model::OutputPort& port = m_.ports[id];
      if (!IsShown(id, sort)) {
        continue;
      }
      names.push_back(port_labels_.emplace_back(model::PortLabel(m_, id)));
      if (port.product.has_value() && m_.products[port.product].ports.size() == 1) {
        names.push_back(m_.Text(m_.products[port.product].name));
      }
    }
  }
  return names;
}

void Resolver::Inputs() {
  std::map<std::pair<ProductId, PortId>, Range> seen;
  for (const model::InputId id : m_.inputs.All()) {
    const model::InputPort& input = m_.inputs[id];
    const std::string_view reader = m_.Text(m_.products[input.product].name);
    PortId port =
        input.port.has_value() ? FindPort(input.port, "data product `" + std::string(reader) + "`") : PortId::None();
    if (port.has_value() && m_.ports[port].product == input.product) {
      emitter_.Report(kOwnPortAsInput, input.port.range, reader, m_.Text(m_.ports[port].name))
          .Hint("take it out of `inputPorts`: a product reads its own assets without");
      port = PortId::None();
    }
    if (port.has_value()) {
      const auto [first, added] = seen.try_emplace({input.product, port}, input.port.range);
      if (!added && input.approved_in_source) {
        port = PortId::None();  // a list with a repeated item, which has been reported
      } else if (!added) {
        emitter_.Report(kRepeatedInput, input.port.range, reader, model::PortLabel(m_, port))
            .Label(first->second, "first read here")
            .Hint("take one of them away; one `purpose` may say both");
        port = PortId::None();
      }
    }
    if (port.has_value() && !RecordsConsent(port)) {
      m_.inputs.Get(id).approved_in_source = false;
    }
    r_.input_port.push_back(port);
  }
}

// A dialect that records consent does so for its own ports: what a native product has is its owner's to give, whoever
// asks.
bool Resolver::RecordsConsent(PortId port) const {
  const auto assets = r_.port_assets[port.index()];
  return !m_.ports[port].product.has_value() && std::all_of(assets.begin(), assets.end(), [&](AssetRefId reference) {
    const ProductId product = m_.assets[r_.asset_refs[reference]].product;
    return !product.has_value() || m_.products[product].owned_by_members;
  });
}

void Resolver::Lineage() {
  for (const AssetId id : m_.assets.All()) {
    const model::Asset& asset = m_.assets[id];
    auto& inputs = r_.asset_from.emplace_back();
    const auto own = asset.product.has_value() ? m_.products[asset.product].inputs : IdRange<model::InputId>();
    // An input port that leads nowhere may be the one that is meant.
    const bool known = std::all_of(own.begin(), own.end(),
                                   [&](model::InputId input) { return r_.input_port[input.index()].has_value(); });
    for (const model::NameId name : asset.from) {
      const auto found = std::find_if(own.begin(), own.end(), [&](model::InputId input) {
        return m_.inputs[input].port.text == m_.names[name].text;
      });
      if (found != own.end()) {
        inputs.push_back(*found);
      } else if (known && !m_.products[asset.product].poisoned) {
        ReportUnknownLineage(asset, m_.names[name]);
      }
    }
  }
}

void Resolver::ReportUnknownLineage(const model::Asset& asset, const model::Name& name) {
  const model::Product& product = m_.products[asset.product];
  std::vector<std::string_view> names;
  for (const model::InputId input : product.inputs) {
    names.push_back(m_.Text(m_.inputs[input].port));
  }
  auto report = emitter_.Report(kUnknownLineage, name.range, m_.Text(asset.name), m_.Text(name), m_.Text(product.name));
  const auto nearest = NearestName(m_.Text(name), names);
  report.Hint(nearest ? "did you mean `" + *nearest + "`?"
                      : "add it to `inputPorts`, like `- {port: " + std::string(m_.Text(name)) +
                            ", purpose: ...}`; or take it out of `from`");
}

void Resolver::Successors() {
  for (const PortId id : m_.ports.All()) {
    const model::OutputPort& port = m_.ports[id];
    r_.port_successor.push_back(port.successor.has_value()
                                    ? FindPort(port.successor, "the deprecation of `" + model::PortLabel(m_, id) + "`")
                                    : PortId::None());
  }
}

}  // namespace dpc::resolve
