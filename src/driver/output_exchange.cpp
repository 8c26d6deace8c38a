#include "driver/output_exchange.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>

#include "base/environment_error.h"
#include "base/text.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

// Thrown where a folder cannot take the place of another one, and caught in this file.
struct NoExchange {};

// Either may be "".
std::string Below(const std::string& folder, const std::string& name) {
  return folder.empty() || name.empty() ? folder + name : folder + "/" + name;
}

std::string ParentOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

// A full or broken disk is no better elsewhere; anything else says that it does not work here.
bool IsOfDisk(int error) {
  return error == ENOSPC || error == EDQUOT || error == EIO || error == ENOMEM || error == EFBIG;
}

[[noreturn]] void Fail(const std::string& what, int error) {
  throw EnvironmentError(what + ": " + std::strerror(error));
}

// The output folder as an entry of the folder that it lies in, with links on the way to it resolved.
struct Location {
  std::string around;
  std::string name;
};

std::optional<Location> Locate(const OutputDirectory& directory) {
  std::error_code error;
  const fs::path path = fs::canonical(directory.path(), error);
  if (error || !path.has_relative_path()) {
    return std::nullopt;
  }
  // As the user named it, where that is the same.
  const fs::path named = fs::path(directory.path()).parent_path();
  const bool same = fs::path(directory.path()).filename() == path.filename() &&
                    fs::canonical(named.empty() ? "." : named, error) == path.parent_path() && !error;
  return Location{same ? named.string() : path.parent_path().string(), path.filename().string()};
}

std::string StagedSuffix(const std::string& name) {
  return "-" + name;
}

// ".dpc-tmp-1-generated" belongs to "generated".
bool IsStagedFor(const std::string& name, const std::string& staged) {
  const std::string suffix = StagedSuffix(name);
  if (staged.size() <= kStagingPrefix.size() + suffix.size() || !staged.starts_with(kStagingPrefix) ||
      !staged.ends_with(suffix)) {
    return false;
  }
  return IsDigits(
      std::string_view(staged).substr(kStagingPrefix.size(), staged.size() - kStagingPrefix.size() - suffix.size()));
}

// A folder with all that is in it, deepest first, and the manifest last: as long as anything is there, it says what is
// dpc's. `visit` says whether to remove an entry that is no folder.
template <class Visit>
void RemoveTree(OutputDirectory& around, const std::string& top, const Visit& visit) {
  std::vector<std::string> folders;
  std::vector<std::string> open = {""};
  while (!open.empty()) {
    const std::string folder = std::move(open.back());
    open.pop_back();
    folders.push_back(folder);
    for (const FolderEntry& entry : around.EntriesIn(Below(top, folder))) {
      const std::string path = Below(folder, entry.name);
      if (entry.type == EntryType::Folder) {
        open.push_back(path);
      } else if (path != kManifestPath && visit(path, entry)) {
        around.Unlink(Below(top, path), false);
      }
    }
  }
  bool empty = true;
  for (auto folder = folders.rbegin(); folder + 1 != folders.rend(); ++folder) {
    empty = around.Unlink(Below(top, *folder), true) && empty;
  }
  if (empty) {
    around.Unlink(Below(top, std::string(kManifestPath)), false);
  }
  around.Unlink(top, true);
}

class Exchange {
 public:
  Exchange(OutputDirectory& directory, OutputDirectory around, std::string name, const Plan& plan)
      : directory_(directory), around_(std::move(around)), name_(std::move(name)), plan_(plan) {
    gone_.insert(plan.difference.removed.begin(), plan.difference.removed.end());
    for (const Artifact* artifact : plan.writes) {
      gone_.insert(artifact->path);
    }
  }

  void Run() {
    CheckWhatChanges();
    std::optional<OutputDirectory> made;
    try {
      made = Stage();
    } catch (...) {
      Discard();
      throw;
    }
    if (const int error = around_.Exchange(staged_, name_); error != 0) {
      Discard();
      if (!IsOfDisk(error)) {
        throw NoExchange();
      }
      Fail("`" + Printable(directory_.path()) + "` cannot be replaced", error);
    }
    // The lock on the old folder is held until it is gone: nobody takes it for a dead run's.
    const OutputDirectory old = std::move(directory_);
    directory_ = std::move(*made);
    Finish();
  }

