// Agreements that end, or are due to be looked at again, within some days.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::access {

enum class Occasion : std::uint8_t { End, Reassessment };

struct Expiring {
  Date day;
  Occasion occasion = Occasion::End;
  model::AgreementId agreement;
};

// By day, then port, consumer. An end before `today` has happened and is not listed; a reassessment that is overdue is,
// unless the agreement has ended.
std::vector<Expiring> FindExpiring(const model::Model& model, const resolve::Resolved& resolved, Date today,
                                   std::int32_t days);

}  // namespace dpc::access
