#include "source/fork.h"

#include "base/text.h"
#include "source/base_name.h"
#include "source/git.h"

namespace dpc::source {
namespace {

std::vector<std::string> CommonCommits(git_repository* repository, const git_oid& one, const git_oid& two) {
  std::vector<std::string> commons;
  git_oidarray ids = {};
  if (git_merge_bases(&ids, repository, &one, &two) == 0) {
    for (std::size_t i = 0; i < ids.count; ++i) {
      commons.push_back(Hex(ids.ids[i]));
    }
    git_oidarray_dispose(&ids);
  }
  return commons;
}

}  // namespace

Fork FindFork(const std::string& directory, const std::string& base, const std::string& head) {
  const GitRepository repository = OpenRepository(directory);
  const std::string name = head.empty() ? "HEAD" : head;
  const git_oid tip = FindBaseId(repository.get(), base);
  const git_oid other = FindCommitId(repository.get(), name, name);
  Fork fork{base, Hex(tip), CommonCommits(repository.get(), tip, other)};
  if (fork.commons.empty()) {
    throw EnvironmentError("`" + Printable(base) + "` and `" + Printable(name) + "` have no common commit" +
                           (git_repository_is_shallow(repository.get()) == 1
                                ? " in this shallow clone: fetch more, for example with `git fetch --unshallow`"
                                : ""));
  }
  return fork;
}

}  // namespace dpc::source
