// Cases written beside the policies: small repositories inside of YAML, and what a policy should find in them.
#pragma once

#include <string>
#include <vector>

#include "driver/driver.h"

namespace dpc::driver {

struct CaseResult {
  std::string policy;
  std::string file;
  std::size_t line = 0;  // of the case
  std::string name;
  std::vector<std::string> expected;
  std::vector<std::string> found;
  std::string error;  // the case could not be run: "" when it could

  bool passed() const { return error.empty() && expected == found; }

  bool failing() const { return !expected.empty(); }
};

// A policy without a case in which it finds something, or without one in which it finds nothing.
struct Untested {
  std::string policy;
  bool failing = false;  // it has such cases
  bool passing = false;
};

struct PolicyTestReport {
  std::vector<CaseResult> cases;  // by file and line
  std::vector<Untested> untested;
};

// Runs every `*.yaml` below `folders` (files or folders on disk). Policies are those of `policies`; one that none of
// them tests is untested; `sources` holds their files. Throws EnvironmentError when a folder cannot be read, or a file
// is no test.
PolicyTestReport TestPolicies(const std::vector<std::string>& folders, const std::vector<policy::Policy>& policies,
                              const source::SourceManager& sources);

}  // namespace dpc::driver
