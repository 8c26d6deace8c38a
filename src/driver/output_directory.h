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

  bool has_value() const { return fd_ >= 0; }

 private:
  int fd_;
};

enum class EntryType : std::uint8_t { Folder, File, Link, Other };

struct FolderEntry {
  std::string name;
  EntryType type = EntryType::Other;
};

class OutputDirectory {
 public:
  // Nothing when there is no such folder.
  static std::optional<OutputDirectory> Open(const std::string& folder);
  // Makes it, and the folders around it, when missing.
  static OutputDirectory Create(const std::string& folder);

  const std::string& path() const { return path_; }

  // Fails when another process holds it. Held until this object goes.
  void Lock();

  // The bytes of a file, as git would store them (a checkout may turn line ends); nothing when it, or a folder on the
  // way, is missing. A folder, a link or a device throws.
  std::optional<std::string> Read(std::string_view path) const;
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
  // Waits until the file's bytes are on disk.
  void Sync(std::string_view path);
  // Moves within this folder, replacing `to`; makes the folders on the way.
  void Rename(std::string_view from, std::string_view to);
  // Removes a file, then the folders around it that became empty. A missing file is fine.
  void Remove(std::string_view path);
  // Removes a folder of plain files of the folder itself. What else is in it stays, and then the folder does.
  void RemoveFlatDirectory(const std::string& name);

 private:
  OutputDirectory(std::string path, Descriptor root) : path_(std::move(path)), root_(std::move(root)) {}

  // The folder that holds `path`; without value when it is missing.
  Descriptor OpenParent(std::string_view path, bool create) const;
  // The file type of st_mode; 0 when there is nothing.
  unsigned TypeOf(std::string_view path) const;
  // Names in a folder, without `.` and `..`, sorted.
  std::vector<std::string> NamesIn(const Descriptor& folder, std::string_view path) const;
  std::string AsStored(std::string_view path, std::string bytes) const;
  [[noreturn]] void Fail(std::string_view verb, std::string_view path) const;

  std::string path_;
  Descriptor root_;
  mutable std::optional<source::StoredBytes> stored_;
};

}  // namespace dpc::driver
