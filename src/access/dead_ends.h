// What is declared and leads nowhere, or further than it looks. Private to `access`.
#pragma once

#include <optional>
#include <vector>

#include "access/access.h"

namespace dpc::access {

// sunsets.cpp: DPC6015 at an input port that reads what is offered no more, DPC6016 at the port. Without a day nothing.
void CheckSunsets(const model::Model& model, const resolve::Resolved& resolved, const std::vector<Consent>& consents,
                  std::optional<Date> today, Emitter& emitter);

// dead_ways.cpp: DPC6017 to DPC6020, about `assumedBy`: ways of the workspace that an environment leaves out, ways that
// fit nobody who asks for them, and principals that are roles of this repository.
void CheckWays(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
               Emitter& emitter);

}  // namespace dpc::access
