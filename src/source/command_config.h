// The settings of one command, as git hands them to the programs that it starts: `git -c KEY=VALUE`, GIT_CONFIG_COUNT.
// Private to `source`.
#pragma once

#include <git2.h>

#include <optional>
#include <string>
#include <vector>

namespace dpc::source {

struct Setting {
  std::string key;                   // as git compares it: all but what stands between the dots in lower case
  std::optional<std::string> value;  // none for `-c KEY`, which is true
};

// In the order in which they count, the strongest last.
std::vector<Setting> SettingsOfCommand();

// Gives them to `config`, above all files. What makes a repository is the repository's own to say.
void AddSettingsOfCommand(git_config* config, git_repository* repository);

}  // namespace dpc::source
