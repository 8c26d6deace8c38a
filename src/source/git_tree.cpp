// A revision or the index, from git objects: no checkout.
#include <git2.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"
#include "source/history.h"
#include "source/index.h"
#include "source/listing.h"
#include "source/missing.h"
#include "source/objects.h"
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
        objects_(repository_.get()),
        reader_(objects_),
        description_(std::move(description)),
        shown_(std::move(shown)),
        commit_(commit) {}

  // `path` is relative to the root.
  void Add(std::string path, std::uint32_t mode, const git_oid& id) {
    if (mode == GIT_FILEMODE_COMMIT) {
      items_.push_back({std::move(path), EntryKind::Submodule, id});
    } else if (mode == GIT_FILEMODE_LINK) {
      items_.push_back({std::move(path), EntryKind::SymbolicLink, id});
    } else if (IsListedName(path)) {
      items_.push_back({std::move(path), EntryKind::File, id});
    }
  }

  // Once, after all was added: of the links, those stay that are of interest. `prefix`: the root in the repository, ""
  // or with a slash at the end; `view`: the whole of it.
  void Finish(const std::string& prefix, const LinkView& view) {
    std::erase_if(items_, [&](const Item& item) {
      return item.kind == EntryKind::SymbolicLink && !IsListedName(item.path) &&
             !LeadsToFolder(prefix + item.path, view);
    });
    std::stable_sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.path < b.path; });
  }

  std::vector<Entry> List() const override {
    std::vector<Entry> entries;
    entries.reserve(items_.size());
    for (const Item& item : items_) {
      entries.push_back({item.path, item.kind});
    }
    return entries;
  }

  std::string Read(const std::string& path) const override {
    const git_oid& id = Find(path).id;
    std::string bytes;
    if (reader_.Read(id, GIT_OBJECT_BLOB, bytes)) {
      return bytes;
    }
    return ReadBlob(repository_.get(), id, path, shown_, [&] {
      std::vector<git_oid> ids;
      for (const Item& item : items_) {
        if (item.kind == EntryKind::File) {
          ids.push_back(item.id);
        }
      }
      return ids;
    });
  }

  std::string BlobId(const std::string& path) const override { return Hex(Find(path).id); }

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

  // Of one thread, as all of a tree.
  ObjectReader& reader() const { return reader_; }

 protected:
  std::vector<std::optional<std::string>> ReadTogether(const std::vector<std::string_view>& paths,
                                                       unsigned threads) const override {
    std::vector<git_oid> ids;
    ids.reserve(paths.size());
    for (const std::string_view path : paths) {
      ids.push_back(Find(path).id);
    }
    return ReadBlobs(objects_, ids, threads);
  }

 private:
  struct Item {
    std::string path;
    EntryKind kind = EntryKind::File;
    git_oid id;
  };

  // A file. Of several that have one path, as nobody but a liar writes them, the last one.
  const Item& Find(std::string_view path) const {
    auto found = std::upper_bound(items_.begin(), items_.end(), path,
                                  [](std::string_view wanted, const Item& item) { return wanted < item.path; });
    while (found != items_.begin() && std::prev(found)->path == path) {
      --found;
      if (found->kind == EntryKind::File) {
        return *found;
      }
    }
    throw EnvironmentError("`" + Printable(path) + "` is not in the " + description_);
  }

  GitRepository repository_;
  ObjectFiles objects_;
  mutable ObjectReader reader_;
  std::string description_;
  std::string shown_;
  std::optional<git_oid> commit_;
  std::vector<Item> items_;
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

// The entries of a folder, one after the other, as git keeps them: mode, name, id.
class RawFolder {
 public:
  explicit RawFolder(std::string bytes) : bytes_(std::move(bytes)) {}

  // False at the end, and for what git does not write: `IsWhole` tells which.
  bool Next() {
    const std::size_t space = bytes_.find(' ', at_);
    const std::size_t end = space == std::string::npos ? space : bytes_.find('\0', space);
    if (end == std::string::npos || end == space + 1 || bytes_.size() - end <= GIT_OID_RAWSZ || !ReadMode(space)) {
      return false;
    }
    name = std::string_view(bytes_).substr(space + 1, end - space - 1);
    git_oid_fromraw(&id, reinterpret_cast<const unsigned char*>(bytes_.data() + end + 1));
    at_ = end + 1 + GIT_OID_RAWSZ;
    return true;
  }

