// A revision or the index, from git objects: no checkout.
#include <git2.h>

#include <algorithm>
#include <map>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"
#include "source/history.h"
#include "source/listing.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

// What a snapshot holds: listed entries, and the object of each file.
class ObjectTree : public SourceTree {
 public:
  ObjectTree(GitRepository repository, std::string description, std::optional<git_oid> commit)
      : repository_(std::move(repository)), description_(std::move(description)), commit_(commit) {}

  // `path` is relative to the root.
  void Add(const std::string& path, std::uint32_t mode, const git_oid& id) {
    if (mode == GIT_FILEMODE_COMMIT) {
      entries_.push_back({path, EntryKind::Submodule});
    } else if (mode == GIT_FILEMODE_LINK) {
      entries_.push_back({path, EntryKind::SymbolicLink});
    } else if (IsListedName(path)) {
      entries_.push_back({path, EntryKind::File});
      objects_.insert_or_assign(path, id);
    }
  }

  // Once, after all was added: of the links, those stay that are of interest. `prefix`: the root in the repository, ""
  // or with a slash at the end; `view`: the whole of it.
  void Finish(const std::string& prefix, const LinkView& view) {
    std::erase_if(entries_, [&](const Entry& entry) {
      return entry.kind == EntryKind::SymbolicLink && !IsListedName(entry.path) &&
             !LeadsToFolder(prefix + entry.path, view);
    });
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });
  }

  std::vector<Entry> List() const override { return entries_; }

  std::string Read(const std::string& path) const override { return ReadBlob(repository_.get(), ObjectOf(path), path); }

  std::string BlobId(const std::string& path) const override { return Hex(ObjectOf(path)); }

  std::optional<Date> CommitDate() const override {
    const auto days = Days();
    return days ? std::optional(days->own.day) : std::nullopt;
  }

  std::optional<CommitDays> Days() const override {
    return commit_ ? History(repository_.get()).Days(*commit_) : std::nullopt;
  }

  std::string Describe() const override { return description_; }

  git_repository* repository() const { return repository_.get(); }

 private:
  const git_oid& ObjectOf(const std::string& path) const {
    const auto found = objects_.find(path);
    if (found == objects_.end()) {
      throw EnvironmentError("`" + Printable(path) + "` is not in the " + description_);
    }
    return found->second;
  }

  GitRepository repository_;
  std::string description_;
  std::optional<git_oid> commit_;
  std::vector<Entry> entries_;
  std::map<std::string, git_oid> objects_;
};

GitTree TreeOf(git_object* object, const std::string& revision) {
  git_object* raw = nullptr;
  if (git_object_peel(&raw, object, GIT_OBJECT_TREE) != 0) {
    ThrowGit("revision `" + Printable(revision) + "` has no tree");
  }
  return GitTree(reinterpret_cast<git_tree*>(raw));
}

GitTree SubTree(git_repository* repository, GitTree top, const std::string& prefix, const std::string& revision) {
  if (prefix.empty()) {
    return top;
  }
  git_tree_entry* raw = nullptr;
  const bool found = git_tree_entry_bypath(&raw, top.get(), prefix.c_str()) == 0;
  const GitTreeEntry entry(raw);
  git_tree* tree = nullptr;
  if (!found || git_tree_entry_type(entry.get()) != GIT_OBJECT_TREE ||
      git_tree_lookup(&tree, repository, git_tree_entry_id(entry.get())) != 0) {
    throw EnvironmentError("folder `" + Printable(prefix) + "` is not in revision `" + Printable(revision) + "`");
  }
  return GitTree(tree);
}

// What a tree unfolds to: folders that share a tree make a few objects of git any number of files.
class Unfolded {
 public:
  void Add(std::size_t path_bytes, const std::string& folder) {
    static constexpr std::size_t kMostEntries = 5'000'000;
    static constexpr std::size_t kMostPathBytes = std::size_t{1} << 30U;
    static constexpr std::size_t kLongestPath = 4096;  // no checkout has a longer one
    bytes_ += path_bytes;
    if (++entries_ > kMostEntries || bytes_ > kMostPathBytes || path_bytes > kLongestPath) {
      throw EnvironmentError("the tree of the revision unfolds to more than " +
                             (path_bytes > kLongestPath ? "a path of " + std::to_string(kLongestPath) + " bytes"
                              : bytes_ > kMostPathBytes ? std::to_string(kMostPathBytes) + " bytes of paths"
                                                        : std::to_string(kMostEntries) + " entries") +
                             ", at folder `" + Printable(folder.substr(0, 200)) + "`: dpc reads no more of one");
    }
  }

 private:
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
};

