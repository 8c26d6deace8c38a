// Worlds that the tests of policies look at: one of the examples, or declarations in memory.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../compiled.h"
#include "policy/tables/side.h"

namespace dpc::policy {

inline Snapshot SnapshotOf(const driver::Compilation& compilation) {
  return {&compilation.model, &compilation.resolved, &compilation.access, &compilation.sources,
          &compilation.diagnostics};
}

inline std::unique_ptr<driver::Compilation> CompileFolder(const std::string& folder) {
  driver::Options options;
  options.threads = 1;
  options.today = Date(20000);
  return driver::CompileTree(source::OpenWorkTree(folder), options);
}

inline std::string Example(const std::string& name) {
  return std::string(DPC_SOURCE_DIR) + "/examples/" + name;
}

// The examples, and the portal's sample where it is at hand.
inline std::vector<std::string> Folders() {
  std::vector<std::string> folders = {Example("realistic"), Example("small"), Example("portal")};
  const std::string sample = std::string(DPC_SHARED_DIR) + "/corpora/portal/config-valid";
  if (std::filesystem::is_directory(sample)) {
    folders.push_back(sample);
  } else {
    WARN(sample << " is not on this machine: the portal's sample is left out");
  }
  return folders;
}

}  // namespace dpc::policy
