// Who may assume a role: its trust policy (reference/iam.md, b ix). One statement set for each of the ways into the
// role (access/reach.h); nobody when none fits.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "access/access.h"
#include "access/reach.h"
#include "backend/aws/rights.h"
#include "backend/backend.h"
#include "json/json.h"

namespace dpc::backend::aws {

// A trust policy: 2,048 characters unless the account's quota was raised, at most to 8,192 (IAM quotas). Counted as
// bytes of compact JSON.
inline constexpr std::size_t kTrustBytes = 2048;

// A statement, and what it is for.
struct TrustPart {
  std::string what;  // "Conveyor's workers", "2 principals"
  std::size_t callers = 1;
  std::size_t bytes = 0;  // of the statement
  Range range;            // the declaration of its first caller
};

struct Trust {
  Json policy;
  bool nobody = false;  // closed by an explicit denial: IAM has no empty trust policy
  std::vector<TrustPart> parts;
  Sources sources;
};

Trust TrustOf(const Input& input, const access::Role& role);

// False after a report (DPC7008, with the arithmetic): larger than the environment's quota.
bool TrustFits(const Input& input, const access::Role& role, const Trust& trust, Emitter& emitter);

}  // namespace dpc::backend::aws
