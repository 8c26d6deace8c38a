// Ports whose last day is over.
#include <algorithm>
#include <map>

#include "access/contact.h"
#include "access/dead_ends.h"
#include "access/diagnostics.h"
#include "base/text.h"

namespace dpc::access {
namespace {

bool IsOver(const model::Model& model, model::PortId port, Date today) {
  const model::OutputPort& row = model.ports[port];
  const bool retired =
      row.product.has_value() && model.products[row.product].status == model::Status::Retired;  // which is said
  return !row.poisoned && !retired && row.sunset && *row.sunset < today;
}

std::string Instead(const model::Model& model, const resolve::Resolved& resolved, model::PortId port) {
  const model::PortId successor = resolved.port_successor[port.index()];
  return successor.has_value() ? "read `" + PortLabel(model, successor) + "` instead" : std::string();
}

}  // namespace

void CheckSunsets(const model::Model& model, const resolve::Resolved& resolved, const std::vector<Consent>& consents,
                  std::optional<Date> today, Emitter& emitter) {
  if (!today) {
    return;
  }
  std::map<model::PortId, std::size_t> readers;
  for (const model::InputId input : model.inputs.All()) {
    const model::PortId port = resolved.input_port[input.index()];
    if (!consents[input.index()].granted || !IsOver(model, port, *today)) {
      continue;
    }
    ++readers[port];
    const model::InputPort& row = model.inputs[input];
    const std::string instead = Instead(model, resolved, port);
    emitter
        .Report(kReadAfterSunset, row.port.range, model.Text(model.products[row.product].name), PortLabel(model, port),
                model.ports[port].sunset->ToString())
        .Label(model.ports[port].sunset_range, "the last day")
        .Hint(instead.empty() ? "ask " + ContactText(model, ContactOf(model, resolved, port)) + " what to read instead"
                              : instead);
  }
  for (const model::PortId port : model.ports.All()) {
    if (IsOver(model, port, *today)) {
      const std::size_t count = readers.contains(port) ? readers[port] : 0;
      emitter
          .Report(kSunsetOver, model.ports[port].sunset_range, PortLabel(model, port),
                  model.ports[port].sunset->ToString())
          .Hint(count == 0 ? "nobody reads it: take the port away"
                           : Plural(count, "product") + (count == 1 ? " reads" : " read") +
                                 " it: move `sunset`, or take the port away, which ends their access");
    }
  }
}

}  // namespace dpc::access