  // All of it was read, or nothing yet, and each entry is one that git writes.
  bool IsWhole() {
    const std::size_t begin = std::exchange(at_, 0);
    while (Next()) {
    }
    return std::exchange(at_, begin) == bytes_.size();
  }

  std::string_view name;
  git_filemode_t mode = GIT_FILEMODE_UNREADABLE;
  git_oid id;

 private:
  bool ReadMode(std::size_t space) {
    static constexpr std::pair<std::string_view, git_filemode_t> kModes[] = {
        {"100644", GIT_FILEMODE_BLOB}, {"40000", GIT_FILEMODE_TREE},  {"100755", GIT_FILEMODE_BLOB_EXECUTABLE},
        {"100664", GIT_FILEMODE_BLOB}, {"120000", GIT_FILEMODE_LINK}, {"160000", GIT_FILEMODE_COMMIT}};
    const std::string_view text = std::string_view(bytes_).substr(at_, space - at_);
    const auto* known =
        std::find_if(std::begin(kModes), std::end(kModes), [&](const auto& one) { return one.first == text; });
    mode = known == std::end(kModes) ? GIT_FILEMODE_UNREADABLE : known->second;
    return known != std::end(kModes);
  }

  std::string bytes_;
  std::size_t at_ = 0;
};

// A folder that is to be walked through.
struct OpenFolder {
  std::string prefix;
  RawFolder raw{""};
  GitTree tree;  // of libgit2: where the bytes are not what git writes, or cannot be read without it
};

OpenFolder ReadFolder(const ObjectTree& out, const git_oid& id, const std::string& path) {
  std::string bytes;
  if (out.reader().Read(id, GIT_OBJECT_TREE, bytes)) {
    if (RawFolder raw(std::move(bytes)); raw.IsWhole()) {
      return {path + "/", std::move(raw), nullptr};
    }
  }
  return {path + "/", RawFolder(""), ReadTree(out.repository(), id, path, out.shown())};
}

template <class Visit>
void ForEachEntry(OpenFolder& folder, const Visit& visit) {
  while (folder.raw.Next()) {
    visit(folder.raw.name, folder.raw.mode, folder.raw.id);
  }
  for (std::size_t i = 0; folder.tree && i < git_tree_entrycount(folder.tree.get()); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(folder.tree.get(), i);
    const bool is_tree = git_tree_entry_type(entry) == GIT_OBJECT_TREE;
    visit(git_tree_entry_name(entry), is_tree ? GIT_FILEMODE_TREE : git_tree_entry_filemode(entry),
          *git_tree_entry_id(entry));
  }
}

// With a stack of its own: the depth of a repository is not ours to choose.
void Walk(ObjectTree& out, GitTree root) {
  Unfolded unfolded;
  std::vector<OpenFolder> open;
  open.push_back({"", RawFolder(""), std::move(root)});
  while (!open.empty()) {
    OpenFolder folder = std::move(open.back());
    open.pop_back();
    ForEachEntry(folder, [&](std::string_view name, git_filemode_t mode, const git_oid& id) {
      unfolded.Add(folder.prefix.size() + name.size(), folder.prefix);
      if (IsHiddenName(name)) {
        return;
      }
      std::string path = folder.prefix;
      path += name;
      if (mode == GIT_FILEMODE_TREE) {
        open.push_back(ReadFolder(out, id, path));
      } else {
        out.Add(std::move(path), mode, id);
      }
    });
  }
}

// The repository as a tree of git objects.
LinkView ViewOf(git_repository* repository, git_tree* top, const std::string& shown) {
  const auto find = [top](const std::string& path) {
    git_tree_entry* raw = nullptr;
    const int result = git_tree_entry_bypath(&raw, top, path.c_str());
    ThrowIfDamaged(result, "`" + Printable(path) + "` cannot be read from the repository");
    return GitTreeEntry(result == 0 ? raw : nullptr);
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
