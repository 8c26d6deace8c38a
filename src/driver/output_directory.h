// A folder that dpc writes into, through file descriptors: no path below it is followed through a symbolic link. All
// methods throw EnvironmentError with the path when the world is wrong; paths must be safe (IsSafePath).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/checkout.h"

namespace dpc::driver {

// An open file descriptor; closes it.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}

  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  ~Descriptor();

  int get() const { return fd_; }

  // Something else closes it from now on.
  void Release() { fd_ = -1; }

  bool has_value() const { return fd_ >= 0; }

 private:
  int fd_;
};

enum class EntryType : std::uint8_t { Folder, File, Link, Other };

struct FolderEntry {
  std::string name;
  EntryType type = EntryType::Other;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 0;
};

class OutputDirectory {
 public:
  // Nothing when there is no such folder. "" is the current one.
  static std::optional<OutputDirectory> Open(const std::string& folder);
  // Makes it, and the folders around it, when missing.
  static OutputDirectory Create(const std::string& folder);

  const std::string& path() const { return path_; }

  // After it was moved.
  void set_path(std::string path) { path_ = std::move(path); }

  // Fails when another process holds it. Held until this object goes.
  void Lock();
  // False when another process holds it.
  bool TryLock();

  // The folder of that name is the one that was opened: another dpc has not put a new one in its place.
  bool IsStillThere() const;

  // In messages, what lies at or below `from` is said to lie at `to`.
  void ShowAs(std::string from, std::string to) { alias_ = {std::move(from), std::move(to)}; }

  // The bytes of a file, as git would store them (a checkout may turn line ends); nothing when it, or a folder on the
  // way, is missing. A folder, a link or a device throws.
  std::optional<std::string> Read(std::string_view path) const;
  // What is there, without following a link; nothing when it, or a folder on the way, is missing or is no folder.
  std::optional<FolderEntry> EntryAt(std::string_view path) const;
  // Another file system, or another part of this one, begins at a folder. False where the system does not tell.
  bool IsMount(const std::string& folder) const;
  // A folder, or a plain file, of this name is there. What lies behind a link or a file is not.
  bool IsDirectory(std::string_view path) const;
  bool IsFile(std::string_view path) const;
  // All that lies below a folder, sorted; a folder with nothing in it as itself. Links are not followed.
  std::vector<std::string> PathsBelow(const std::string& folder) const;
  // What a folder ("" for this one) holds, by name.
  std::vector<FolderEntry> EntriesIn(const std::string& folder) const;
  // A link that leads to a plain file, wherever that lies.
  bool LeadsToFile(std::string_view link) const;
  // Names in the folder itself that begin with `prefix`, sorted.
  std::vector<std::string> NamesWith(std::string_view prefix) const;

  // Makes the folders on the way. The file must not be there.
  void WriteNew(std::string_view path, std::string_view bytes);
  // Waits until the file's bytes are on disk; of a folder ("" or with `/` at the end), its names.
  void Sync(std::string_view path);
  // The same of everything on its file system, in one call: of many files it is far cheaper.
  void SyncAll();
  // Moves within this folder, replacing `to`; makes the folders on the way.
  void Rename(std::string_view from, std::string_view to);
  // Two entries of this folder change places, in one step. 0, or the reason as errno.
  int Exchange(const std::string& one, const std::string& two);
  // A second name for what is no folder; makes the folders on the way. 0, or the reason as errno.
  int Link(std::string_view from, std::string_view to);
  // An entry of this folder itself. 0, or the reason as errno.
  int MakeHere(const std::string& name);
  // With the folders on the way; it may be there.
  void MakeFolder(const std::string& path);
  // Gives a folder the owner, the mode and the attributes of another one. False when that is not allowed.
  bool CopyAttributes(const std::string& from, const std::string& to);
  // Fails when nothing may be made or removed in a folder that is there.
  void CheckWritable(const std::string& folder) const;
  // Removes one entry, no folder around it; one that is missing is fine. False for a folder that holds something.
  bool Unlink(std::string_view path, bool folder);
  // Removes a file, then the folders around it that became empty. A missing file is fine.
  void Remove(std::string_view path);
  // Removes a folder of plain files of the folder itself. What else is in it stays, and then the folder does.
  void RemoveFlatDirectory(const std::string& name);

 private:
  OutputDirectory(std::string path, Descriptor root) : path_(std::move(path)), root_(std::move(root)) {}

  // The folder that holds `path`; without value when it is missing.
  Descriptor OpenParent(std::string_view path, bool create) const;
  Descriptor WalkTo(std::string_view parent, std::string_view path, bool create) const;
  // Names in a folder, without `.` and `..`, sorted.
  std::vector<std::string> NamesIn(const Descriptor& folder, std::string_view path) const;
  std::string Shown(std::string_view path) const;
  std::string AsStored(std::string_view path, std::string bytes) const;
  [[noreturn]] void Fail(std::string_view verb, std::string_view path) const;

  std::string path_;
  Descriptor root_;
  // The folder that OpenParent found last, by its path: most calls are about one file after the other of a folder.
  // Forgotten when this object moves or removes folders; who else does is not followed, as with every open folder.
  mutable std::string near_path_;
  mutable Descriptor near_;
  std::pair<std::string, std::string> alias_;
  mutable std::optional<source::StoredBytes> stored_;
};

}  // namespace dpc::driver
