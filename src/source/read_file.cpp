#include "source/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

constexpr std::size_t kStep = 65536;

[[noreturn]] void Fail(const std::string& shown, int error) {
  throw EnvironmentError("`" + Printable(shown) + "` cannot be read: " + std::strerror(error));
}

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) {
    do {
      fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    } while (fd_ < 0 && errno == EINTR);
  }

  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  ~OpenFile() {
    if (fd_ >= 0) {
      close(fd_);
    }
  }

  int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

}  // namespace

std::string ReadDiskFile(const std::string& path, const std::string& shown) {
  const OpenFile file(path);
  struct stat status = {};
  if (file.fd() < 0 || fstat(file.fd(), &status) != 0) {
    Fail(shown, errno);
  }
  CheckSize(static_cast<std::uint64_t>(status.st_size), shown);
  // One byte more, so that the end is seen with the last of them; it may have grown meanwhile.
  std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
  std::size_t have = 0;
  while (true) {
    const ssize_t got = read(file.fd(), bytes.data() + have, bytes.size() - have);
    if (got == 0) {
      bytes.resize(have);
      return bytes;
    }
    if (got < 0 && errno != EINTR) {
      Fail(shown, errno);
    }
    have += got > 0 ? static_cast<std::size_t>(got) : 0;
    CheckSize(have, shown);
    bytes.resize(have == bytes.size() ? have + kStep : bytes.size());
  }
}

std::optional<std::string> TryReadDiskFile(const std::string& path) {
  try {
    return ReadDiskFile(path, path);
  } catch (const EnvironmentError&) {
    return std::nullopt;
  }
}

}  // namespace dpc::source
