// A folder on disk, with .gitignore respected where it lies in a git repository; and trees in memory.
#include <git2.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "base/environment_error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "source/checkout.h"
#include "source/config.h"
#include "source/conversion.h"
#include "source/disk.h"
#include "source/git.h"
#include "source/history.h"
#include "source/index.h"
#include "source/listing.h"
#include "source/missing.h"
#include "source/read_file.h"
#include "source/repository.h"
#include "source/source_tree.h"

namespace dpc::source {

namespace {

namespace fs = std::filesystem;

class WorkTree : public SourceTree {
 public:
  WorkTree(std::string directory, GitRepository repository)
      : root_(std::move(directory)), repository_(std::move(repository)), conversion_(repository_.get(), index_) {
    if (repository_) {
      prefix_ = PrefixIn(repository_.get(), root_.string());
      index_ = ReadIndex(repository_.get());
      has_links_ = ConfigText(repository_.get(), "core.symlinks") != "false";
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
    ListNotCheckedOut(entries);
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });
    return entries;
  }

  std::string Read(const std::string& path) const override {
    if (const IndexEntry* entry = NotCheckedOut(InTop(path))) {
      return ReadBlob(repository_.get(), entry->id, path, "what is not checked out",
                      [&] { return AllNotCheckedOut(); });
    }
    std::string text = ReadDiskFile((root_ / fs::path(path)).string(), path);
    return repository_ ? conversion_.ToGit(InTop(path), std::move(text)) : text;
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

 protected:
  // What lies on disk; all that is odd is Read's.
  std::vector<std::optional<std::string>> ReadTogether(const std::vector<std::string_view>& paths,
                                                       unsigned threads) const override {
    constexpr std::size_t kPortion = 64;
    std::vector<std::optional<std::string>> texts(paths.size());
    std::atomic<std::uint64_t> read = 0;
    Portions portions(paths.size(), kPortion);
    InThreads(ThreadCount(threads, paths.size() / kPortion), [&] {
      while (const auto portion = portions.Next()) {
        for (std::size_t i = portion->first; i < portion->second && read <= kMostBytesOfAll; ++i) {
          texts[i] = ReadAlone(std::string(paths[i]));
          read += texts[i] ? texts[i]->size() : 0;
        }
      }
    });
    return texts;
  }

 private:
  // Nothing for what Read() has to read: what is not checked out, what git would store otherwise, what cannot be read.
  std::optional<std::string> ReadAlone(const std::string& path) const {
    if (repository_ && NotCheckedOut(InTop(path)) != nullptr) {
      return std::nullopt;
    }
    auto text = TryReadDiskFile((root_ / fs::path(path)).string());
    return repository_ && text && Conversion::MayChange(*text) ? std::nullopt : std::move(text);
  }

  std::string InTop(const std::string& path) const { return prefix_.empty() ? path : prefix_ + "/" + path; }

  fs::path Top() const { return repository_ ? fs::path(git_repository_workdir(repository_.get())) : root_; }

  // What git takes from the index, since it does not look for it on disk, and where there is nothing; null for others.
  const IndexEntry* NotCheckedOut(const std::string& in_top) const {
    const IndexEntry* entry = FindEntry(index_, in_top);
    return entry != nullptr && entry->skipped && !IsThere(Top() / fs::path(in_top)) ? entry : nullptr;
  }

  std::vector<git_oid> AllNotCheckedOut() const {
    std::vector<git_oid> ids;
    for (const IndexEntry& entry : index_) {
      if (entry.skipped && entry.path.starts_with(InTop("")) && IsListedName(entry.path)) {
        ids.push_back(entry.id);
      }
    }
    return ids;
  }

  void ListNotCheckedOut(std::vector<Entry>& entries) const {
    const std::string start = InTop("");
    for (const IndexEntry& entry : index_) {
      if (!entry.skipped || !entry.path.starts_with(start) || IsHiddenPath(entry.path.substr(start.size())) ||
          NotCheckedOut(entry.path) == nullptr) {
        continue;
      }
      const std::string path = entry.path.substr(start.size());
      if (entry.mode == GIT_FILEMODE_COMMIT) {
        entries.push_back({path, EntryKind::Submodule});
      } else if (entry.mode == GIT_FILEMODE_LINK && (IsListedName(path) || IsFolderLink(path))) {
        entries.push_back({path, EntryKind::SymbolicLink});
      } else if (entry.mode != GIT_FILEMODE_LINK && IsListedName(path)) {
        entries.push_back({path, EntryKind::File});
      }
    }
  }

  void ListFolder(const std::string& folder, std::vector<Entry>& entries, std::vector<std::string>& open) const {
    std::error_code error;
    if (folder.empty() && !IsThere(root_)) {
      return;  // nothing of it is checked out
    }
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
    const fs::file_type type = KindOf(entry);
    const bool folder = type == fs::file_type::directory;
    const bool link = type == fs::file_type::symlink || (type == fs::file_type::regular && StandsForLink(path));
    if ((!folder && !IsListedName(path) && !(link && IsFolderLink(path))) || Ignored(path, folder)) {
      return;
    }
    if (folder) {
      // What the repository tracks in it is its own, whatever lies there.
      if (IsThere(entry.path() / ".git") && !HasBelow(index_, InTop(path))) {
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

  // Where there are no symbolic links, git checks out files with what the links say.
  bool StandsForLink(const std::string& path) const {
    const IndexEntry* entry = has_links_ ? nullptr : FindEntry(index_, InTop(path));
    return entry != nullptr && entry->mode == GIT_FILEMODE_LINK;
  }

  // What the link at a path says, of what is relative to the top; nothing for others.
  std::optional<std::string> TargetOf(const std::string& in_top) const {
    const IndexEntry* entry = NotCheckedOut(in_top);
    if (entry != nullptr) {
      return entry->mode == GIT_FILEMODE_LINK
                 ? std::optional(ReadBlob(repository_.get(), entry->id, in_top, "what is not checked out"))
                 : std::nullopt;
    }
    const fs::path path = Top() / fs::path(in_top);
    if (KindOf(path) == fs::file_type::symlink) {
      std::error_code error;
      const fs::path target = fs::read_symlink(path, error);
      if (error) {
        throw EnvironmentError("`" + Printable(in_top) + "` cannot be read: " + error.message());
      }
      return target.string();
    }
    const IndexEntry* stand_in = has_links_ ? nullptr : FindEntry(index_, in_top);
    return stand_in != nullptr && stand_in->mode == GIT_FILEMODE_LINK ? ReadIfThere(path) : std::nullopt;
  }

  // Outside of git, the folder that is read stands for the repository.
  bool IsFolderLink(const std::string& path) const {
    const auto target = [&](const std::string& at) { return TargetOf(at); };
    const auto is_folder = [&](const std::string& at) {
      const IndexEntry* entry = NotCheckedOut(at);
      return KindOf(Top() / fs::path(at)) == fs::file_type::directory ||
             (entry != nullptr && entry->mode == GIT_FILEMODE_COMMIT) ||
             (!IsThere(Top() / fs::path(at)) && HasSkippedBelow(at));
    };
    return LeadsToFolder(InTop(path), {target, is_folder});
  }

  bool HasSkippedBelow(const std::string& folder) const {
    const std::string start = folder + "/";
    return std::any_of(index_.begin(), index_.end(),
                       [&](const IndexEntry& entry) { return entry.skipped && entry.path.starts_with(start); });
  }

  // What is tracked is never ignored, nor is a folder with something tracked in it.
  bool Ignored(const std::string& path, bool folder) const {
    if (!repository_ || git_repository_is_bare(repository_.get()) == 1) {
      return false;
    }
    const std::string full = InTop(path);
    if (folder ? HasBelow(index_, full) : FindEntry(index_, full) != nullptr) {
      return false;
    }
    int ignored = 0;
    const std::string asked = full + (folder ? "/" : "");
    return git_ignore_path_is_ignored(&ignored, repository_.get(), asked.c_str()) == 0 && ignored != 0;
  }

  fs::path root_;
  GitRepository repository_;
  std::string prefix_;
  std::vector<IndexEntry> index_;
  Conversion conversion_;
  bool has_links_ = true;
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

std::unique_ptr<SourceTree> OpenWorkTree(const std::string& directory) {
  std::error_code error;
  const fs::file_type type = fs::status(directory, error).type();
  if (type == fs::file_type::none) {
    throw EnvironmentError("`" + Printable(directory) + "` cannot be read: " + error.message());
  }
  const bool elsewhere = type == fs::file_type::not_found && FindNotCheckedOut(directory);
  if (type != fs::file_type::directory && !elsewhere) {
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
