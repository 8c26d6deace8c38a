#include "source/history.h"

#include <algorithm>
#include <queue>

#include "base/text.h"
#include "source/disk.h"
#include "source/git.h"
#include "source/repository.h"

namespace dpc::source {
namespace {

// Enough for what is merged in months; a longer branch only makes itself older.
constexpr int kMostDated = 256;

DatedCommit Dated(const History::Commit& commit) {
  return {Hex(commit.id), Date::FromUnixSeconds(commit.seconds)};
}

// libgit2 1.5 does not look at this file.
OidSet ReadEdge(git_repository* repository) {
  OidSet edge;
  if (git_repository_is_shallow(repository) != 1) {
    return edge;
  }
  const std::string text = ReadIfThere(std::string(git_repository_commondir(repository)) + "shallow").value_or("");
  for (const std::string_view line : Split(text, '\n')) {
    git_oid id;
    if (line.size() >= GIT_OID_HEXSZ && git_oid_fromstrn(&id, line.data(), GIT_OID_HEXSZ) == 0) {
      edge.insert(id);
    }
  }
  return edge;
}

}  // namespace

History::History(git_repository* repository) : repository_(repository), edge_(ReadEdge(repository)) {}

std::optional<History::Commit> History::Find(const git_oid& id) const {
  git_commit* raw = nullptr;
  if (git_commit_lookup(&raw, repository_, &id) != 0) {
    return std::nullopt;
  }
  const GitCommit commit(raw);
  Commit found{id, git_commit_time(commit.get()), {}};
  for (unsigned i = 0; !edge_.contains(id) && i < git_commit_parentcount(commit.get()); ++i) {
    found.parents.push_back(*git_commit_parent_id(commit.get(), i));
  }
  return found;
}

OidSet History::Ancestors(const git_oid& commit) const {
  OidSet seen;
  std::vector<git_oid> open = {commit};
  while (!open.empty()) {
    const auto found = Find(open.back());
    open.pop_back();
    if (found && seen.insert(found->id).second) {
      open.insert(open.end(), found->parents.begin(), found->parents.end());
    }
  }
  return seen;
}

std::vector<git_oid> History::CommonCommits(const git_oid& one, const git_oid& two) const {
  const OidSet of_one = Ancestors(one);
  const OidSet of_two = Ancestors(two);
  std::vector<Commit> common;
  OidSet parents;
  for (const git_oid& id : of_one) {
    if (of_two.contains(id)) {
      common.push_back(*Find(id));
      parents.insert(common.back().parents.begin(), common.back().parents.end());
    }
  }
  // All ancestors of a common commit are common: so one that is no parent of such a one is no ancestor of any.
  std::erase_if(common, [&](const Commit& commit) { return parents.contains(commit.id); });
  std::stable_sort(common.begin(), common.end(),
                   [](const Commit& a, const Commit& b) { return a.seconds > b.seconds; });
  std::vector<git_oid> ids;
  for (const Commit& commit : common) {
    ids.push_back(commit.id);
  }
  return ids;
}

std::optional<CommitDays> History::Days(const git_oid& commit) const {
  const auto begin = Find(commit);
  if (!begin) {
    return std::nullopt;
  }
  const auto later = [](const Commit& a, const Commit& b) {
    return a.seconds != b.seconds ? a.seconds < b.seconds : OidLess()(a.id, b.id);
  };
  std::priority_queue<Commit, std::vector<Commit>, decltype(later)> open(later);
  open.push(*begin);
  OidSet seen = {commit};
  Commit latest = *begin;
  for (int count = 0; !open.empty() && count < kMostDated; ++count) {
    const Commit next = open.top();
    open.pop();
    latest = next.seconds > latest.seconds ? next : latest;
    for (const git_oid& id : next.parents) {
      const auto parent = seen.insert(id).second ? Find(id) : std::nullopt;
      if (parent) {
        open.push(*parent);
      }
    }
  }
  return CommitDays{Dated(*begin), Dated(latest)};
}

std::optional<CommitDays> FindDays(const std::string& directory, const std::string& revision) {
  const GitRepository repository = OpenRepository(directory);
  const GitObject object = FindObject(repository.get(), revision, revision);
  git_object* raw = nullptr;
  if (git_object_peel(&raw, object.get(), GIT_OBJECT_COMMIT) != 0) {
    return std::nullopt;
  }
  const GitObject commit(raw);
  return History(repository.get()).Days(*git_object_id(raw));
}

}  // namespace dpc::source