 private:
  // A folder that may not be written to is not got round by a new one.
  void CheckWhatChanges() const {
    // Of many paths in a folder the folder is looked at once.
    std::set<std::string> seen;
    for (const std::string& path : gone_) {
      std::string folder = ParentOf(path);
      bool there = false;
      while (!there && seen.insert(folder).second) {
        there = around_.IsDirectory(Below(name_, folder));
        if (there) {
          around_.CheckWritable(Below(name_, folder));
        } else {
          folder = ParentOf(folder);
        }
      }
    }
  }

  void MakeStaged() {
    for (long number = getpid();; ++number) {
      staged_ = std::string(kStagingPrefix) + std::to_string(number) + StagedSuffix(name_);
      around_.ShowAs(staged_, name_);
      const int error = around_.MakeHere(staged_);
      if (error == 0) {
        made_ = true;
        return;
      }
      if (IsOfDisk(error)) {
        Fail("`" + Printable(Below(around_.path(), staged_)) + "` cannot be made", error);
      }
      if (error != EEXIST) {
        throw NoExchange();
      }
    }
  }

  OutputDirectory Stage() {
    MakeStaged();
    auto made = OutputDirectory::Open(Below(around_.path(), staged_));
    if (!made || !made->TryLock()) {
      throw NoExchange();
    }
    made->set_path(directory_.path());
    // The manifest first: the next run knows what is dpc's here.
    for (auto artifact = plan_.writes.rbegin(); artifact != plan_.writes.rend(); ++artifact) {
      Write(**artifact);
    }
    LinkOthers();
    FinishFolders();
    SyncStaged();
    return std::move(*made);
  }

  void Write(const Artifact& artifact) {
    around_.WriteNew(staged_ + "/" + artifact.path, artifact.bytes);
    for (std::string folder = ParentOf(artifact.path); folders_.insert(folder).second; folder = ParentOf(folder)) {
    }
  }

  // What stays, as it is: by another name of the same file.
  void LinkOthers() {
    std::vector<std::string> open = {""};
    while (!open.empty()) {
      const std::string folder = std::move(open.back());
      open.pop_back();
      const auto entries = around_.EntriesIn(Below(name_, folder));
      if (entries.empty()) {
        Keep(folder);
      }
      for (const FolderEntry& entry : entries) {
        const std::string path = Below(folder, entry.name);
        if (entry.type == EntryType::Folder) {
          CheckMount(path, entry);
          open.push_back(path);
        } else if (!gone_.contains(path)) {
          Keep(folder);
          LinkOne(path, entry);
        }
      }
    }
  }

  // What is mounted in the folder would stay with the old one.
  void CheckMount(const std::string& path, const FolderEntry& entry) {
    if (!device_) {
      const auto top = around_.EntryAt(name_);
      device_ = top ? top->device : 0;
    }
    if (entry.device != *device_ || around_.IsMount(Below(name_, path))) {
      throw NoExchange();
    }
  }

  void LinkOne(const std::string& path, const FolderEntry& entry) {
    const int error = around_.Link(Below(name_, path), Below(staged_, path));
    if (error != 0 && IsOfDisk(error)) {
      Fail("`" + Printable(Below(directory_.path(), path)) + "` cannot be linked", error);
    }
    if (error != 0) {
      throw NoExchange();
    }
    linked_.emplace(path, entry.inode);
  }

  void Keep(const std::string& folder) {
    if (folders_.contains(folder)) {
      return;
    }
    around_.MakeFolder(Below(staged_, folder));
    for (std::string at = folder; folders_.insert(at).second; at = ParentOf(at)) {
    }
  }

  void FinishFolders() {
    folders_.insert("");
    std::set<std::string> old_folders;  // a folder stands behind the one that holds it
    for (const std::string& folder : folders_) {
      const std::string old = Below(name_, folder);
      const bool within = folder.empty() || old_folders.contains(ParentOf(folder));
      if (!within || !around_.IsDirectory(old)) {
        continue;
      }
      old_folders.insert(folder);
      if (!around_.CopyAttributes(old, Below(staged_, folder))) {
        throw NoExchange();
      }
    }
  }

  // All of it is on disk before it changes places.
  void SyncStaged() {
    constexpr std::size_t kFew = 64;
    if (plan_.writes.size() + folders_.size() > kFew) {
      around_.SyncAll();
      return;
    }
    for (const Artifact* artifact : plan_.writes) {
      around_.Sync(staged_ + "/" + artifact->path);
    }
    for (const std::string& folder : folders_) {
      around_.Sync(Below(staged_, folder) + "/");
    }
  }

