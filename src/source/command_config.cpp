#include "source/command_config.h"

#include <git2/sys/config.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "source/environment.h"
#include "source/git.h"

namespace dpc::source {
namespace {

std::string Normal(const std::string& key) {
  const std::size_t first = std::min(key.find('.'), key.size());
  const std::size_t last = std::min(key.rfind('.'), key.size());
  return LowerCase(key.substr(0, first)) + key.substr(first, last - first) + LowerCase(key.substr(last));
}

// One word of shell, as git quotes it: 'it'\''s'. Moves `at` behind it.
std::string Unquote(const std::string& text, std::size_t& at) {
  std::string word;
  bool quoted = false;
  for (; at < text.size() && (quoted || (text[at] != ' ' && text[at] != '=')); ++at) {
    if (text[at] == '\'') {
      quoted = !quoted;
    } else if (!quoted && text[at] == '\\' && at + 1 < text.size()) {
      word += text[++at];
    } else {
      word += text[at];
    }
  }
  return word;
}

// `git -c KEY=VALUE`: 'key'='value', or 'key=value' of older ones.
void AddParameters(const std::string& text, std::vector<Setting>& settings) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    std::string key = Unquote(text, at);
    std::optional<std::string> value;
    if (at < text.size() && text[at] == '=') {
      value = Unquote(text, ++at);
    } else if (const std::size_t equal = key.find('='); equal != std::string::npos) {
      value = key.substr(equal + 1);
      key.resize(equal);
    }
    settings.push_back({Normal(key), value});
  }
}

bool IsOfTheRepository(const std::string& key) {
  return key.starts_with("extensions.") || key == "core.bare" || key == "core.worktree" ||
         key == "core.repositoryformatversion" || key.find('.') == std::string::npos;
}

// What libgit2 asks of a place of settings; nobody writes to this one.
struct Backend : git_config_backend {
  std::vector<Setting> settings;
  git_config_level_t level = GIT_CONFIG_LEVEL_APP;
};

Backend& Of(git_config_backend* backend) {
  return *static_cast<Backend*>(backend);
}

git_config_entry EntryOf(const Backend& backend, const Setting& setting) {
  git_config_entry entry = {};
  entry.name = setting.key.c_str();
  entry.value = setting.value ? setting.value->c_str() : nullptr;
  entry.level = backend.level;
  return entry;
}

int Open(git_config_backend* backend, git_config_level_t level, const git_repository* /*repository*/) {
  Of(backend).level = level;
  return 0;
}

int Get(git_config_backend* backend, const char* key, git_config_entry** entry) {
  const std::vector<Setting>& settings = Of(backend).settings;
  const auto last = std::find_if(settings.rbegin(), settings.rend(), [&](const Setting& it) { return it.key == key; });
  if (last == settings.rend()) {
    return GIT_ENOTFOUND;
  }
  *entry = new git_config_entry(EntryOf(Of(backend), *last));
  (*entry)->free = [](git_config_entry* it) { delete it; };
  return 0;
}

struct Walk : git_config_iterator {
  std::size_t next_one = 0;
  git_config_entry entry = {};
};

int Next(git_config_entry** entry, git_config_iterator* iterator) {
  Walk& walk = *static_cast<Walk*>(iterator);
  const Backend& backend = Of(walk.backend);
  if (walk.next_one == backend.settings.size()) {
    return GIT_ITEROVER;
  }
  walk.entry = EntryOf(backend, backend.settings[walk.next_one++]);
  *entry = &walk.entry;
  return 0;
}

int Iterate(git_config_iterator** iterator, git_config_backend* backend) {
  auto walk = std::make_unique<Walk>();
  walk->backend = backend;
  walk->next = Next;
  walk->free = [](git_config_iterator* it) { delete static_cast<Walk*>(it); };
  *iterator = walk.release();
  return 0;
}

std::unique_ptr<Backend> Make(std::vector<Setting> settings);

int Snapshot(git_config_backend** copy, git_config_backend* backend) {
  *copy = Make(Of(backend).settings).release();
  return 0;
}

std::unique_ptr<Backend> Make(std::vector<Setting> settings) {
  auto backend = std::make_unique<Backend>();
  git_config_init_backend(backend.get(), GIT_CONFIG_BACKEND_VERSION);
  backend->settings = std::move(settings);
  backend->readonly = 1;
  backend->open = Open;
  backend->get = Get;
  backend->iterator = Iterate;
  backend->snapshot = Snapshot;
  backend->set = [](git_config_backend*, const char*, const char*) { return -1; };
  backend->set_multivar = [](git_config_backend*, const char*, const char*, const char*) { return -1; };
  backend->del = [](git_config_backend*, const char*) { return -1; };
  backend->del_multivar = [](git_config_backend*, const char*, const char*) { return -1; };
  backend->lock = [](git_config_backend*) { return -1; };
  backend->unlock = [](git_config_backend*, int) { return -1; };
  backend->free = [](git_config_backend* it) { delete static_cast<Backend*>(it); };
  return backend;
}

}  // namespace

std::vector<Setting> SettingsOfCommand() {
  std::vector<Setting> settings;
  static constexpr int kMost = 10'000;
  const std::string text = Variable("GIT_CONFIG_COUNT");
  const int count = IsDigits(text) && text.size() < 6 ? std::min(std::stoi(text), kMost) : 0;
  for (int i = 0; i < count; ++i) {
    settings.push_back(
        {Normal(Variable("GIT_CONFIG_KEY_" + std::to_string(i))), Variable("GIT_CONFIG_VALUE_" + std::to_string(i))});
  }
  AddParameters(Variable("GIT_CONFIG_PARAMETERS"), settings);
  return settings;
}

void AddSettingsOfCommand(git_config* config, git_repository* repository) {
  std::vector<Setting> settings = SettingsOfCommand();
  std::erase_if(settings, [](const Setting& setting) { return IsOfTheRepository(setting.key); });
  if (settings.empty()) {
    return;
  }
  // Above `config.worktree`, which has the highest level that libgit2 has a name for.
  constexpr auto kLevel = static_cast<git_config_level_t>(GIT_CONFIG_LEVEL_APP + 1);
  auto backend = Make(std::move(settings));
  if (git_config_add_backend(config, backend.get(), kLevel, repository, 0) != 0) {
    ThrowGit("the settings of the git command cannot be used");
  }
  static_cast<void>(backend.release());  // the configuration owns it now
}

}  // namespace dpc::source
