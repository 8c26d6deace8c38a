#include "source/index.h"

#include <algorithm>
#include <utility>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/disk.h"
#include "source/missing.h"
#include "source/repository.h"

namespace dpc::source {
namespace {

std::vector<IndexEntry> ReadJoined(git_repository* repository) {
  const std::filesystem::path path = IndexPath(repository);
  const auto bytes = ReadIfThere(path);
  if (!bytes) {
    return {};
  }
  IndexFile own = ParseIndex(*bytes, path.string());
  if (!own.split) {
    return std::move(own.entries);
  }
  std::vector<IndexEntry> base;
  if (!own.split->base.empty()) {
    const std::filesystem::path shared =
        std::filesystem::path(git_repository_path(repository)) / ("sharedindex." + own.split->base);
    const auto shared_bytes = ReadIfThere(shared);
    if (!shared_bytes) {
      throw EnvironmentError("the git index `" + Printable(path.string()) + "` is split, and `" +
                             Printable(shared.string()) +
                             "`, the other part, is not there: `git read-tree HEAD` makes " + "a new one");
    }
    base = ParseIndex(*shared_bytes, shared.string()).entries;
  }
  return JoinSplit(std::move(own), std::move(base), path.string());
}

// With a stack of its own, as deep as the tree is.
void WriteOut(git_repository* repository, const IndexEntry& folder, std::vector<IndexEntry>& all) {
  std::vector<std::pair<std::string, git_oid>> open = {{folder.path, folder.id}};
  while (!open.empty()) {
    const auto [prefix, id] = std::move(open.back());
    open.pop_back();
    const GitTree tree = ReadTree(repository, id, prefix, "the index");
    for (std::size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
      const std::string path = prefix + git_tree_entry_name(entry);
      if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
        open.emplace_back(path + "/", *git_tree_entry_id(entry));
      } else {
        all.push_back({path, git_tree_entry_filemode(entry), *git_tree_entry_id(entry), 0, true, false});
      }
    }
  }
}

bool IsBefore(const IndexEntry& entry, const std::string& path) {
  return entry.path < path;
}

}  // namespace

const IndexEntry* FindEntry(const std::vector<IndexEntry>& entries, const std::string& path) {
  const auto found = std::lower_bound(entries.begin(), entries.end(), path, IsBefore);
  return found != entries.end() && found->path == path && found->stage == 0 ? &*found : nullptr;
}

bool HasBelow(const std::vector<IndexEntry>& entries, const std::string& folder) {
  const auto found = std::lower_bound(entries.begin(), entries.end(), folder + "/", IsBefore);
  return found != entries.end() && found->path.starts_with(folder + "/");
}

LinkView ViewOf(git_repository* repository, const std::vector<IndexEntry>& entries, const std::string& shown) {
  const auto target = [repository, &entries, shown](const std::string& path) {
    const IndexEntry* entry = FindEntry(entries, path);
    const bool link = entry != nullptr && entry->mode == GIT_FILEMODE_LINK;
    return link ? std::optional(ReadBlob(repository, entry->id, path, shown)) : std::nullopt;
  };
  const auto is_folder = [&entries](const std::string& path) {
    const IndexEntry* entry = FindEntry(entries, path);
    return path.empty() || (entry != nullptr && entry->mode == GIT_FILEMODE_COMMIT) || HasBelow(entries, path);
  };
  return {target, is_folder};
}

std::vector<IndexEntry> ReadIndex(git_repository* repository) {
  std::vector<IndexEntry> all;
  bool sparse = false;
  for (IndexEntry& entry : ReadJoined(repository)) {
    if (entry.mode == GIT_FILEMODE_TREE) {
      sparse = true;
      WriteOut(repository, entry, all);
    } else {
      all.push_back(std::move(entry));
    }
  }
  if (sparse) {
    std::stable_sort(all.begin(), all.end(), [](const IndexEntry& a, const IndexEntry& b) { return a.path < b.path; });
  }
  return all;
}

}  // namespace dpc::source
