// Which folder of which repository is judged: whoever makes a change has no say in it.
#pragma once

#include <string>

namespace dpc::source {

// Throws EnvironmentError when the change may have made `directory`, as an option names it, what it is: when a symbolic
// link inside of a repository leads there, or it lies in another repository inside of one (a submodule, files that
// pretend to be a bare repository) while the current folder does not.
void CheckFolder(const std::string& directory);

// `directory` has a file of this name in `commit`.
bool HoldsFile(const std::string& directory, const std::string& commit, const std::string& name);

}  // namespace dpc::source