// With a stack of its own: the depth of a repository is not ours to choose.
void Walk(ObjectTree& out, GitTree root) {
  Unfolded unfolded;
  std::vector<std::pair<std::string, GitTree>> open;
  open.emplace_back("", std::move(root));
  while (!open.empty()) {
    const auto [prefix, tree] = std::move(open.back());
    open.pop_back();
    for (std::size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
      const std::string name = git_tree_entry_name(entry);
      unfolded.Add(prefix.size() + name.size(), prefix);
      if (IsHiddenName(name)) {
        continue;
      }
      if (git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
        out.Add(prefix + name, git_tree_entry_filemode(entry), *git_tree_entry_id(entry));
        continue;
      }
      git_tree* below = nullptr;
      if (git_tree_lookup(&below, out.repository(), git_tree_entry_id(entry)) != 0) {
        ThrowGit("folder `" + Printable(prefix + name) + "` cannot be read from the repository");
      }
      open.emplace_back(prefix + name + "/", GitTree(below));
    }
  }
}

// The repository as a tree of git objects.
LinkView ViewOf(git_repository* repository, git_tree* top) {
  const auto find = [top](const std::string& path) {
    git_tree_entry* raw = nullptr;
    const int result = git_tree_entry_bypath(&raw, top, path.c_str());
    ThrowIfDamaged(result, "`" + Printable(path) + "` cannot be read from the repository");
    return GitTreeEntry(result == 0 ? raw : nullptr);
  };
  const auto target = [=](const std::string& path) {
    const GitTreeEntry entry = find(path);
    const bool link = entry && git_tree_entry_filemode(entry.get()) == GIT_FILEMODE_LINK;
    return link ? std::optional(ReadBlob(repository, *git_tree_entry_id(entry.get()), path)) : std::nullopt;
  };
  const auto is_folder = [=](const std::string& path) {
    const GitTreeEntry entry = find(path);
    // Another repository is a folder, too.
    return path.empty() || (entry && git_tree_entry_type(entry.get()) != GIT_OBJECT_BLOB);
  };
  return {target, is_folder};
}

// The repository as the index has it.
LinkView ViewOf(git_repository* repository, git_index* index) {
  const auto target = [=](const std::string& path) {
    const git_index_entry* entry = git_index_get_bypath(index, path.c_str(), 0);
    const bool link = entry != nullptr && entry->mode == GIT_FILEMODE_LINK;
    return link ? std::optional(ReadBlob(repository, entry->id, path)) : std::nullopt;
  };
  const auto is_folder = [=](const std::string& path) {
    const git_index_entry* entry = git_index_get_bypath(index, path.c_str(), 0);
    return path.empty() || (entry != nullptr && entry->mode == GIT_FILEMODE_COMMIT) ||
           git_index_find_prefix(nullptr, index, (path + "/").c_str()) == 0;
  };
  return {target, is_folder};
}

}  // namespace

std::unique_ptr<SourceTree> OpenRevision(const std::string& directory, const std::string& revision) {
  GitRepository repository = OpenRepository(directory);
  const std::string prefix = PrefixIn(repository.get(), directory);
  const GitObject object = FindObject(repository.get(), revision, revision);
  const GitTree top = TreeOf(object.get(), revision);
  GitTree root = SubTree(repository.get(), TreeOf(object.get(), revision), prefix, revision);
  git_object* raw = nullptr;
  std::optional<git_oid> id;
  std::string description = "revision " + Hex(*git_object_id(object.get()));
  if (git_object_peel(&raw, object.get(), GIT_OBJECT_COMMIT) == 0) {
    const GitObject commit(raw);
    id = *git_object_id(raw);
    description = "revision " + Hex(*id);
  }
  auto tree = std::make_unique<ObjectTree>(std::move(repository), std::move(description), id);
  Walk(*tree, std::move(root));
  tree->Finish(prefix.empty() ? "" : prefix + "/", ViewOf(tree->repository(), top.get()));
  return tree;
}

std::unique_ptr<SourceTree> OpenIndex(const std::string& directory) {
  GitRepository repository = OpenRepository(directory);
  if (git_repository_is_bare(repository.get()) == 1) {
    throw EnvironmentError("`" + Printable(directory) +
                           "` is a bare repository, where nothing is staged: name a revision with `--rev`");
  }
  const std::string prefix = PrefixIn(repository.get(), directory);
  const std::string start = prefix.empty() ? "" : prefix + "/";
  git_index* raw = nullptr;
  if (git_repository_index(&raw, repository.get()) != 0) {
    ThrowGit("the index of the repository cannot be read");
  }
  const GitIndex index(raw);
  const auto head = HeadId(repository.get());
  auto tree = std::make_unique<ObjectTree>(std::move(repository), "index", head);
  for (std::size_t i = 0; i < git_index_entrycount(index.get()); ++i) {
    const git_index_entry* entry = git_index_get_byindex(index.get(), i);
    const std::string path = entry->path;
    if (!path.starts_with(start) || IsHiddenPath(path.substr(start.size()))) {
      continue;
    }
    if (git_index_entry_stage(entry) != 0) {
      throw EnvironmentError("`" + Printable(path) + "` has a merge conflict: resolve it and stage the result");
    }
    tree->Add(path.substr(start.size()), entry->mode, entry->id);
  }
  tree->Finish(start, ViewOf(tree->repository(), index.get()));
  return tree;
}

}  // namespace dpc::source
