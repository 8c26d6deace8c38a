#include "driver/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/output_directory.h"
#include "source/source_tree.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& path) {
  throw EnvironmentError("`" + Printable(path) + "` cannot be written: " + std::strerror(errno));
}

void WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      Fail(path);
    }
    bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
}

// A new file beside the target; removed unless it became the target.
class Temporary {
 public:
  // A name that is taken, by a killed run or anyone else, is left alone.
  explicit Temporary(const std::string& target) {
    static constexpr long kTries = 1000;
    for (long number = getpid(), end = number + kTries; !file_.has_value() && number < end; ++number) {
      path_ = target + ".dpc-tmp-" + std::to_string(number);
      file_ = Descriptor(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (!file_.has_value() && errno != EEXIST) {
        return;
      }
    }
  }

  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  ~Temporary() {
    if (file_.has_value()) {
      unlink(path_.c_str());
    }
  }

  const std::string& path() const { return path_; }

  const Descriptor& file() const { return file_; }

 private:
  std::string path_;
  Descriptor file_;
};

// What is at a path, behind links. Nothing when there is nothing; all else that fails is not taken for that.
std::optional<struct stat> StatusOf(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0) {
    return status;
  }
  if (errno != ENOENT) {
    throw EnvironmentError("`" + Printable(path) + "` cannot be looked at: " + std::strerror(errno));
  }
  return std::nullopt;
}

// The number in "/dev/fd/1"; -1 for other paths.
int NumberOf(const std::string& path) {
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/"}) {
    const std::string name = path.starts_with(folder) ? path.substr(folder.size()) : "";
    if (IsDigits(name) && name.size() < 6) {
      return std::stoi(name);
    }
  }
  return -1;
}

// The open file that a path stands for, as /dev/stdout does, also through links; -1 for others. By another opening, a
// file behind it would be written from its beginning.
int OpenFileOf(std::string path) {
  static constexpr int kMostLinks = 40;
  for (int links = 0; links < kMostLinks; ++links) {
    if (const int number = NumberOf(path); number >= 0) {
      return number;
    }
    std::error_code error;
    const fs::path target = fs::read_symlink(path, error);
    if (error) {
      break;
    }
    path = (fs::path(path).parent_path() / target).lexically_normal().string();
  }
  return -1;
}

void WriteOver(const std::string& path, std::string_view bytes) {
  const int number = OpenFileOf(path);
  std::fflush(stdout);
  const Descriptor special(number >= 0 ? fcntl(number, F_DUPFD_CLOEXEC, 0) : open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!special.has_value()) {
    Fail(path);
  }
  WriteAll(special.get(), bytes, path);
}

// Links resolved, of what is there and what is not: a link that leads nowhere is made to lead somewhere.
fs::path TargetOf(const std::string& path, bool there) {
  static constexpr int kMostLinks = 40;
  std::error_code error;
  fs::path target = there ? fs::canonical(path, error) : fs::path(path);
  if (error) {
    throw EnvironmentError("`" + Printable(path) + "` cannot be looked at: " + error.message());
  }
  for (int links = 0; !there && links < kMostLinks; ++links) {
    const fs::path next = fs::read_symlink(target, error);
    if (error) {
      break;
    }
    target = target.parent_path() / next;
  }
  return target;
}

}  // namespace

bool IsThere(const std::string& path) {
  return StatusOf(path).has_value();
}

std::string ReadFile(const std::string& path) {
  if (const auto status = StatusOf(path); status && S_ISREG(status->st_mode)) {
    source::CheckSize(static_cast<std::uint64_t>(status->st_size), path);
  }
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text;
  std::array<char, 65536> buffer;
  for (ssize_t got = file.has_value() ? 1 : -1; got != 0;) {
    got = file.has_value() ? read(file.get(), buffer.data(), buffer.size()) : -1;
    if (got < 0 && (!file.has_value() || errno != EINTR)) {
      throw EnvironmentError("`" + Printable(path) + "` cannot be read: " + std::strerror(errno));
    }
    text.append(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    source::CheckSize(text.size(), path);
  }
  return text;
}

void WriteFile(const std::string& path, std::string_view bytes) {
  const auto status = StatusOf(path);
  if ((status && !S_ISREG(status->st_mode)) || OpenFileOf(path) >= 0) {
    WriteOver(path, bytes);
    return;
  }
  const fs::path target = TargetOf(path, status.has_value());
  const Temporary temporary(target.string());
  if (!temporary.file().has_value()) {
    Fail(path);
  }
  WriteAll(temporary.file().get(), bytes, path);
  // Who may read the old file may read the new one.
  if (status && fchmod(temporary.file().get(), status->st_mode & 07777U) != 0) {
    Fail(path);
  }
  if (rename(temporary.path().c_str(), target.c_str()) != 0) {
    Fail(path);
  }
}

}  // namespace dpc::driver
