// Agreements that end, or are due to be looked at again, within some days.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::access {

enum class Occasion : std::uint8_t { End, Reassessment };

// Why an agreement lets nobody read today.
enum class Idle : std::uint8_t {
  No,         // it does
  Retired,    // its consumer or its provider
  NoInput,    // the consumer asks for no such port
  NotNeeded,  // the port is unrestricted, or its source records the consent
  NotYet,     // it begins later
};

struct Expiring {
  Date day;
  Occasion occasion = Occasion::End;
  model::AgreementId agreement;
  Idle idle = Idle::No;
};

// "noInputPort", "retired", ...; "" for one that grants.
std::string_view IdleName(Idle idle);

// By day, then port, consumer. An end before `today` has happened and is not listed; a reassessment that is overdue is,
// unless the agreement has ended.
std::vector<Expiring> FindExpiring(const model::Model& model, const resolve::Resolved& resolved, Date today,
                                   std::int32_t days);

}  // namespace dpc::access
