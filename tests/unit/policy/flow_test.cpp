#include "policy/tables/flow.h"

#include <algorithm>
#include <map>

#include "../property.h"
#include "world.h"

namespace dpc::policy {
namespace {

using model::Classification;
using model::PortId;
using model::ProductId;

// Products, ports of one or several of them, and readers, in any order and with any cycles.
struct Graph {
  SymbolTable symbols;
  model::Model m{symbols};
  resolve::Resolved r;

  Graph() {
    const int products = *rc::gen::inRange(1, 7);
    for (int i = 0; i < products; ++i) {
      model::Product product;
      product.classification = AnyClass();
      product.poisoned = OneIn(12);
      m.products.Add(product);
      model::Asset asset;
      asset.product = ProductId(i);
      m.assets.Add(asset);
    }
    for (int i = *rc::gen::inRange(0, 10); i > 0; --i) {
      AddPort(products);
    }
    for (int i = m.ports.size() == 0 ? 0 : *rc::gen::inRange(0, 14); i > 0; --i) {
      model::InputPort input;
      input.product = ProductId(Below(products));
      m.inputs.Add(input);
      r.input_port.push_back(OneIn(12) ? PortId::None() : PortId(Below(m.ports.size())));
    }
  }

  std::vector<ProductId> Providers(PortId port) const {
    std::vector<ProductId> all;
    for (const auto reference : r.port_assets[port.index()]) {
      all.push_back(m.assets[r.asset_refs[reference]].product);
    }
    return m.ports[port].poisoned ? std::vector<ProductId>() : all;
  }

 private:
  static std::size_t Below(std::size_t bound) { return *rc::gen::inRange<std::size_t>(0, bound); }

  static bool OneIn(std::size_t of) { return Below(of) == 0; }

  static Classification AnyClass() { return static_cast<Classification>(Below(5)); }

  // Of one product, or a dataset of several.
  void AddPort(int products) {
    const bool dataset = OneIn(4);
    const std::size_t begin = r.asset_refs.size();
    for (std::size_t i = dataset ? Below(3) + 1 : 1; i > 0; --i) {
      r.asset_refs.Add(model::AssetId(Below(products)));
    }
    r.port_assets.push_back(r.asset_refs.Since(begin));
    model::OutputPort port;
    port.product = dataset ? ProductId::None() : m.assets[r.asset_refs[r.port_assets.back()[0]]].product;
    port.classification = AnyClass();
    port.personal = OneIn(2);
    port.retention_days = OneIn(2) ? std::optional<std::int64_t>() : std::optional<std::int64_t>(Below(5) + 1);
    port.declassified.declared = OneIn(3);
    port.poisoned = OneIn(12);
    m.ports.Add(port);
  }
};

using Distances = std::map<std::pair<PortId, PortId>, std::uint32_t>;

// Shortest ways from port to port, by trying every port as a stop.
Distances Closure(const Graph& g) {
  Distances all;
  for (const PortId port : g.m.ports.All()) {
    for (const ProductId maker : g.Providers(port)) {
      for (const model::InputId input : g.m.inputs.All()) {
        const PortId source = g.r.input_port[input.index()];
        if (g.m.inputs[input].product == maker && source.has_value()) {
          all[{source, port}] = 1;
        }
      }
    }
  }
  for (const PortId port : g.m.ports.All()) {
    all[{port, port}] = 0;
  }
  for (const PortId by : g.m.ports.All()) {
    for (const PortId from : g.m.ports.All()) {
      for (const PortId to : g.m.ports.All()) {
        const auto first = all.find({from, by});
        const auto second = all.find({by, to});
        if (first != all.end() && second != all.end()) {
          const std::uint32_t hops = first->second + second->second;
          const auto known = all.try_emplace({from, to}, hops).first;
          known->second = std::min(known->second, hops);
        }
      }
    }
  }
  return all;
}

// What is worst for a product, until nothing changes any more.
std::vector<Inherited> Fixpoint(const Graph& g, const Flow& flow) {
  std::vector<Inherited> all(g.m.products.size());
  for (bool changed = true; changed;) {
    changed = false;
    for (const model::InputId input : g.m.inputs.All()) {
      const ProductId reader = g.m.inputs[input].product;
      const PortId port = g.r.input_port[input.index()];
      if (!port.has_value() || g.m.products[reader].poisoned) {
        continue;
      }
      for (const ProductId maker : g.Providers(port)) {
        if (maker == reader) {
          continue;
        }
        Inherited& into = all[reader.index()];
        const Inherited before = into;
        const Inherited& from = all[maker.index()];
        const Classification own = flow.ClassOf(port);
        const bool declassified = g.m.ports[port].declassified.declared;
        into.classification = std::max({into.classification, own, from.classification});
        into.undeclassified =
            std::max({into.undeclassified, own, declassified ? Classification::Unset : from.undeclassified});
        const auto shorten = [&](std::optional<std::int64_t> days) {
          into.retention_days =
              days && (!into.retention_days || *days < *into.retention_days) ? days : into.retention_days;
        };
        shorten(flow.IsPersonal(port) ? g.m.ports[port].retention_days : std::nullopt);
        shorten(from.retention_days);
        changed = changed || before.classification != into.classification ||
                  before.undeclassified != into.undeclassified || before.retention_days != into.retention_days;
      }
    }
  }
  return all;
}

Distances Found(PortId start, const std::vector<Reached>& found, bool down) {
  Distances all;
  for (const Reached& reached : found) {
    all[down ? std::pair(start, reached.port) : std::pair(reached.port, start)] = reached.hops;
  }
  RC_ASSERT(all.size() == found.size());
  RC_ASSERT(std::is_sorted(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.hops < b.hops; }));
  return all;
}

}  // namespace

