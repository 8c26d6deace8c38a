#include "graph/graph.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "../compiled.h"
#include "json/json.h"

namespace dpc::graph {
namespace {

Compiled Three() {
  return Compiled({EnvironmentFile("prd"), ProductFile("a", Offers("a", "restricted")),
                   ProductFile("b", Offers("b", "unrestricted") + Reads({"a"})), ProductFile("c", Reads({"b", "a"}))});
}

TEST_CASE("edges are sorted by consumer and provider; a pending input is an edge too") {
  const Compiled compiled = Three();
  std::vector<std::string> edges;
  for (const Edge& edge : compiled->graph.edges) {
    edges.push_back(compiled.Name(compiled.model().products, edge.consumer) + " reads " +
                    compiled.Name(compiled.model().products, edge.provider));
  }
  CHECK(edges == std::vector<std::string>{"b reads a", "c reads a", "c reads b"});
  CHECK(compiled->graph.products == 3);
}

TEST_CASE("an input that is not found is no edge") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("a", Reads({"nowhere"}))});
  CHECK(compiled->graph.edges.empty());
}

TEST_CASE("the printed forms point the way the data flows") {
  const Compiled compiled = Three();
  const auto& [graph, model, resolved] = std::tie(compiled->graph, compiled.model(), compiled->resolved);
  CHECK(ToDot(graph, model, resolved).find("n0 -> n1 [label=\"a/out\"];") != std::string::npos);
  CHECK(ToMermaid(graph, model, resolved).find("n0 -->|\"a/out\"| n1\n") != std::string::npos);
  const Json json = *ParseJson(ToJson(graph, model, resolved));
  CHECK(json["edges"][0] == Json{{"from", "a"}, {"to", "b"}, {"port", "a/out"}});
  CHECK(json["products"].size() == 3);
  CHECK(json["products"][0] == Json{{"name", "a"}, {"domain", nullptr}});
}

TEST_CASE("an empty graph is printed as one") {
  SymbolTable symbols;
  const model::Model model(symbols);
  const LineageGraph graph;
  CHECK(ToDot(graph, model, {}).ends_with("}\n"));
  CHECK(ToMermaid(graph, model, {}) == "flowchart LR\n");
  CHECK(ParseJson(ToJson(graph, model, {}))->at("edges").empty());
}

// Names of native declarations are plain; other dialects need not be as strict.
TEST_CASE("no name becomes syntax of a printed form") {
  SymbolTable symbols;
  model::Model model(symbols);
  model::Product product;
  product.name.text = symbols.Intern("a\"]; x -> y\\\n|<b>#");
  model.products.Add(product);
  resolve::Resolved resolved;
  resolved.product_domain.resize(1);
  const LineageGraph graph{1, {}};
  CHECK(ToDot(graph, model, resolved).find("n0 [label=\"a\\\"]; x -> y\\\\\\\\n|<b>#\"];\n") != std::string::npos);
  CHECK(ToMermaid(graph, model, resolved) ==
        "flowchart LR\n  n0[\"a#34;#93;#59; x -#62; y#92;#92;n#124;#60;b#62;#35;\"]\n");
  CHECK(ParseJson(ToJson(graph, model, resolved))->at("products")[0]["name"] == "a\"]; x -> y\\\n|<b>#");
}

}  // namespace
}  // namespace dpc::graph
