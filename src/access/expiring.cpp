#include "access/expiring.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace dpc::access {

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
    if (row.until && *row.until <= last) {
      found.push_back({*row.until, Occasion::End, id});
    }
    if (row.reassess && *row.reassess <= last) {
      found.push_back({*row.reassess, Occasion::Reassessment, id});
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
