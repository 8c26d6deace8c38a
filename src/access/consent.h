// Whether each declared input port may be read today, and by which agreement.
#pragma once

#include <optional>
#include <vector>

#include "access/access.h"

namespace dpc::access {

// By InputId. Fills `pending`, and reports what is pending, expired, not yet in force or without effect.
std::vector<Consent> JudgeConsent(const model::Model& model, const resolve::Resolved& resolved,
                                  std::optional<Date> today, std::vector<Pending>& pending, Emitter& emitter);

// By InputId: consent that has not ended on `today`, in the order in which it begins; several only of agreements.
std::vector<std::vector<Consent>> LastingConsent(const model::Model& model, const resolve::Resolved& resolved,
                                                 std::optional<Date> today);

}  // namespace dpc::access
