// What `git commit` would commit, as bytes: for folders that dpc writes rather than reads.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace dpc::source {

// (path relative to `folder`, bytes) of each file in the index below `folder`, a path relative to `directory`. Throws
// EnvironmentError when the repository cannot be read, or there is none.
std::vector<std::pair<std::string, std::string>> StagedBelow(const std::string& directory, const std::string& folder);

}  // namespace dpc::source
