#include "graph/graph.h"

#include <algorithm>
#include <tuple>

namespace dpc::graph {

std::vector<model::ProductId> ProvidersOf(const model::Model& model, const resolve::Resolved& resolved,
                                          model::PortId port) {
  if (model.ports[port].product.has_value()) {
    return {model.ports[port].product};
  }
  std::vector<model::ProductId> providers;
  for (const auto reference : resolved.port_assets[port.index()]) {
    const model::AssetId asset = resolved.asset_refs[reference];
    if (asset.has_value() && model.assets[asset].product.has_value()) {
      providers.push_back(model.assets[asset].product);
    }
  }
  std::sort(providers.begin(), providers.end());
  providers.erase(std::unique(providers.begin(), providers.end()), providers.end());
  return providers;
}

LineageGraph BuildGraph(const model::Model& model, const resolve::Resolved& resolved) {
  LineageGraph graph;
  graph.products = model.products.size();
  for (const model::InputId input : model.inputs.All()) {
    const model::PortId port = resolved.input_port[input.index()];
    if (!port.has_value()) {
      continue;
    }
    const model::ProductId consumer = model.inputs[input].product;
    for (const model::ProductId provider : ProvidersOf(model, resolved, port)) {
      if (provider != consumer) {
        graph.edges.push_back({consumer, provider, input});
      }
    }
  }
  std::sort(graph.edges.begin(), graph.edges.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.consumer, a.provider, a.input) < std::tie(b.consumer, b.provider, b.input);
  });
  return graph;
}

}  // namespace dpc::graph
