// Who may assume a role: its trust policy (reference/iam.md, b ix). Exactly the declared principals; nobody when none
// fits.
#pragma once

#include <nlohmann/json.hpp>

#include "access/access.h"
#include "backend/aws/rights.h"
#include "backend/backend.h"
#include "json/json.h"

namespace dpc::backend::aws {

// A trust policy: 2,048 characters by default (IAM quotas). Counted as bytes of compact JSON.
inline constexpr std::size_t kTrustBytes = 2048;

struct Trust {
  Json policy;
  bool nobody = false;  // closed by an explicit denial: IAM has no empty trust policy
  Sources sources;
};

Trust TrustOf(const Input& input, const access::Role& role);

}  // namespace dpc::backend::aws
