#include "source/fork.h"

#include "base/text.h"
#include "source/base_name.h"
#include "source/git.h"
#include "source/history.h"
#include "source/repository.h"

namespace dpc::source {
namespace {

// libgit2 1.5 goes on where a shallow clone ends, and fails there.
std::vector<git_oid> CommonCommits(git_repository* repository, const History& history, const git_oid& one,
                                   const git_oid& two) {
  if (history.IsShallow()) {
    return history.CommonCommits(one, two);
  }
  git_oidarray ids = {};
  std::vector<git_oid> commons;
  if (git_merge_bases(&ids, repository, &one, &two) == 0) {
    commons.assign(ids.ids, ids.ids + ids.count);
    git_oidarray_dispose(&ids);
  }
  return commons;
}

[[noreturn]] void ThrowUnrelated(const std::string& base, const std::string& head, bool shallow) {
  throw EnvironmentError("`" + Printable(base) + "` and `" + Printable(head) + "` have no common commit" +
                         (shallow ? " in this shallow clone: `git fetch --unshallow` fetches the rest of the history, "
                                    "`git fetch --deepen=100` some of it"
                                  : ""));
}

}  // namespace

Fork FindFork(const std::string& directory, const std::string& base, const std::string& head) {
  const GitRepository repository = OpenRepository(directory);
  const History history(repository.get());
  const std::string name = head.empty() ? "HEAD" : head;
  const git_oid tip = FindBaseId(repository.get(), base);
  const git_oid other = FindCommitId(repository.get(), name, name);
  Fork fork{base, Hex(tip), {}, history.Days(tip)};
  for (const git_oid& id : CommonCommits(repository.get(), history, tip, other)) {
    fork.commons.push_back(Hex(id));
  }
  if (fork.commons.empty()) {
    ThrowUnrelated(base, name, history.IsShallow());
  }
  return fork;
}

}  // namespace dpc::source
