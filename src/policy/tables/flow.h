// How data flows from port to port: a product's ports are made from the ports that it reads. Nothing is closed
// beforehand: a walk finds what is up or down the stream of one port.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::policy {

struct Reached {
  model::PortId port;
  std::uint32_t hops = 0;  // products between: 0 for the port itself
};

// The worst that flows into a product.
struct Inherited {
  model::Classification classification = model::Classification::Unset;
  model::PortId classification_port;  // one of that class, the nearest
  // The same without what lies behind a port that declares itself declassified.
  model::Classification undeclassified = model::Classification::Unset;
  model::PortId undeclassified_port;
  std::optional<std::int64_t> retention_days;  // the shortest of the ports with personal data
  model::PortId retention_port;
};

class Flow {
 public:
  Flow(const model::Model& model, const resolve::Resolved& resolved);

  // Scratch memory of walks, one for each walker.
  struct Scratch {
    std::vector<std::uint32_t> seen;
    std::uint32_t round = 0;
  };

  // Breadth first, the port itself with 0 hops first. `limit`: stops after so many ports.
  void Downstream(model::PortId port, Scratch& scratch, std::vector<Reached>& found, std::size_t limit) const;
  void Upstream(model::PortId port, Scratch& scratch, std::vector<Reached>& found, std::size_t limit) const;

  const std::vector<model::ProductId>& Providers(model::PortId port) const { return providers_[port.index()]; }

  // Ports that the product offers, alone or with others.
  const std::vector<model::PortId>& PortsOf(model::ProductId product) const { return offered_[product.index()]; }

  const std::vector<model::InputId>& ReadersOf(model::PortId port) const { return readers_[port.index()]; }

  const std::vector<model::InputId>& InputsOf(model::ProductId product) const { return inputs_[product.index()]; }

  // The port's own class, else the highest of the products that offer it.
  model::Classification ClassOf(model::PortId port) const;
  // Declared on the port or on one of its columns.
  bool IsPersonal(model::PortId port) const;

  // By ProductId; one pass over the graph, whatever its cycles.
  const std::vector<Inherited>& InheritedByProduct() const;

 private:
  static bool Enter(model::PortId port, std::uint32_t hops, Scratch& scratch, std::vector<Reached>& found);

  const model::Model& m_;
  const resolve::Resolved& r_;
  std::vector<std::vector<model::ProductId>> providers_;  // by port
  std::vector<std::vector<model::PortId>> offered_;       // by product
  std::vector<std::vector<model::InputId>> readers_;      // by port
  std::vector<std::vector<model::InputId>> inputs_;       // by product
  mutable std::optional<std::vector<Inherited>> inherited_;
};

}  // namespace dpc::policy
