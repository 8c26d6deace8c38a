#include "driver/output_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

// Signals and network file systems interrupt any call; nothing was done then.
template <class Call>
auto Again(const Call& call) {
  auto result = call();
  while (result == -1 && errno == EINTR) {
    result = call();
  }
  return result;
}

Descriptor OpenAt(int folder, const std::string& name, int flags, mode_t mode = 0) {
  return Descriptor(Again([&] { return openat(folder, name.c_str(), flags, mode); }));
}

int StatAt(int folder, const std::string& name, struct stat& status, int flags = AT_SYMLINK_NOFOLLOW) {
  return Again([&] { return fstatat(folder, name.c_str(), &status, flags); });
}

// What stands for "nothing of that kind is there": a part of the path is missing, or is a file or a link.
bool IsAbsence(int error) {
  return error == ENOENT || error == ENOTDIR || error == ELOOP;
}

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
    const ssize_t written = Again([&] { return write(fd, bytes.data(), bytes.size()); });
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
    const ssize_t got = Again([&] { return read(fd, buffer.data(), buffer.size()); });
    if (got <= 0) {
      return got == 0;
    }
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
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

FolderEntry EntryOf(std::string name, const struct stat& status) {
  return {std::move(name), EntryTypeOf(status.st_mode), status.st_dev, status.st_ino, status.st_nlink};
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) {
    close(fd_);
  }
}

std::string OutputDirectory::Shown(std::string_view path) const {
  const bool alias = !alias_.first.empty() && (path == alias_.first || path.starts_with(alias_.first + "/"));
  const std::string named = alias ? alias_.second + std::string(path.substr(alias_.first.size())) : std::string(path);
  const std::string full = path_.empty() || named.empty() ? path_ + named : path_ + "/" + named;
  return full.empty() ? "." : Printable(full);
}

void OutputDirectory::Fail(std::string_view verb, std::string_view path) const {
  const int error = errno;
  const std::string full = Shown(path);
  if (error == ELOOP || error == ENOTDIR) {
    throw EnvironmentError("`" + full + "` cannot be " + std::string(verb) +
                           ": a folder on the way is a symbolic link or a file, and dpc writes through neither");
  }
  throw EnvironmentError("`" + full + "` cannot be " + std::string(verb) + ": " + Reason(error));
}

