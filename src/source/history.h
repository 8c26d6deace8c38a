// Commits and their parents, as git sees them: where a shallow clone ends, there are none. Private to `source`.
#pragma once

#include <git2.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "source/days.h"

namespace dpc::source {

struct OidLess {
  bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_cmp(&a, &b) < 0; }
};

using OidSet = std::set<git_oid, OidLess>;

class History {
 public:
  // Reads where a shallow repository ends.
  explicit History(git_repository* repository);

  bool IsShallow() const { return !edge_.empty(); }

  struct Commit {
    git_oid id;
    std::int64_t seconds = 0;  // POSIX time, in UTC
    std::vector<git_oid> parents;
  };

  // Nothing for what this clone lacks.
  std::optional<Commit> Find(const git_oid& id) const;

  // The commits that are ancestors of both (each is its own), and not ancestors of such a one: by parents alone, since
  // dates may be made up. The latest one first. Reads the whole history that is there.
  std::vector<git_oid> CommonCommits(const git_oid& one, const git_oid& two) const;

  // Walks so many commits, the latest one first.
  std::optional<CommitDays> Days(const git_oid& commit) const;

 private:
  OidSet Ancestors(const git_oid& commit) const;

  git_repository* repository_;
  OidSet edge_;
};

}  // namespace dpc::source
