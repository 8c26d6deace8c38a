#include "source/staged.h"

#include <string_view>

#include "source/git.h"
#include "source/missing.h"
#include "source/repository.h"

namespace dpc::source {

std::vector<std::pair<std::string, std::string>> StagedBelow(const std::string& directory, const std::string& folder) {
  const GitRepository repository = OpenRepository(directory);
  git_index* opened = nullptr;
  if (git_repository_index(&opened, repository.get()) != 0) {
    ThrowGit("the index cannot be read");
  }
  const GitIndex index(opened);
  const std::string prefix = PrefixIn(repository.get(), directory);
  const std::string below = (prefix.empty() ? "" : prefix + "/") + folder + "/";
  std::vector<std::pair<std::string, std::string>> files;
  for (std::size_t i = 0; i < git_index_entrycount(index.get()); ++i) {
    const git_index_entry* entry = git_index_get_byindex(index.get(), i);
    const std::string path = entry->path;
    if (path.starts_with(below) && (entry->mode & 0170000U) == 0100000U) {
      files.emplace_back(path.substr(below.size()), ReadBlob(repository.get(), entry->id, path, "the index"));
    }
  }
  return files;
}

}  // namespace dpc::source
