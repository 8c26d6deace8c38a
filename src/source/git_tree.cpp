// A revision or the index, from git objects: no checkout.
#include <git2.h>

#include <algorithm>
#include <map>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"
#include "source/history.h"
#include "source/index.h"
#include "source/listing.h"
#include "source/missing.h"
#include "source/repository.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

// What a snapshot holds: listed entries, and the object of each file.
class ObjectTree : public SourceTree {
 public:
  // `shown`: what the user calls it, in messages.
  ObjectTree(GitRepository repository, std::string description, std::string shown, std::optional<git_oid> commit)
      : repository_(std::move(repository)),
        description_(std::move(description)),
        shown_(std::move(shown)),
        commit_(commit) {}

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

  std::string Read(const std::string& path) const override {
    const git_oid& id = ObjectOf(path);
    return ReadBlob(repository_.get(), id, path, shown_, [&] {
      std::vector<git_oid> ids;
      for (const auto& [other, object] : objects_) {
        ids.push_back(object);
      }
      return ids;
    });
  }

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

  const std::string& shown() const { return shown_; }

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
  std::string shown_;
  std::optional<git_oid> commit_;
  std::vector<Entry> entries_;
  std::map<std::string, git_oid> objects_;
};

// What a revision is: its tree, and the commit, when it is one.
struct Snapshot {
  git_oid tree;
  std::optional<git_oid> commit;
  std::string description;
};

Snapshot SnapshotOf(git_object* object, const std::string& revision) {
  git_object* raw = nullptr;
  if (git_object_peel(&raw, object, GIT_OBJECT_COMMIT) == 0) {
    const GitObject commit(raw);
    const git_oid id = *git_object_id(raw);
    return {*git_commit_tree_id(reinterpret_cast<git_commit*>(raw)), id, "revision " + Hex(id)};
  }
  if (git_object_peel(&raw, object, GIT_OBJECT_TREE) != 0) {
    ThrowGit("revision `" + Printable(revision) + "` has no tree");
  }
  const GitObject tree(raw);
  return {*git_object_id(raw), std::nullopt, "revision " + Hex(*git_object_id(object))};
}

GitTree SubTree(git_repository* repository, const git_oid& top, const std::string& prefix, const std::string& shown) {
  GitTree tree = ReadTree(repository, top, "", shown);
  std::string done;
  for (const std::string_view part : Split(prefix, '/')) {
    if (part.empty()) {
      continue;
    }
    done += (done.empty() ? "" : "/") + std::string(part);
    const git_tree_entry* entry = git_tree_entry_byname(tree.get(), std::string(part).c_str());
    if (entry == nullptr || git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
      throw EnvironmentError("folder `" + Printable(prefix) + "` is not in " + shown);
    }
    tree = ReadTree(repository, *git_tree_entry_id(entry), done, shown);
  }
  return tree;
}

// With a stack of its own: the depth of a repository is not ours to choose.
void Walk(ObjectTree& out, GitTree root) {
  std::vector<std::pair<std::string, GitTree>> open;
  open.emplace_back("", std::move(root));
  while (!open.empty()) {
    const auto [prefix, tree] = std::move(open.back());
    open.pop_back();
    for (std::size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
      const std::string name = git_tree_entry_name(entry);
      if (IsHiddenName(name)) {
        continue;
      }
      if (git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
        out.Add(prefix + name, git_tree_entry_filemode(entry), *git_tree_entry_id(entry));
        continue;
      }
      open.emplace_back(prefix + name + "/",
                        ReadTree(out.repository(), *git_tree_entry_id(entry), prefix + name, out.shown()));
    }
  }
}

// The repository as a tree of git objects.
LinkView ViewOf(git_repository* repository, git_tree* top, const std::string& shown) {
  const auto find = [top](const std::string& path) {
    git_tree_entry* raw = nullptr;
    return GitTreeEntry(git_tree_entry_bypath(&raw, top, path.c_str()) == 0 ? raw : nullptr);
  };
  const auto target = [=](const std::string& path) {
    const GitTreeEntry entry = find(path);
    const bool link = entry && git_tree_entry_filemode(entry.get()) == GIT_FILEMODE_LINK;
    return link ? std::optional(ReadBlob(repository, *git_tree_entry_id(entry.get()), path, shown)) : std::nullopt;
  };
  const auto is_folder = [=](const std::string& path) {
    const GitTreeEntry entry = find(path);
    // Another repository is a folder, too.
    return path.empty() || (entry && git_tree_entry_type(entry.get()) != GIT_OBJECT_BLOB);
  };
  return {target, is_folder};
}

}  // namespace

std::unique_ptr<SourceTree> OpenRevision(const std::string& directory, const std::string& revision,
                                         const std::string& name) {
  GitRepository repository = OpenRepository(directory);
  const std::string shown = name.empty() ? "revision `" + Printable(revision) + "`" : name;
  const std::string prefix = PrefixIn(repository.get(), directory);
  const GitObject object = FindObject(repository.get(), revision, revision);
  Snapshot snapshot = SnapshotOf(object.get(), revision);
  const GitTree top = ReadTree(repository.get(), snapshot.tree, "", shown);
  GitTree root = SubTree(repository.get(), snapshot.tree, prefix, shown);
  auto tree =
      std::make_unique<ObjectTree>(std::move(repository), std::move(snapshot.description), shown, snapshot.commit);
  Walk(*tree, std::move(root));
  tree->Finish(prefix.empty() ? "" : prefix + "/", ViewOf(tree->repository(), top.get(), shown));
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
  const std::vector<IndexEntry> index = ReadIndex(repository.get());
  const auto head = HeadId(repository.get());
  auto tree = std::make_unique<ObjectTree>(std::move(repository), "index", "the index", head);
  for (const IndexEntry& entry : index) {
    if (!entry.path.starts_with(start) || IsHiddenPath(std::string_view(entry.path).substr(start.size())) ||
        entry.intended) {
      continue;
    }
    if (entry.stage != 0) {
      throw EnvironmentError("`" + Printable(entry.path) + "` has a merge conflict: resolve it and stage the result");
    }
    tree->Add(entry.path.substr(start.size()), entry.mode, entry.id);
  }
  tree->Finish(start, ViewOf(tree->repository(), index, "the index"));
  return tree;
}

}  // namespace dpc::source
