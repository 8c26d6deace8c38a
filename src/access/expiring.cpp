#include "access/expiring.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace dpc::access {
namespace {

bool IsRetired(const model::Model& model, model::ProductId product) {
  return product.has_value() && model.products[product].status == model::Status::Retired;
}

Idle IdleOf(const model::Model& model, const resolve::Resolved& resolved, model::AgreementId agreement, Date today) {
  const model::PortId port = resolved.agreement_port[agreement.index()];
  const model::ProductId consumer = resolved.agreement_consumer[agreement.index()];
  if (IsRetired(model, consumer) || IsRetired(model, model.ports[port].product)) {
    return Idle::Retired;
  }
  const auto inputs = model.products[consumer].inputs;
  const auto input = std::find_if(inputs.begin(), inputs.end(),
                                  [&](model::InputId id) { return resolved.input_port[id.index()] == port; });
  if (input == inputs.end()) {
    return Idle::NoInput;
  }
  if (model.ports[port].access == model::AccessType::Unrestricted || model.inputs[*input].approved_in_source) {
    return Idle::NotNeeded;
  }
  const std::optional<Date>& from = model.agreements[agreement].from;
  return from && today < *from ? Idle::NotYet : Idle::No;
}

}  // namespace

std::string_view IdleName(Idle idle) {
  static constexpr std::array<std::string_view, 5> kNames = {"", "retired", "noInputPort", "notNeeded", "notYet"};
  return kNames[static_cast<std::size_t>(idle)];
}

std::vector<Expiring> FindExpiring(const model::Model& model, const resolve::Resolved& resolved, Date today,
                                   std::int32_t days) {
  const Date last(today.days_since_epoch() + days);
  std::vector<Expiring> found;
  for (const model::AgreementId id : model.agreements.All()) {
    const model::Agreement& row = model.agreements[id];
    const bool known =
        resolved.agreement_port[id.index()].has_value() && resolved.agreement_consumer[id.index()].has_value();
    if (row.poisoned || !known || (row.until && *row.until < today)) {
      continue;
    }
    const Idle idle = IdleOf(model, resolved, id, today);
    if (row.until && *row.until <= last) {
      found.push_back({*row.until, Occasion::End, id, idle});
    }
    if (row.reassess && *row.reassess <= last) {
      found.push_back({*row.reassess, Occasion::Reassessment, id, idle});
    }
  }
  const auto key = [&](const Expiring& row) {
    const model::ProductId consumer = resolved.agreement_consumer[row.agreement.index()];
    return std::tuple(row.day, model::PortLabel(model, resolved.agreement_port[row.agreement.index()]),
                      model.Text(model.products[consumer].name), row.occasion, row.agreement);
  };
  std::sort(found.begin(), found.end(), [&](const Expiring& a, const Expiring& b) { return key(a) < key(b); });
  return found;
}

}  // namespace dpc::access
