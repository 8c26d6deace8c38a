// The bytes of git's index, as gitformat-index(5) has them. libgit2 1.5 knows neither split nor sparse ones, nor those
// without a checksum. Private to `source`.
#pragma once

#include <git2.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dpc::source {

struct IndexEntry {
  std::string path;        // relative to the top; of a folder that a sparse index sums up, with a slash at the end
  std::uint32_t mode = 0;  // GIT_FILEMODE_TREE for such a folder
  git_oid id = {};
  int stage = 0;          // not 0: one side of a conflict
  bool skipped = false;   // git does not look at the work tree for it: not checked out (sparse), or assumed unchanged
  bool intended = false;  // `git add -N`: nothing is staged yet
};

// What a split index says of the one that it adds to.
struct SplitIndex {
  std::string base;                   // 40 hex digits: the file is `sharedindex.<base>`; "" for none
  std::vector<std::size_t> deleted;   // positions in the base, ascending
  std::vector<std::size_t> replaced;  // by the first entries, one by one; these may have no path
};

struct IndexFile {
  std::vector<IndexEntry> entries;
  std::optional<SplitIndex> split;
};

// `path` is for the EnvironmentError that says that this is no index.
IndexFile ParseIndex(std::string_view bytes, const std::string& path);

// A split index and its base as one, sorted by path and stage.
std::vector<IndexEntry> JoinSplit(IndexFile own, std::vector<IndexEntry> base, const std::string& path);

}  // namespace dpc::source
