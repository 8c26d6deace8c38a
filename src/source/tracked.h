// What git tracks: what an author can commit, rather than what a tool left on this machine.
#pragma once

#include <string>
#include <vector>

namespace dpc::source {

// Paths in the index of the repository that holds `folder`, relative to it, as git spells them; a submodule is one
// path. None outside of a work tree of git. Throws EnvironmentError when the repository cannot be read.
std::vector<std::string> TrackedBelow(const std::string& folder);

}  // namespace dpc::source
