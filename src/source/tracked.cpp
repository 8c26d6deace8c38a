#include "source/tracked.h"

#include <git2.h>

#include "base/text.h"
#include "source/git.h"

namespace dpc::source {

std::vector<std::string> TrackedBelow(const std::string& folder) {
  const GitRepository repository = DiscoverRepository(folder);
  if (!repository || git_repository_workdir(repository.get()) == nullptr) {
    return {};
  }
  git_index* raw = nullptr;
  if (git_repository_index(&raw, repository.get()) != 0) {
    ThrowGit("the index of the git repository of `" + Printable(folder) + "` cannot be read");
  }
  const GitIndex index(raw);
  std::string prefix = PrefixIn(repository.get(), folder);
  prefix = LowerCase(prefix.empty() ? "" : prefix + "/");
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < git_index_entrycount(index.get()); ++i) {
    const std::string_view path = git_index_get_byindex(index.get(), i)->path;
    // Where case does not matter, git and the disk may spell the folder differently.
    if (LowerCase(path.substr(0, prefix.size())) == prefix) {
      paths.emplace_back(path.substr(prefix.size()));
    }
  }
  return paths;
}

}  // namespace dpc::source
