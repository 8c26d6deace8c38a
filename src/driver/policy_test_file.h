// A file of policy cases, read by a table of fields as every other declaration. Private to `driver`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "policy/engine.h"

namespace dpc::driver {

// Path to text.
using TestFiles = std::map<std::string, std::string>;

struct PolicyCase {
  std::string name;
  std::size_t line = 0;
  TestFiles head;
  std::optional<TestFiles> base;
  policy::PullRequest pull_request;
  std::optional<Date> today;
  std::vector<std::pair<std::string, policy::ParameterValue>>
      parameters;                     // the policy's, and what the case says over it
  std::vector<std::string> expected;  // "products/a.yaml:6: message"
};

struct PolicyTestFile {
  const policy::Policy* tested = nullptr;
  std::vector<PolicyCase> cases;
};

// Throws EnvironmentError, with the place, at the first thing that is wrong: a misspelt field would test something
// else.
PolicyTestFile ReadPolicyTestFile(const std::string& path, const std::vector<policy::Policy>& policies);

}  // namespace dpc::driver
