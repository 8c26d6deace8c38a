#include "graph/graph.h"

#include <algorithm>
#include <tuple>

namespace dpc::graph {

LineageGraph BuildGraph(const model::Model& model, const resolve::Resolved& resolved) {
  LineageGraph graph;
  graph.products = model.products.size();
  for (const model::InputId input : model.inputs.All()) {
    const model::PortId port = resolved.input_port[input.index()];
    if (!port.has_value()) {
      continue;
    }
    const model::ProductId consumer = model.inputs[input].product;
    std::vector<model::ProductId> providers;
    if (model.ports[port].product.has_value()) {
      providers.push_back(model.ports[port].product);
    } else {
      for (const auto reference : resolved.port_assets[port.index()]) {
        providers.push_back(model.assets[resolved.asset_refs[reference]].product);
      }
    }
    std::sort(providers.begin(), providers.end());
    providers.erase(std::unique(providers.begin(), providers.end()), providers.end());
    for (const model::ProductId provider : providers) {
      if (provider.has_value() && provider != consumer) {
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
