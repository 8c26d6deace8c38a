#include "driver/output_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/environment_error.h"
#include "base/text.h"

namespace dpc::driver {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::string Reason(int error) {
  return std::strerror(error);
}

std::string FileName(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string_view ParentPath(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool ReadAll(int fd, std::string& bytes) {
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got == 0) {
      return true;
    }
    if (got < 0 && errno != EINTR) {
      return false;
    }
    bytes.append(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  }
}

EntryType EntryTypeOf(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return EntryType::Folder;
    case S_IFREG:
      return EntryType::File;
    case S_IFLNK:
      return EntryType::Link;
    default:
      return EntryType::Other;
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) {
    close(fd_);
  }
}

void OutputDirectory::Fail(std::string_view verb, std::string_view path) const {
  const int error = errno;
  const std::string full = Printable(path_ + (path.empty() ? "" : "/") + std::string(path));
  if (error == ELOOP || error == ENOTDIR) {
    throw EnvironmentError("`" + full + "` cannot be " + std::string(verb) +
                           ": a folder on the way is a symbolic link or a file, and dpc writes through neither");
  }
  throw EnvironmentError("`" + full + "` cannot be " + std::string(verb) + ": " + Reason(error));
}

std::optional<OutputDirectory> OutputDirectory::Open(const std::string& folder) {
  // The folder itself may be reached through links: its user named it.
  Descriptor root(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (root.has_value()) {
    return OutputDirectory(folder, std::move(root));
  }
  if (errno == ENOENT) {
    return std::nullopt;
  }
  throw EnvironmentError("the output folder `" + Printable(folder) + "` cannot be opened: " + Reason(errno));
}

OutputDirectory OutputDirectory::Create(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw EnvironmentError("the output folder `" + Printable(folder) + "` cannot be made: " + error.message());
  }
  auto directory = Open(folder);
  if (!directory) {
    throw EnvironmentError("the output folder `" + Printable(folder) + "` went away");
  }
  return std::move(*directory);
}

void OutputDirectory::Lock() {
  // Some network file systems cannot lock; there the user has to take care.
  if (flock(root_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw EnvironmentError("another dpc is writing to `" + Printable(path_) + "`");
  }
}

Descriptor OutputDirectory::OpenParent(std::string_view path, bool create) const {
  Descriptor folder(openat(root_.get(), ".", kFolderFlags));
  const std::string_view parent = ParentPath(path);
  if (parent.empty()) {
    return folder;
  }
  for (const std::string_view segment : Split(parent, '/')) {
    const std::string name(segment);
    if (create && mkdirat(folder.get(), name.c_str(), 0777) != 0 && errno != EEXIST) {
      Fail("written", path);
    }
    Descriptor next(openat(folder.get(), name.c_str(), kFolderFlags));
    if (!next.has_value() && (errno != ENOENT || create)) {
      Fail(create ? "written" : "read", path);
    }
    if (!next.has_value()) {
      return next;
    }
    folder = std::move(next);
  }
  return folder;
}

std::optional<std::string> OutputDirectory::Read(std::string_view path) const {
  const Descriptor folder = OpenParent(path, false);
  if (!folder.has_value()) {
    return std::nullopt;
  }
  const std::string name = FileName(path);
  struct stat status = {};
  if (fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) {
      return std::nullopt;
    }
    Fail("read", path);
  }
  if (!S_ISREG(status.st_mode)) {
    throw EnvironmentError("`" + Printable(path_ + "/" + std::string(path)) +
                           "` is in the way: it is not a plain file, and dpc writes one there");
  }
  const Descriptor file(openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  std::string bytes;
  if (!file.has_value() || !ReadAll(file.get(), bytes)) {
    Fail("read", path);
  }
  return AsStored(path, std::move(bytes));
}

std::string OutputDirectory::AsStored(std::string_view path, std::string bytes) const {
  if (bytes.find("\r\n") == std::string::npos) {
    return bytes;
  }
  if (!stored_) {
    stored_.emplace(path_);
  }
  return stored_->Of(std::string(path), std::move(bytes));
}

unsigned OutputDirectory::TypeOf(std::string_view path) const {
  Descriptor folder(openat(root_.get(), ".", kFolderFlags));
  const std::string_view parent = ParentPath(path);
  for (std::size_t at = 0; folder.has_value() && at < parent.size();) {
    const std::string name(parent.substr(at, parent.find('/', at) - at));
    folder = Descriptor(openat(folder.get(), name.c_str(), kFolderFlags));
    at += name.size() + 1;
  }
  struct stat status = {};
  const bool found =
      folder.has_value() && fstatat(folder.get(), FileName(path).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
  return found ? status.st_mode & S_IFMT : 0;
}

std::vector<FolderEntry> OutputDirectory::EntriesIn(const std::string& folder) const {
  const Descriptor opened = OpenParent(folder.empty() ? "" : folder + "/", false);
  std::vector<FolderEntry> entries;
  for (std::string& name : NamesIn(opened, folder)) {
    struct stat status = {};
    // What went away meanwhile is not there.
    if (fstatat(opened.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
      entries.push_back({std::move(name), EntryTypeOf(status.st_mode)});
    }
  }
  return entries;
}

bool OutputDirectory::LeadsToFile(std::string_view link) const {
  const Descriptor folder = OpenParent(link, false);
  struct stat status = {};
  return folder.has_value() && fstatat(folder.get(), FileName(link).c_str(), &status, 0) == 0 &&
         S_ISREG(status.st_mode);
}

bool OutputDirectory::IsDirectory(std::string_view path) const {
  return TypeOf(path) == S_IFDIR;
}

bool OutputDirectory::IsFile(std::string_view path) const {
  return TypeOf(path) == S_IFREG;
}

std::vector<std::string> OutputDirectory::NamesIn(const Descriptor& folder, std::string_view path) const {
  const int fd = folder.has_value() ? openat(folder.get(), ".", kFolderFlags) : -1;
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(fd), closedir);
  if (!stream) {
    Fail("read", path);
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> OutputDirectory::NamesWith(std::string_view prefix) const {
  std::vector<std::string> names = NamesIn(root_, "");
  std::erase_if(names, [&](const std::string& name) { return !name.starts_with(prefix); });
  return names;
}

std::vector<std::string> OutputDirectory::PathsBelow(const std::string& folder) const {
  std::vector<std::string> paths;
  std::vector<std::string> open = {folder};
  while (!open.empty()) {
    const std::string path = std::move(open.back());
    open.pop_back();
    const Descriptor parent = OpenParent(path + "/", false);
    const std::vector<std::string> names = NamesIn(parent, path);
    if (names.empty()) {
      paths.push_back(path);
    }
    for (const std::string& name : names) {
      const std::string below = path + "/" + name;
      (IsDirectory(below) ? open : paths).push_back(below);
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void OutputDirectory::WriteNew(std::string_view path, std::string_view bytes) {
  const Descriptor folder = OpenParent(path, true);
  const Descriptor file(
      openat(folder.get(), FileName(path).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file.has_value() || !WriteAll(file.get(), bytes)) {
    Fail("written", path);
  }
}

void OutputDirectory::Sync(std::string_view path) {
  const Descriptor folder = OpenParent(path, false);
  const Descriptor file(openat(folder.get(), FileName(path).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  // EINVAL: a file system that has nothing to wait for.
  if (!file.has_value() || (fsync(file.get()) != 0 && errno != EINVAL)) {
    Fail("written", path);
  }
}

void OutputDirectory::Rename(std::string_view from, std::string_view to) {
  const Descriptor source = OpenParent(from, false);
  const Descriptor target = OpenParent(to, true);
  if (renameat(source.get(), FileName(from).c_str(), target.get(), FileName(to).c_str()) != 0) {
    Fail("written", to);
  }
}

void OutputDirectory::Remove(std::string_view path) {
  int flags = 0;
  while (!path.empty()) {
    const Descriptor folder = OpenParent(path, false);
    const bool missing = !folder.has_value();
    if (!missing && unlinkat(folder.get(), FileName(path).c_str(), flags) != 0 && errno != ENOENT) {
      // A folder that still holds something stays.
      if (flags == AT_REMOVEDIR) {
        return;
      }
      Fail("removed", path);
    }
    path = ParentPath(path);
    flags = AT_REMOVEDIR;
  }
}

void OutputDirectory::RemoveFlatDirectory(const std::string& name) {
  const Descriptor folder = OpenParent(name + "/", false);
  for (const std::string& inner : NamesIn(folder, name)) {
    if (IsFile(name + "/" + inner) && unlinkat(folder.get(), inner.c_str(), 0) != 0) {
      Fail("removed", name + "/" + inner);
    }
  }
  if (unlinkat(root_.get(), name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOTEMPTY && errno != EEXIST) {
    Fail("removed", name);
  }
}

}  // namespace dpc::driver