  // Nobody but this run has seen it.
  void Discard() noexcept {
    try {
      if (made_) {
        RemoveTree(around_, staged_, [](const std::string&, const FolderEntry&) { return true; });
      }
    } catch (const EnvironmentError&) {
      // The next run tries again; what went wrong first is said.
    }
  }

  void Finish() {
    try {
      around_.Sync("");
      RemoveTree(around_, staged_,
                 [&](const std::string& path, const FolderEntry& entry) { return IsElsewhere(path, entry); });
    } catch (const EnvironmentError& error) {
      throw EnvironmentError("`" + Printable(directory_.path()) + "` is built, and what was there before is in `" +
                             Printable(Below(around_.path(), staged_)) +
                             "`, which the next build removes: " + error.what());
    }
  }

  // What others made or replaced while the new tree was made is moved into it.
  bool IsElsewhere(const std::string& path, const FolderEntry& entry) {
    const auto linked = linked_.find(path);
    if (gone_.contains(path) || (linked != linked_.end() && linked->second == entry.inode)) {
      return true;
    }
    const auto there = around_.EntryAt(Below(name_, path));
    if (!there || (linked != linked_.end() && there->inode == linked->second)) {
      around_.Rename(staged_ + "/" + path, name_ + "/" + path);
    }
    return false;
  }

  OutputDirectory& directory_;
  OutputDirectory around_;
  std::string name_;
  std::string staged_;
  const Plan& plan_;
  std::set<std::string> gone_;                   // replaced or removed
  std::map<std::string, std::uint64_t> linked_;  // to the inode
  std::set<std::string> folders_;                // made
  std::optional<std::uint64_t> device_;
  bool made_ = false;
};

// A folder that others would miss: a shell stands in it, or it is the top of a repository.
bool IsHome(const OutputDirectory& directory) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path folder = fs::canonical(directory.path(), error);
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), here.begin(), here.end());
  return error || end == folder.end() || directory.EntryAt(".git");
}

// Nothing where it cannot be looked into: then no run made anything there.
std::optional<OutputDirectory> OpenAround(const Location& location) {
  try {
    return OutputDirectory::Open(location.around);
  } catch (const EnvironmentError&) {
    return std::nullopt;
  }
}

// What the manifest in it names, besides.
std::set<std::string> OwnedIn(const OutputDirectory& around, const std::string& staged, const OwnedFiles& owned) {
  std::set<std::string> known = {std::string(kManifestPath)};
  const std::string manifest = staged + "/" + std::string(kManifestPath);
  const auto text = around.IsFile(manifest) ? around.Read(manifest) : std::nullopt;
  const OwnedFiles staged_files = (text ? ReadManifest(*text) : std::nullopt).value_or(OwnedFiles());
  for (const OwnedFiles* files : {&owned, &staged_files}) {
    for (const auto& [path, hash] : *files) {
      known.insert(path);
    }
  }
  return known;
}

}  // namespace

bool ReplaceByExchange(OutputDirectory& directory, const Plan& plan) {
  const auto location = Locate(directory);
  if (!location || IsHome(directory)) {
    return false;
  }
  auto around = OpenAround(*location);
  if (!around) {
    return false;
  }
  try {
    Exchange(directory, std::move(*around), location->name, plan).Run();
  } catch (const NoExchange&) {
    return false;
  }
  return true;
}

std::vector<std::string> RemoveStaged(const OutputDirectory& directory, const OwnedFiles& owned) {
  std::vector<std::string> aside;
  const auto location = Locate(directory);
  auto around = location ? OpenAround(*location) : std::nullopt;
  for (const std::string& staged : around ? around->NamesWith(kStagingPrefix) : std::vector<std::string>()) {
    if (!IsStagedFor(location->name, staged) || !around->IsDirectory(staged)) {
      continue;
    }
    const std::set<std::string> known = OwnedIn(*around, staged, owned);
    RemoveTree(*around, staged, [&](const std::string& path, const FolderEntry& entry) {
      const bool elsewhere = entry.links > 1 || known.contains(path) || directory.EntryAt(path);
      if (!elsewhere) {
        aside.push_back(Below(around->path(), staged + "/" + path));
      }
      return elsewhere;
    });
  }
  std::sort(aside.begin(), aside.end());
  return aside;
}

}  // namespace dpc::driver
