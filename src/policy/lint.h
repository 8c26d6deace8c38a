// What is not wrong in a policy but will surprise: NULL traps, joins that read a table for every row, a page that is
// not written.
#pragma once

#include <string>
#include <vector>

#include "policy/engine.h"

namespace dpc::policy {

struct LintFinding {
  std::string policy;
  Range range;  // none in a pack
  std::string message;
  bool broken = false;  // the policy cannot be run at all
};

// By policy, then place.
std::vector<LintFinding> Lint(const World& world, const std::vector<ActivePolicy>& policies);

}  // namespace dpc::policy
