// Who may do what with a folder: copied when a new one takes the place of another.
#include <fcntl.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif
#include <unistd.h>

#include "base/text.h"
#include "driver/output_directory.h"

namespace dpc::driver {
namespace {

#ifdef __linux__

// Nothing when they cannot be listed; a file system without them has none.
std::optional<std::vector<std::string>> AttributesOf(int fd) {
  const ssize_t size = flistxattr(fd, nullptr, 0);
  if (size <= 0) {
    return size == 0 || errno == ENOTSUP ? std::optional(std::vector<std::string>()) : std::nullopt;
  }
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = flistxattr(fd, names.data(), names.size());
  if (got < 0) {
    return std::nullopt;
  }
  std::vector<std::string> list;
  for (const std::string_view name : Split(std::string_view(names).substr(0, static_cast<std::size_t>(got)), '\0')) {
    if (!name.empty()) {
      list.emplace_back(name);
    }
  }
  return list;
}

std::optional<std::string> Value(int fd, const std::string& name) {
  std::string value(65536, '\0');  // the most that Linux takes
  const ssize_t size = fgetxattr(fd, name.c_str(), value.data(), value.size());
  if (size < 0) {
    return std::nullopt;
  }
  value.resize(static_cast<std::size_t>(size));
  return value;
}

bool CopyExtended(int from, int to) {
  const auto wanted = AttributesOf(from);
  const auto inherited = AttributesOf(to);
  bool done = wanted && inherited;
  for (const std::string& name : done ? *wanted : std::vector<std::string>()) {
    const auto value = Value(from, name);
    done = done && value &&
           (Value(to, name) == value || fsetxattr(to, name.c_str(), value->data(), value->size(), 0) == 0);
  }
  for (const std::string& name : done ? *inherited : std::vector<std::string>()) {
    done = done && (Value(from, name) || fremovexattr(to, name.c_str()) == 0);
  }
  return done;
}

#else

bool CopyExtended(int, int) {
  return true;
}

#endif

}  // namespace

bool OutputDirectory::CopyAttributes(const std::string& from, const std::string& to) {
  const Descriptor source = OpenParent(from + "/", false);
  const Descriptor target = OpenParent(to + "/", false);
  struct stat wanted = {};
  struct stat made = {};
  if (!source.has_value() || !target.has_value() || fstat(source.get(), &wanted) != 0 ||
      fstat(target.get(), &made) != 0) {
    return false;
  }
  const bool owned = wanted.st_uid == made.st_uid && wanted.st_gid == made.st_gid;
  // Attributes before the mode: lists of access are part of both.
  return (owned || fchown(target.get(), wanted.st_uid, wanted.st_gid) == 0) &&
         CopyExtended(source.get(), target.get()) && fchmod(target.get(), wanted.st_mode & 07777U) == 0;
}

bool OutputDirectory::IsMount(const std::string& folder) const {
#if defined(__linux__) && defined(STATX_ATTR_MOUNT_ROOT)
  const Descriptor opened = OpenParent(folder + "/", false);
  struct statx status = {};
  return opened.has_value() && statx(opened.get(), "", AT_EMPTY_PATH, STATX_TYPE, &status) == 0 &&
         (status.stx_attributes_mask & status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
  return folder.empty();
#endif
}

void OutputDirectory::CheckWritable(const std::string& folder) const {
  const Descriptor opened = OpenParent(folder.empty() ? "" : folder + "/", false);
  if (opened.has_value() && faccessat(opened.get(), ".", W_OK | X_OK, AT_EACCESS) != 0) {
    Fail("written", folder);
  }
}

}  // namespace dpc::driver
