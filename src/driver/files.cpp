#include "driver/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/output_directory.h"

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

// Removes the temporary unless it became the file.
struct Temporary {
  std::string path;

  ~Temporary() { unlink(path.c_str()); }
};

}  // namespace

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
  const Temporary temporary{target.string() + ".dpc-tmp-" + std::to_string(getpid())};
  const Descriptor file(open(temporary.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.has_value()) {
    Fail(path);
  }
  WriteAll(file.get(), bytes, path);
  if (rename(temporary.path.c_str(), target.c_str()) != 0) {
    Fail(path);
  }
}

}  // namespace dpc::driver
