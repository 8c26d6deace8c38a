#include "source/config.h"

#include <git2/sys/repository.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/text.h"
#include "source/command_config.h"
#include "source/disk.h"
#include "source/environment.h"

namespace dpc::source {
namespace {

struct ConfigFile {
  std::string path;
  git_config_level_t level;
};

bool IsSet(const std::string& name) {
  return std::getenv(name.c_str()) != nullptr;
}

void AddUserFiles(std::vector<ConfigFile>& files) {
  if (IsSet("GIT_CONFIG_GLOBAL")) {
    files.push_back({Variable("GIT_CONFIG_GLOBAL"), GIT_CONFIG_LEVEL_GLOBAL});
    return;
  }
  const std::string home = Variable("HOME");
  const std::string base = Variable("XDG_CONFIG_HOME");
  if (!base.empty() || !home.empty()) {
    files.push_back({(base.empty() ? home + "/.config" : base) + "/git/config", GIT_CONFIG_LEVEL_XDG});
  }
  if (!home.empty()) {
    files.push_back({home + "/.gitconfig", GIT_CONFIG_LEVEL_GLOBAL});
  }
}

// Those that are there, the weakest one first.
std::vector<ConfigFile> FilesOfMachine() {
  std::vector<ConfigFile> files;
  if (!IsTrue(Variable("GIT_CONFIG_NOSYSTEM"))) {
    files.push_back(
        {IsSet("GIT_CONFIG_SYSTEM") ? Variable("GIT_CONFIG_SYSTEM") : "/etc/gitconfig", GIT_CONFIG_LEVEL_SYSTEM});
  }
  AddUserFiles(files);
  std::erase_if(files, [](const ConfigFile& file) { return file.path.empty() || !IsThere(file.path); });
  return files;
}

[[noreturn]] void ThrowUnreadable(const std::string& path) {
  ThrowGit("the git configuration `" + Printable(path) + "` cannot be read");
}

void AddFile(git_config* config, const ConfigFile& file, git_repository* repository) {
  if (git_config_add_file_ondisk(config, file.path.c_str(), file.level, repository, 1) != 0) {
    ThrowUnreadable(file.path);
  }
}

std::vector<std::string> AllOf(git_config* config, const std::string& key, const std::string& path) {
  git_config_iterator* raw = nullptr;
  if (git_config_multivar_iterator_new(&raw, config, key.c_str(), nullptr) != 0) {
    ThrowUnreadable(path);
  }
  const std::unique_ptr<git_config_iterator, GitFree<git_config_iterator_free>> iterator(raw);
  std::vector<std::string> values;
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, raw) == 0) {
    values.emplace_back(entry->value == nullptr ? "" : entry->value);
  }
  return values;
}

}  // namespace

void Configure(git_repository* repository) {
  git_config* raw = nullptr;
  if (git_config_new(&raw) != 0) {
    ThrowGit("the git configuration cannot be read");
  }
  const GitConfig config(raw);
  for (const ConfigFile& file : FilesOfMachine()) {
    AddFile(raw, file, repository);
  }
  AddFile(raw, {std::string(git_repository_commondir(repository)) + "config", GIT_CONFIG_LEVEL_LOCAL}, repository);
  if (git_repository_set_config(repository, raw) != 0) {
    ThrowGit("the git configuration cannot be read");
  }
  const std::string own = std::string(git_repository_path(repository)) + "config.worktree";
  if (IsTrue(ConfigText(repository, "extensions.worktreeConfig")) && IsThere(own)) {
    AddFile(raw, {own, GIT_CONFIG_LEVEL_APP}, repository);
  }
  AddSettingsOfCommand(raw, repository);
}

std::string ConfigText(git_repository* repository, const std::string& key) {
  git_config* raw = nullptr;
  if (git_repository_config_snapshot(&raw, repository) != 0) {
    ThrowUnreadable(std::string(git_repository_commondir(repository)) + "config");
  }
  const GitConfig config(raw);
  const char* text = nullptr;
  const int result = git_config_get_string(&text, raw, key.c_str());
  if (result != 0 && result != GIT_ENOTFOUND) {
    ThrowGit("`" + key + "` of the git configuration cannot be read");
  }
  return result == 0 && text != nullptr ? text : "";
}

std::string ConfigOfRemotes(git_repository* repository, const std::string& key) {
  git_config* raw = nullptr;
  if (git_repository_config_snapshot(&raw, repository) != 0) {
    ThrowUnreadable(std::string(git_repository_commondir(repository)) + "config");
  }
  const GitConfig config(raw);
  git_config_iterator* walk = nullptr;
  if (git_config_iterator_new(&walk, raw) != 0) {
    ThrowGit("the remotes of the git configuration cannot be read");
  }
  const std::unique_ptr<git_config_iterator, GitFree<git_config_iterator_free>> iterator(walk);
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, walk) == 0) {
    const std::string_view name = entry->name;
    if (entry->value != nullptr && name.starts_with("remote.") && name.ends_with("." + key)) {
      return entry->value;
    }
  }
  return "";
}

std::vector<std::string> SafeDirectories() {
  std::vector<std::string> all;
  for (const ConfigFile& file : FilesOfMachine()) {
    git_config* raw = nullptr;
    if (git_config_open_ondisk(&raw, file.path.c_str()) != 0) {
      ThrowUnreadable(file.path);
    }
    const GitConfig config(raw);
    const auto values = AllOf(raw, "safe.directory", file.path);
    all.insert(all.end(), values.begin(), values.end());
  }
  for (const Setting& setting : SettingsOfCommand()) {
    if (setting.key == "safe.directory") {
      all.push_back(setting.value.value_or(""));
    }
  }
  return all;
}

}  // namespace dpc::source
