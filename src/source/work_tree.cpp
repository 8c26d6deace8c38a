// A folder on disk, with .gitignore respected where it lies in a git repository; and trees in memory.
#include <git2.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"
#include "source/history.h"
#include "source/listing.h"
#include "source/read_file.h"
#include "source/source_tree.h"

namespace dpc::source {

namespace {

namespace fs = std::filesystem;

// A link is not followed. Throws when it cannot be told; `shown` names it then.
fs::file_type KindOf(const fs::path& path, const std::string& shown) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  if (type == fs::file_type::none) {
    throw EnvironmentError("`" + Printable(shown) + "` cannot be read: " + error.message());
  }
  return type;
}

class WorkTree : public SourceTree {
 public:
  WorkTree(std::string directory, GitRepository repository)
      : root_(std::move(directory)), repository_(std::move(repository)) {
    if (repository_) {
      prefix_ = PrefixIn(repository_.get(), root_.string());
      LoadTracked();
    }
  }

  std::vector<Entry> List() const override {
    std::vector<Entry> entries;
    std::vector<std::string> open = {""};
    while (!open.empty()) {
      const std::string folder = std::move(open.back());
      open.pop_back();
      ListFolder(folder, entries, open);
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });
    return entries;
  }

  std::string Read(const std::string& path) const override {
    return ReadDiskFile((root_ / fs::path(path)).string(), path);
  }

  std::optional<Date> CommitDate() const override {
    const auto days = Days();
    return days ? std::optional(days->own.day) : std::nullopt;
  }

  std::optional<CommitDays> Days() const override {
    const auto head = repository_ ? HeadId(repository_.get()) : std::nullopt;
    return head ? History(repository_.get()).Days(*head) : std::nullopt;
  }

  std::string Describe() const override { return "work tree"; }

 private:
  void LoadTracked() {
    git_index* raw = nullptr;
    if (git_repository_index(&raw, repository_.get()) != 0) {
      ThrowGit("the index of the repository cannot be read");
    }
    const GitIndex index(raw);
    for (std::size_t i = 0; i < git_index_entrycount(index.get()); ++i) {
      tracked_.insert(git_index_get_byindex(index.get(), i)->path);
    }
  }

  void ListFolder(const std::string& folder, std::vector<Entry>& entries, std::vector<std::string>& open) const {
    std::error_code error;
    fs::directory_iterator at(root_ / fs::path(folder), error);
    if (error) {
      throw EnvironmentError("folder `" + Printable(folder.empty() ? root_.string() : folder) +
                             "` cannot be read: " + error.message());
    }
    for (const fs::directory_iterator end; at != end; at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (!IsHiddenName(name)) {
        Visit(*at, folder + name, entries, open);
      }
      if (error) {
        throw EnvironmentError("folder `" + Printable(folder) + "` cannot be read: " + error.message());
      }
    }
  }

  void Visit(const fs::directory_entry& entry, const std::string& path, std::vector<Entry>& entries,
             std::vector<std::string>& open) const {
    const fs::file_type type = KindOf(entry.path(), path);
    const bool folder = type == fs::file_type::directory;
    const bool link = type == fs::file_type::symlink;
    if ((!folder && !IsListedName(path) && !(link && IsFolderLink(path))) || Ignored(path, folder)) {
      return;
    }
    if (folder) {
      if (KindOf(entry.path() / ".git", path + "/.git") != fs::file_type::not_found) {
        entries.push_back({path, EntryKind::Submodule});
      } else {
        open.push_back(path + "/");
      }
    } else if (link) {
      entries.push_back({path, EntryKind::SymbolicLink});
    } else if (type == fs::file_type::regular) {
      entries.push_back({path, EntryKind::File});
    }
  }

  // Outside of git, the folder that is read stands for the repository.
  bool IsFolderLink(const std::string& path) const {
    const fs::path top = repository_ ? fs::path(git_repository_workdir(repository_.get())) : root_;
    const auto target = [&](const std::string& at) -> std::optional<std::string> {
      if (KindOf(top / fs::path(at), at) != fs::file_type::symlink) {
        return std::nullopt;
      }
      std::error_code error;
      const fs::path text = fs::read_symlink(top / fs::path(at), error);
      if (error) {
        throw EnvironmentError("`" + Printable(at) + "` cannot be read: " + error.message());
      }
      return text.string();
    };
    const auto is_folder = [&](const std::string& at) {
      return KindOf(top / fs::path(at), at) == fs::file_type::directory;
    };
    return LeadsToFolder(prefix_.empty() ? path : prefix_ + "/" + path, {target, is_folder});
  }

  // What is tracked is never ignored, nor is a folder with something tracked in it.
  bool Ignored(const std::string& path, bool folder) const {
    if (!repository_ || git_repository_is_bare(repository_.get()) == 1) {
      return false;
    }
    const std::string full = (prefix_.empty() ? "" : prefix_ + "/") + path + (folder ? "/" : "");
    int ignored = 0;
    if (git_ignore_path_is_ignored(&ignored, repository_.get(), full.c_str()) != 0 || ignored == 0) {
      return false;
    }
    const auto next = tracked_.lower_bound(full);
    return next == tracked_.end() || !(folder ? next->starts_with(full) : *next == full);
  }

  fs::path root_;
  GitRepository repository_;
  std::string prefix_;
  std::set<std::string> tracked_;
};

class MemoryTree : public SourceTree {
 public:
  MemoryTree(std::vector<std::pair<std::string, std::string>> files, std::optional<Date> date)
      : files_(std::move(files)), date_(date) {
    std::sort(files_.begin(), files_.end());
  }

  std::vector<Entry> List() const override {
    std::vector<Entry> entries;
    for (const auto& [path, text] : files_) {
      if (IsListedName(path) && !IsHiddenPath(path)) {
        entries.push_back({path, EntryKind::File});
      }
    }
    return entries;
  }

  std::string Read(const std::string& path) const override {
    for (const auto& [name, text] : files_) {
      if (name == path) {
        return text;
      }
    }
    throw EnvironmentError("`" + Printable(path) + "` is not in memory");
  }

  std::optional<Date> CommitDate() const override { return date_; }

  std::string Describe() const override { return "memory"; }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
  std::optional<Date> date_;
};

}  // namespace

void CheckSize(std::uint64_t bytes, const std::string& path) {
  if (bytes > kMostBytes) {
    throw EnvironmentError("`" + Printable(path) + "` has " + std::to_string(bytes) + " bytes; dpc reads at most " +
                           std::to_string(kMostBytes) +
                           " of a file (`exclude` in `dpc.yaml` passes over files of the repository)");
  }
}

std::unique_ptr<SourceTree> OpenWorkTree(const std::string& directory) {
  std::error_code error;
  if (const fs::file_type type = fs::status(directory, error).type(); type == fs::file_type::none) {
    throw EnvironmentError("`" + Printable(directory) + "` cannot be read: " + error.message());
  } else if (type != fs::file_type::directory) {
    throw EnvironmentError("`" + Printable(directory) + "` is not a folder");
  }
  GitRepository repository = DiscoverRepository(directory);
  if (repository && git_repository_is_bare(repository.get()) == 1) {
    throw EnvironmentError("`" + Printable(directory) + "` is a bare repository: name a revision with `--rev`");
  }
  return std::make_unique<WorkTree>(directory, std::move(repository));
}

std::unique_ptr<SourceTree> OpenMemory(std::vector<std::pair<std::string, std::string>> files,
                                       std::optional<Date> commit_date) {
  return std::make_unique<MemoryTree>(std::move(files), commit_date);
}

}  // namespace dpc::source