TEST_CASE("what is up and down the stream of a port is what a closure says") {
  CHECK(Holds(500, 200, [] {
    const Graph g;
    const Flow flow(g.m, g.r);
    const Distances wanted = Closure(g);
    Flow::Scratch scratch;
    Distances down;
    Distances up;
    for (const PortId port : g.m.ports.All()) {
      std::vector<Reached> found;
      flow.Downstream(port, scratch, found, 1000);
      down.merge(Found(port, found, true));
      flow.Upstream(port, scratch, found, 1000);
      up.merge(Found(port, found, false));
    }
    RC_ASSERT(down == wanted);
    RC_ASSERT(up == wanted);
  }));
}

TEST_CASE("a product inherits the worst that flows into it, whatever the cycles") {
  CHECK(Holds(500, 200, [] {
    const Graph g;
    const Flow flow(g.m, g.r);
    const std::vector<Inherited> wanted = Fixpoint(g, flow);
    const std::vector<Inherited>& found = flow.InheritedByProduct();
    RC_ASSERT(found.size() == wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      RC_ASSERT(found[i].classification == wanted[i].classification);
      RC_ASSERT(found[i].undeclassified == wanted[i].undeclassified);
      RC_ASSERT(found[i].retention_days == wanted[i].retention_days);
      const auto names = [&](PortId port, Classification wanted_class) {
        return port.has_value() ? flow.ClassOf(port) == wanted_class : wanted_class == Classification::Unset;
      };
      RC_ASSERT(names(found[i].classification_port, found[i].classification));
      RC_ASSERT(names(found[i].undeclassified_port, found[i].undeclassified));
      RC_ASSERT(found[i].retention_port.has_value() == found[i].retention_days.has_value());
    }
  }));
}

TEST_CASE("a walk stops at its limit") {
  const Compiled compiled(Files{EnvironmentFile("prd"), ProductFile("a", Offers("a", "unrestricted")),
                                ProductFile("b", Offers("b", "unrestricted") + Reads({"a"})),
                                ProductFile("c", Offers("c", "unrestricted") + Reads({"b"}))});
  const Flow flow(compiled.model(), compiled->resolved);
  Flow::Scratch scratch;
  std::vector<Reached> found;
  flow.Downstream(PortId(0), scratch, found, 2);
  CHECK(found.size() == 2);
  flow.Downstream(PortId(0), scratch, found, 100);
  CHECK((found.size() == 3 && found.back().hops == 2));
}

}  // namespace dpc::policy
