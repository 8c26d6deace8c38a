// git's configuration, from the places where git looks for it. Private to `source`.
#pragma once

#include <git2.h>

#include <memory>
#include <string>
#include <vector>

#include "source/git.h"

namespace dpc::source {

using GitConfig = std::unique_ptr<git_config, GitFree<git_config_free>>;

// Gives the repository the configuration that git would read: GIT_CONFIG_GLOBAL and the like choose files, a work tree
// may have a file of its own (`extensions.worktreeConfig`), and a hook has the settings of the command that it is part
// of (`git -c core.autocrlf=true commit`). libgit2 1.5 knows none of these.
void Configure(git_repository* repository);

// "" when it is not set.
std::string ConfigText(git_repository* repository, const std::string& key);

// Some `remote.NAME.KEY` is set; "" when none is.
std::string ConfigOfRemotes(git_repository* repository, const std::string& key);

// `safe.directory` of the system, the user and the command, in this order: a repository has no say in it.
std::vector<std::string> SafeDirectories();

}  // namespace dpc::source
