#include "source/tracked.h"

#include <git2.h>

#include "base/text.h"
#include "source/git.h"
#include "source/index.h"
#include "source/repository.h"

namespace dpc::source {

std::vector<std::string> TrackedBelow(const std::string& folder) {
  const GitRepository repository = DiscoverRepository(folder);
  if (!repository || git_repository_workdir(repository.get()) == nullptr) {
    return {};
  }
  std::string prefix = PrefixIn(repository.get(), folder);
  prefix = LowerCase(prefix.empty() ? "" : prefix + "/");
  std::vector<std::string> paths;
  for (const IndexEntry& entry : ReadIndex(repository.get())) {
    const std::string_view path = entry.path;
    // Where case does not matter, git and the disk may spell the folder differently.
    if (LowerCase(path.substr(0, prefix.size())) == prefix) {
      paths.emplace_back(path.substr(prefix.size()));
    }
  }
  return paths;
}

}  // namespace dpc::source
