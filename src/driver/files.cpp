#include "driver/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

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

}  // namespace

std::string ReadFile(const std::string& path) {
  std::error_code error;
  if (const std::uint64_t size = fs::file_size(path, error); !error) {
    source::CheckSize(size, path);
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw EnvironmentError("`" + Printable(path) + "` cannot be read");
  }
  return text.str();
}

void WriteFile(const std::string& path, std::string_view bytes) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    const Descriptor special(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!special.has_value()) {
      Fail(path);
    }
    WriteAll(special.get(), bytes, path);
    return;
  }
  const fs::path target = fs::exists(status) ? fs::canonical(path, error) : fs::path(path);
  const Temporary temporary(target.string());
  if (!temporary.file().has_value()) {
    Fail(path);
  }
  WriteAll(temporary.file().get(), bytes, path);
  if (rename(temporary.path().c_str(), target.c_str()) != 0) {
    Fail(path);
  }
}

}  // namespace dpc::driver
