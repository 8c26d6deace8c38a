// The door of `graph`: the lineage graph between data products, its cycles, and its printed forms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/emitter.h"
#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::graph {

// The consumer reads the provider through one input port. A portal dataset that gathers assets of several products
// gives one edge for each of their owners other than the consumer.
struct Edge {
  model::ProductId consumer;
  model::ProductId provider;
  model::InputId input;
};

// Immutable. Edges are sorted by (consumer, provider, input).
struct LineageGraph {
  std::size_t products = 0;
  std::vector<Edge> edges;
};

// Products whose assets the port offers: one, or several of a portal dataset. Sorted.
std::vector<model::ProductId> ProvidersOf(const model::Model& model, const resolve::Resolved& resolved,
                                          model::PortId port);

LineageGraph BuildGraph(const model::Model& model, const resolve::Resolved& resolved);

// Each cycle once, as its shortest chain, with the place of every edge: an error (DPC4001). A cycle between products
// that no asset can follow, because the declared lineage (`from`) of the assets breaks it, is a warning (DPC4002).
void CheckCycles(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved,
                 Emitter& emitter);

// Deterministic text; names are escaped for the format. An edge points the way the data flows: provider to consumer.
std::string ToDot(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved);
std::string ToMermaid(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved);
std::string ToJson(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved);

}  // namespace dpc::graph
