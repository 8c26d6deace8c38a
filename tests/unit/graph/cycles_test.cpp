#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>

#include "../compiled.h"
#include "../property.h"
#include "base/text.h"

namespace dpc::graph {
namespace {

using Edges = std::set<std::pair<std::string, std::string>>;  // consumer, provider

// How many edges lead from one node to another one; nothing when none do.
std::optional<std::size_t> Distance(const Edges& edges, const std::string& from, const std::string& to) {
  std::set<std::string> reached = {from};
  std::set<std::string> front = {from};
  for (std::size_t length = 1; !front.empty(); ++length) {
    std::set<std::string> next;
    for (const auto& [consumer, provider] : edges) {
      if (front.contains(consumer) && provider == to) {
        return length;
      }
      if (front.contains(consumer) && reached.insert(provider).second) {
        next.insert(provider);
      }
    }
    front = next;
  }
  return std::nullopt;
}

std::set<std::string> NodesOnCycles(const Edges& edges) {
  std::set<std::string> nodes;
  for (const auto& [consumer, provider] : edges) {
    if (Distance(edges, consumer, consumer)) {
      nodes.insert(consumer);
    }
  }
  return nodes;
}

// The products of "... in a cycle: `a` reads `b`, which reads `c`, which reads `a`".
std::vector<std::string> ChainOf(const std::string& message) {
  std::vector<std::string> chain;
  const auto parts = Split(message, '`');
  for (std::size_t i = 1; i < parts.size(); i += 2) {
    chain.emplace_back(parts[i]);
  }
  return chain;
}

Compiled CompileGraph(int products, const Edges& edges) {
  Files files = {EnvironmentFile("prd")};
  for (int i = 0; i < products; ++i) {
    const std::string name = "p" + std::to_string(i);
    std::vector<std::string> reads;
    for (const auto& [consumer, provider] : edges) {
      if (consumer == name) {
        reads.push_back(provider);
      }
    }
    files.push_back(ProductFile(name, Offers(name, "unrestricted") + Reads(reads)));
  }
  return Compiled(files);
}

// A real chain from a product back to it that takes no detour.
void CheckChain(const std::vector<std::string>& chain, const Edges& edges) {
  RC_ASSERT(chain.size() >= 3);
  RC_ASSERT(chain.front() == chain.back());
  RC_ASSERT(std::set<std::string>(chain.begin(), chain.end()).size() == chain.size() - 1);
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    RC_ASSERT(edges.contains({chain[i], chain[i + 1]}));
  }
  RC_ASSERT(Distance(edges, chain[1], chain[0]) == chain.size() - 2);
}

TEST_CASE("every product on a cycle is on a chain that is reported, and every chain is real and short") {
  CHECK(Holds(60, 100, [] {
    const int products = *rc::gen::inRange(1, 8);
    Edges edges;
    for (int i = *rc::gen::inRange(0, products * 2); i > 0; --i) {
      const int from = *rc::gen::inRange(0, products);
      const int to = *rc::gen::inRange(0, products);
      if (from != to) {
        edges.emplace("p" + std::to_string(from), "p" + std::to_string(to));
      }
    }
    std::set<std::string> on_chains;
    std::set<std::vector<std::string>> chains;
    for (const std::string& message : CompileGraph(products, edges).Messages("DependencyCycle")) {
      const std::vector<std::string> chain = ChainOf(message);
      CheckChain(chain, edges);
      RC_ASSERT(chains.insert(chain).second);
      on_chains.insert(chain.begin(), chain.end());
    }
    RC_ASSERT(on_chains == NodesOnCycles(edges));
  }));
}

TEST_CASE("cycles that share nothing are reported each") {
  const auto count = [](const Edges& edges) { return CompileGraph(6, edges).Messages("DependencyCycle").size(); };
  CHECK(count({{"p0", "p1"}, {"p1", "p0"}}) == 1);
  CHECK(count({{"p0", "p1"}, {"p1", "p0"}, {"p2", "p3"}, {"p3", "p2"}}) == 2);
  CHECK(count({{"p0", "p1"}, {"p1", "p0"}, {"p1", "p2"}, {"p2", "p3"}, {"p3", "p2"}}) == 2);
  CHECK(count({{"p0", "p1"}, {"p1", "p2"}, {"p0", "p2"}}) == 0);
}

TEST_CASE("the chain of a cycle names the place of each edge") {
  const Compiled compiled = CompileGraph(3, {{"p0", "p1"}, {"p1", "p2"}, {"p2", "p0"}});
  CHECK(compiled.Findings() == std::vector<std::string>{"p0/product.yaml:8 DependencyCycle"});
  const Diagnostic& cycle = compiled->diagnostics.all().front();
  CHECK(cycle.message.ends_with("`p0` reads `p1`, which reads `p2`, which reads `p0`"));
  REQUIRE(cycle.labels.size() == 2);
  CHECK(compiled->sources.Locate(cycle.labels[0].range.begin).path == "p1/product.yaml");
  CHECK(compiled->sources.Locate(cycle.labels[1].range.begin).path == "p2/product.yaml");
}

// Products with two assets, each offered by a port of its own, and each made from some of the inputs.
struct Lineage {
  struct Asset {
    bool all = false;  // says nothing: made from every input
    std::vector<std::string> from;
  };

