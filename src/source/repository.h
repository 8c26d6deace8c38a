// Which repository holds a folder, as git finds it: by the folders above, or by what git says to the programs that it
// starts. Private to `source`.
#pragma once

#include <filesystem>
#include <string>

#include "source/git.h"

namespace dpc::source {

// The repository that holds `directory`; null when there is none. git's environment speaks of the repository that the
// current folder is in: of another one, only what its own files say counts. Throws EnvironmentError for one that is
// there and cannot be read, belongs to another user, or has a format that is not read here, with what to type.
GitRepository DiscoverRepository(const std::string& directory);

// The repository that holds `directory`. Throws EnvironmentError when there is none.
GitRepository OpenRepository(const std::string& directory);

// Where the repository's index lies: a hook may be told of another one.
std::filesystem::path IndexPath(git_repository* repository);

// The folder that a repository is for: its work tree, or where it lies itself.
std::filesystem::path TopOf(git_repository* repository);

}  // namespace dpc::source
