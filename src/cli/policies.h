// What the commands of `dpc policy` share.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/options.h"
#include "driver/driver.h"

namespace dpc::cli {

// The repository's policies with its settings, or those of one pack, without a repository.
struct PolicyOptions {
  InputOptions input;
  std::string pack;

  void AddTo(CommandLine& app);
};

struct KnownPolicies {
  std::unique_ptr<driver::Compilation> compilation;  // an empty one with --pack
  std::vector<policy::ActivePolicy> policies;        // by id
};

// Throws EnvironmentError for an unknown pack, and when policies or their settings are wrong: `dpc check` shows the
// places.
KnownPolicies ReadKnown(PolicyOptions& options);

// Throws EnvironmentError, with "did you mean", when there is none of that id.
const policy::ActivePolicy& FindKnown(const KnownPolicies& known, const std::string& id);

// The page of a policy, in Markdown.
std::string PageOf(const policy::ActivePolicy& active);

}  // namespace dpc::cli