  // Inputs of each product as "provider/port".
  std::map<std::string, std::set<std::string>> inputs;
  std::map<std::string, Asset> assets;  // by "product/port"
};

Lineage RandomLineage() {
  Lineage lineage;
  const int products = *rc::gen::inRange(2, 5);
  for (int i = 0; i < products; ++i) {
    const std::string name = "p" + std::to_string(i);
    std::set<std::string>& inputs = lineage.inputs[name];
    for (int edges = *rc::gen::inRange(0, 4); edges > 0; --edges) {
      const int provider = *rc::gen::inRange(0, products);
      if (provider != i) {
        inputs.insert("p" + std::to_string(provider) + *rc::gen::elementOf(std::vector<std::string>{"/x", "/y"}));
      }
    }
    for (const std::string port : {"/x", "/y"}) {
      Lineage::Asset& asset = lineage.assets[name + port];
      asset.all = *rc::gen::inRange(0, 4) == 0;
      for (const std::string& input : inputs) {
        if (*rc::gen::inRange(0, 3) == 0) {
          asset.from.push_back(input);
        }
      }
    }
  }
  return lineage;
}

Files FilesOf(const Lineage& lineage) {
  Files files = {EnvironmentFile("prd")};
  for (const auto& [name, inputs] : lineage.inputs) {
    std::string fields = "assets:\n";
    for (const std::string port : {"x", "y"}) {
      const Lineage::Asset& asset = lineage.assets.at(name + "/" + port);
      fields += "  " + port + ": {s3: " + name + "/" + port;
      fields += asset.all ? "}\n" : ", from: [" + Join(asset.from, ", ") + "]}\n";
    }
    fields += "outputPorts:\n  x: {assets: [x], access: unrestricted}\n  y: {assets: [y], access: unrestricted}\n";
    files.push_back(ProductFile(name, fields + Reads({inputs.begin(), inputs.end()})));
  }
  return files;
}

// Data flows from port to port: an asset is made from an input, which is another product's port.
Edges FlowOf(const Lineage& lineage) {
  Edges flow;
  for (const auto& [port, asset] : lineage.assets) {
    const std::set<std::string>& inputs = lineage.inputs.at(port.substr(0, 2));
    const std::set<std::string> from(asset.from.begin(), asset.from.end());
    for (const std::string& input : asset.all ? inputs : from) {
      flow.emplace(port, input);
    }
  }
  return flow;
}

Edges ProductsOf(const Lineage& lineage) {
  Edges edges;
  for (const auto& [name, inputs] : lineage.inputs) {
    for (const std::string& input : inputs) {
      edges.emplace(name, input.substr(0, 2));
    }
  }
  return edges;
}

TEST_CASE("with lineage, a cycle is an error exactly when data can flow round it, and a warning otherwise") {
  CHECK(Holds(60, 100, [] {
    const Lineage lineage = RandomLineage();
    const Compiled compiled(FilesOf(lineage));
    RC_ASSERT(compiled.Messages("UnknownLineage").empty());
    const bool real = !compiled.Messages("DependencyCycle").empty();
    const bool apparent = !compiled.Messages("ApparentCycle").empty();
    RC_ASSERT(real == !NodesOnCycles(FlowOf(lineage)).empty());
    RC_ASSERT((real || apparent) == !NodesOnCycles(ProductsOf(lineage)).empty());
  }));
}

}  // namespace
}  // namespace dpc::graph
