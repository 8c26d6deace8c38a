// Cycles between data products. A cycle is real when data can flow round it, which is a question about input ports:
// input e of a product feeds on input f of its provider when an asset that e reads is made from f.
#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <map>
#include <set>

#include "graph/diagnostics.h"
#include "graph/graph.h"

namespace dpc::graph {
namespace {

using Chain = std::vector<std::size_t>;  // indices of edges; each one's provider is the next one's consumer

// The strongly connected component of each product.
std::vector<int> Components(const LineageGraph& graph) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const Edge& edge : graph.edges) {
    pairs.emplace_back(edge.consumer.index(), edge.provider.index());
  }
  using Csr = boost::compressed_sparse_row_graph<boost::directedS>;
  const Csr csr(boost::edges_are_sorted, pairs.begin(), pairs.end(), graph.products);
  std::vector<int> component(graph.products);
  if (graph.products > 0) {
    boost::strong_components(
        csr, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, csr)));
  }
  return component;
}

class CycleFinder {
 public:
  CycleFinder(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved, Emitter& emitter)
      : graph_(graph), m_(model), resolved_(resolved), emitter_(emitter) {}

  void Run() {
    const std::vector<int> component = Components(graph_);
    std::map<int, Chain> inside;
    for (std::size_t i = 0; i < graph_.edges.size(); ++i) {
      const Edge& edge = graph_.edges[i];
      if (component[edge.consumer.index()] == component[edge.provider.index()]) {
        inside[component[edge.consumer.index()]].push_back(i);
      }
    }
    for (const auto& [id, edges] : inside) {
      by_consumer_.clear();
      for (const std::size_t edge : edges) {
        by_consumer_[graph_.edges[edge].consumer].push_back(edge);
      }
      if (!ReportCycles(edges, true)) {
        ReportCycles(edges, false);
      }
    }
  }

 private:
  // Each cycle once, as the shortest chain through some edge that no chain before it holds. A knot of many cycles is
  // cut off: whoever mends the first ones sees the next.
  bool ReportCycles(const Chain& edges, bool real) {
    static constexpr std::size_t kMost = 20;
    std::set<std::size_t> covered;
    std::set<std::vector<model::ProductId>> reported;
    for (const std::size_t edge : edges) {
      if (covered.contains(edge) || reported.size() == kMost) {
        continue;
      }
      const Chain chain = ShortestFrom(edge, real);
      covered.insert(chain.begin(), chain.end());
      // Two ports of one product give the same cycle twice.
      if (!chain.empty() && reported.insert(ProductsOf(chain)).second) {
        Report(chain, real);
      }
    }
    return !reported.empty();
  }

  std::vector<model::ProductId> ProductsOf(const Chain& chain) const {
    std::vector<model::ProductId> products;
    for (const std::size_t edge : chain) {
      products.push_back(graph_.edges[edge].consumer);
    }
    std::sort(products.begin(), products.end());
    return products;
  }

  // Breadth first over edges, from one back to it.
  Chain ShortestFrom(std::size_t start, bool real) const {
    std::map<std::size_t, std::size_t> came_from;
    Chain queue = {start};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const std::size_t edge = queue[at];
      const auto next = by_consumer_.find(graph_.edges[edge].provider);
      for (std::size_t i = 0; next != by_consumer_.end() && i < next->second.size(); ++i) {
        const std::size_t other = next->second[i];
        if (real && !FeedsOn(graph_.edges[edge], graph_.edges[other])) {
          continue;
        }
        if (other == start) {
          return Trace(came_from, start, edge);
        }
        if (came_from.try_emplace(other, edge).second) {
          queue.push_back(other);
        }
      }
    }
    return {};
  }

  static Chain Trace(const std::map<std::size_t, std::size_t>& came_from, std::size_t start, std::size_t last) {
    Chain chain;
    for (std::size_t edge = last; edge != start; edge = came_from.at(edge)) {
      chain.push_back(edge);
    }
    chain.push_back(start);
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  bool FeedsOn(const Edge& edge, const Edge& next) const {
    const model::PortId port = resolved_.input_port[edge.input.index()];
    for (const auto reference : resolved_.port_assets[port.index()]) {
      const model::AssetId asset = resolved_.asset_refs[reference];
      const auto& from = resolved_.asset_from[asset.index()];
      const bool made_from =
          !m_.assets[asset].has_from || std::find(from.begin(), from.end(), next.input) != from.end();
      if (m_.assets[asset].product == edge.provider && made_from) {
        return true;
      }
    }
    return false;
  }

  std::string Name(model::ProductId product) const {
    return "`" + std::string(m_.Text(m_.products[product].name)) + "`";
  }

  void Report(const Chain& chain, bool real) {
    std::string text = Name(graph_.edges[chain.front()].consumer);
    for (const std::size_t edge : chain) {
      text += (edge == chain.front() ? " reads " : ", which reads ") + Name(graph_.edges[edge].provider);
    }
    const Range place = m_.inputs[graph_.edges[chain.front()].input].port.range;
    auto report = real ? emitter_.Report(kDependencyCycle, place, text) : emitter_.Report(kApparentCycle, place, text);
    for (std::size_t i = 1; i < chain.size(); ++i) {
      const Edge& edge = graph_.edges[chain[i]];
      report.Label(m_.inputs[edge.input].port.range, Name(edge.consumer) + " reads " + Name(edge.provider) + " here");
    }
    report.Hint(real ? "take one of these input ports away; where nothing flows round, `from` of the assets says so"
                     : "nothing to do, unless something does flow round");
  }

  const LineageGraph& graph_;
  const model::Model& m_;
  const resolve::Resolved& resolved_;
  Emitter& emitter_;
  std::map<model::ProductId, Chain> by_consumer_;
};

}  // namespace

void CheckCycles(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved,
                 Emitter& emitter) {
  CycleFinder(graph, model, resolved, emitter).Run();
}

}  // namespace dpc::graph