std::optional<OutputDirectory> OutputDirectory::Open(const std::string& folder) {
  // The folder itself may be reached through links: its user named it.
  Descriptor root = OpenAt(AT_FDCWD, folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
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
  if (!TryLock()) {
    throw EnvironmentError("another dpc is writing to `" + Printable(path_) + "`: wait for it, and run this again");
  }
}

bool OutputDirectory::TryLock() {
  // Some network file systems cannot lock; there the user has to take care.
  return Again([&] { return flock(root_.get(), LOCK_EX | LOCK_NB); }) == 0 || errno != EWOULDBLOCK;
}

bool OutputDirectory::IsStillThere() const {
  struct stat held = {};
  struct stat named = {};
  if (fstat(root_.get(), &held) != 0) {
    Fail("read", "");
  }
  if (StatAt(AT_FDCWD, path_.empty() ? "." : path_, named, 0) != 0) {
    if (IsAbsence(errno)) {
      return false;
    }
    Fail("read", "");
  }
  return held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

Descriptor OutputDirectory::OpenParent(std::string_view path, bool create) const {
  const std::string_view parent = ParentPath(path);
  const bool near = near_.has_value() && near_path_ == parent;
  if (!parent.empty() && !near) {
    near_ = WalkTo(parent, path, create);
    near_path_ = parent;
    if (!near_.has_value()) {
      return Descriptor();
    }
  }
  Descriptor folder = OpenAt(parent.empty() ? root_.get() : near_.get(), ".", kFolderFlags);
  if (!folder.has_value()) {
    Fail(create ? "written" : "read", path);
  }
  return folder;
}

Descriptor OutputDirectory::WalkTo(std::string_view parent, std::string_view path, bool create) const {
  Descriptor folder;
  for (const std::string_view segment : Split(parent, '/')) {
    const std::string name(segment);
    const int at = folder.has_value() ? folder.get() : root_.get();
    Descriptor next = OpenAt(at, name, kFolderFlags);
    if (!next.has_value() && errno == ENOENT && create) {
      if (Again([&] { return mkdirat(at, name.c_str(), 0777); }) != 0 && errno != EEXIST) {
        Fail("written", path);
      }
      next = OpenAt(at, name, kFolderFlags);
    }
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
  if (StatAt(folder.get(), name, status) != 0) {
    if (errno == ENOENT) {
      return std::nullopt;
    }
    Fail("read", path);
  }
  if (!S_ISREG(status.st_mode)) {
    throw EnvironmentError("`" + Shown(path) + "` is in the way: it is not a plain file, and dpc writes one there");
  }
  const Descriptor file = OpenAt(folder.get(), name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
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
    stored_.emplace(path_.empty() ? "." : path_);
  }
  return stored_->Of(std::string(path), std::move(bytes));
}

std::optional<FolderEntry> OutputDirectory::EntryAt(std::string_view path) const {
  Descriptor folder = OpenAt(root_.get(), ".", kFolderFlags);
  const std::string_view parent = ParentPath(path);
  for (std::size_t at = 0; folder.has_value() && at < parent.size();) {
    const std::string name(parent.substr(at, parent.find('/', at) - at));
    folder = OpenAt(folder.get(), name, kFolderFlags);
    at += name.size() + 1;
  }
  struct stat status = {};
  std::string name = FileName(path);
  if (folder.has_value() && StatAt(folder.get(), name, status) == 0) {
    return EntryOf(std::move(name), status);
  }
  if (!IsAbsence(errno)) {
    Fail("read", path);
  }
  return std::nullopt;
}

std::vector<FolderEntry> OutputDirectory::EntriesIn(const std::string& folder) const {
  const Descriptor opened = OpenParent(folder.empty() ? "" : folder + "/", false);
  std::vector<FolderEntry> entries;
  for (std::string& name : NamesIn(opened, folder)) {
    struct stat status = {};
    if (StatAt(opened.get(), name, status) == 0) {
      entries.push_back(EntryOf(std::move(name), status));
    } else if (errno != ENOENT) {  // what went away meanwhile is not there
      Fail("read", folder.empty() ? name : folder + "/" + name);
    }
  }
  return entries;
}

bool OutputDirectory::LeadsToFile(std::string_view link) const {
  const Descriptor folder = OpenParent(link, false);
  struct stat status = {};
  // What cannot be looked at leads nowhere good.
  return folder.has_value() && StatAt(folder.get(), FileName(link), status, 0) == 0 && S_ISREG(status.st_mode);
}

bool OutputDirectory::IsDirectory(std::string_view path) const {
  const auto entry = EntryAt(path);
  return entry && entry->type == EntryType::Folder;
}

bool OutputDirectory::IsFile(std::string_view path) const {
  const auto entry = EntryAt(path);
  return entry && entry->type == EntryType::File;
}

std::vector<std::string> OutputDirectory::NamesIn(const Descriptor& folder, std::string_view path) const {
  Descriptor again = folder.has_value() ? OpenAt(folder.get(), ".", kFolderFlags) : Descriptor();
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(again.has_value() ? fdopendir(again.get()) : nullptr, closedir);
  if (!stream) {
    Fail("read", path);
  }
  again.Release();
  std::vector<std::string> names;
  const auto next = [&] {
    errno = 0;
    return readdir(stream.get());
  };
  for (const dirent* entry = next(); entry != nullptr; entry = next()) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  if (errno != 0) {
    Fail("read", path);
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
  const Descriptor file =
      OpenAt(folder.get(), FileName(path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (!file.has_value() || !WriteAll(file.get(), bytes)) {
    Fail("written", path);
  }
}

void OutputDirectory::Sync(std::string_view path) {
  const Descriptor folder = OpenParent(path, false);
  const Descriptor file = path.empty() || path.ends_with('/')
                              ? OpenAt(folder.get(), ".", kFolderFlags)
                              : OpenAt(folder.get(), FileName(path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  // EINVAL: a file system that has nothing to wait for.
  if (!file.has_value() || (Again([&] { return fsync(file.get()); }) != 0 && errno != EINVAL)) {
    Fail("written", path);
  }
}

void OutputDirectory::SyncAll() {
  if (Again([&] { return syncfs(root_.get()); }) != 0 && errno != EINVAL) {
    Fail("written", "");
  }
}

void OutputDirectory::Rename(std::string_view from, std::string_view to) {
  near_ = Descriptor();
  const Descriptor source = OpenParent(from, false);
  const Descriptor target = OpenParent(to, true);
  if (Again([&] { return renameat(source.get(), FileName(from).c_str(), target.get(), FileName(to).c_str()); }) != 0) {
    Fail("written", to);
  }
}

int OutputDirectory::Exchange(const std::string& one, const std::string& two) {
#ifdef SYS_renameat2
  near_ = Descriptor();
  constexpr unsigned kExchange = 2;  // RENAME_EXCHANGE
  const auto exchange = [&] {
    return syscall(SYS_renameat2, root_.get(), one.c_str(), root_.get(), two.c_str(), kExchange);
  };
  return Again(exchange) == 0 ? 0 : errno;
#else
  return one == two ? 0 : ENOSYS;
#endif
}

int OutputDirectory::Link(std::string_view from, std::string_view to) {
  const Descriptor source = OpenParent(from, false);
  const Descriptor target = OpenParent(to, true);
  const auto link = [&] { return linkat(source.get(), FileName(from).c_str(), target.get(), FileName(to).c_str(), 0); };
  return source.has_value() && Again(link) == 0 ? 0 : errno;
}

int OutputDirectory::MakeHere(const std::string& name) {
  return Again([&] { return mkdirat(root_.get(), name.c_str(), 0777); }) == 0 ? 0 : errno;
}

void OutputDirectory::MakeFolder(const std::string& path) {
  OpenParent(path + "/", true);
}

bool OutputDirectory::Unlink(std::string_view path, bool folder) {
  if (folder) {
    near_ = Descriptor();
  }
  const Descriptor parent = OpenParent(path, false);
  const auto unlink = [&] { return unlinkat(parent.get(), FileName(path).c_str(), folder ? AT_REMOVEDIR : 0); };
  if (!parent.has_value() || Again(unlink) == 0 || errno == ENOENT) {
    return true;
  }
  if (!folder || (errno != ENOTEMPTY && errno != EEXIST && errno != EBUSY)) {
    Fail("removed", path);
  }
  return false;
}

void OutputDirectory::Remove(std::string_view path) {
  Unlink(path, false);
  for (path = ParentPath(path); !path.empty() && Unlink(path, true);) {
    path = ParentPath(path);
  }
}

void OutputDirectory::RemoveFlatDirectory(const std::string& name) {
  const Descriptor folder = OpenParent(name + "/", false);
  for (const std::string& inner : NamesIn(folder, name)) {
    if (IsFile(name + "/" + inner)) {
      Unlink(name + "/" + inner, false);
    }
  }
  Unlink(name, true);
}

}  // namespace dpc::driver
