#include "policy/tables/flow.h"

#include <algorithm>

#include "graph/graph.h"

namespace dpc::policy {
namespace {

// Takes what is worse from a port that flows in. True when something changed.
class Inheritance {
 public:
  Inheritance(const model::Model& model, const Flow& flow) : m_(model), flow_(flow), found_(model.products.size()) {}

  std::vector<Inherited> Compute() {
    // The worst only grows and has few steps, so that each product is looked at a few times, whatever the cycles.
    for (const model::ProductId product : m_.products.All()) {
      queue_.push_back(product);
    }
    waiting_.assign(m_.products.size(), true);
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const model::ProductId product = queue_[next];
      waiting_[product.index()] = false;
      PushDown(product);
      if (next > kKept && next * 2 > queue_.size()) {
        queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(next) + 1);
        next = static_cast<std::size_t>(-1);
      }
    }
    return std::move(found_);
  }

 private:
  static constexpr std::size_t kKept = 1'000'000;

  // What the ports of `product` carry goes to those that read them.
  void PushDown(model::ProductId product) {
    for (const model::PortId port : flow_.PortsOf(product)) {
      for (const model::InputId input : flow_.ReadersOf(port)) {
        const model::ProductId reader = m_.inputs[input].product;
        if (reader == product || m_.products[reader].poisoned) {
          continue;
        }
        if (Take(product, port, found_[reader.index()]) && !waiting_[reader.index()]) {
          waiting_[reader.index()] = true;
          queue_.push_back(reader);
        }
      }
    }
  }

  bool Take(model::ProductId product, model::PortId port, Inherited& into) const {
    const model::OutputPort& row = m_.ports[port];
    const Inherited& from = found_[product.index()];
    const model::Classification own = flow_.ClassOf(port);
    bool changed = Raise(own, port, into.classification, into.classification_port);
    changed |= Raise(from.classification, from.classification_port, into.classification, into.classification_port);
    changed |= Raise(own, port, into.undeclassified, into.undeclassified_port);
    if (!row.declassified.declared) {
      changed |= Raise(from.undeclassified, from.undeclassified_port, into.undeclassified, into.undeclassified_port);
    }
    if (flow_.IsPersonal(port) && row.retention_days) {
      changed |= Shorten(*row.retention_days, port, into);
    }
    if (from.retention_days) {
      changed |= Shorten(*from.retention_days, from.retention_port, into);
    }
    return changed;
  }

  static bool Raise(model::Classification found, model::PortId port, model::Classification& into,
                    model::PortId& into_port) {
    if (found <= into) {
      return false;
    }
    into = found;
    into_port = port;
    return true;
  }

  static bool Shorten(std::int64_t days, model::PortId port, Inherited& into) {
    if (into.retention_days && *into.retention_days <= days) {
      return false;
    }
    into.retention_days = days;
    into.retention_port = port;
    return true;
  }

  const model::Model& m_;
  const Flow& flow_;
  std::vector<Inherited> found_;
  std::vector<model::ProductId> queue_;
  std::vector<bool> waiting_;
};

}  // namespace

Flow::Flow(const model::Model& model, const resolve::Resolved& resolved)
    : m_(model),
      r_(resolved),
      providers_(model.ports.size()),
      offered_(model.products.size()),
      readers_(model.ports.size()),
      inputs_(model.products.size()) {
  for (const model::PortId port : model.ports.All()) {
    if (model.ports[port].poisoned) {
      continue;
    }
    providers_[port.index()] = graph::ProvidersOf(model, resolved, port);
    for (const model::ProductId product : providers_[port.index()]) {
      offered_[product.index()].push_back(port);
    }
  }
  for (const model::InputId input : model.inputs.All()) {
    inputs_[model.inputs[input].product.index()].push_back(input);
    if (const model::PortId port = resolved.input_port[input.index()]; port.has_value()) {
      readers_[port.index()].push_back(input);
    }
  }
}

bool Flow::Enter(model::PortId port, std::uint32_t hops, Scratch& scratch, std::vector<Reached>& found) {
  if (scratch.seen[port.index()] == scratch.round) {
    return false;
  }
  scratch.seen[port.index()] = scratch.round;
  found.push_back({port, hops});
  return true;
}

namespace {

void Begin(std::size_t ports, Flow::Scratch& scratch, std::vector<Reached>& found) {
  scratch.seen.resize(ports, 0);
  ++scratch.round;
  found.clear();
}

}  // namespace

void Flow::Downstream(model::PortId port, Scratch& scratch, std::vector<Reached>& found, std::size_t limit) const {
  Begin(m_.ports.size(), scratch, found);
  Enter(port, 0, scratch, found);
  for (std::size_t next = 0; next < found.size() && found.size() < limit; ++next) {
    const Reached at = found[next];
    for (const model::InputId input : readers_[at.port.index()]) {
      for (const model::PortId made : offered_[m_.inputs[input].product.index()]) {
        Enter(made, at.hops + 1, scratch, found);
      }
    }
  }
}

void Flow::Upstream(model::PortId port, Scratch& scratch, std::vector<Reached>& found, std::size_t limit) const {
  Begin(m_.ports.size(), scratch, found);
  Enter(port, 0, scratch, found);
  for (std::size_t next = 0; next < found.size() && found.size() < limit; ++next) {
    const Reached at = found[next];
    for (const model::ProductId product : providers_[at.port.index()]) {
      for (const model::InputId input : inputs_[product.index()]) {
        if (const model::PortId source = r_.input_port[input.index()]; source.has_value()) {
          Enter(source, at.hops + 1, scratch, found);
        }
      }
    }
  }
}

model::Classification Flow::ClassOf(model::PortId port) const {
  model::Classification worst = m_.ports[port].classification;
  if (worst == model::Classification::Unset) {
    for (const model::ProductId product : Providers(port)) {
      worst = std::max(worst, m_.products[product].classification);
    }
  }
  return worst;
}

bool Flow::IsPersonal(model::PortId port) const {
  const auto& columns = m_.ports[port].columns;
  return m_.ports[port].personal || std::any_of(columns.begin(), columns.end(),
                                                [&](model::ColumnId column) { return m_.columns[column].personal; });
}

const std::vector<Inherited>& Flow::InheritedByProduct() const {
  if (!inherited_) {
    inherited_ = Inheritance(m_, *this).Compute();
  }
  return *inherited_;
}

}  // namespace dpc::policy
