#include "source/disk.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/environment_error.h"
#include "base/text.h"

namespace dpc::source {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void Fail(const fs::path& path, const std::string& reason) {
  throw EnvironmentError("`" + Printable(path.string()) + "` cannot be read: " + reason);
}

}  // namespace

fs::file_type KindOf(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  if (type == fs::file_type::none) {
    Fail(path, error.message());
  }
  return type;
}

fs::file_type KindOf(const fs::directory_entry& entry) {
  std::error_code error;
  if (entry.is_symlink(error) || error) {
    return KindOf(entry.path());
  }
  if (entry.is_directory(error) && !error) {
    return fs::file_type::directory;
  }
  return entry.is_regular_file(error) && !error ? fs::file_type::regular : KindOf(entry.path());
}

bool IsThere(const fs::path& path) {
  return KindOf(path) != fs::file_type::not_found;
}

std::optional<std::string> ReadIfThere(const fs::path& path) {
  if (!IsThere(path)) {
    return std::nullopt;
  }
  // A stream of C: those of C++ throw where a read fails.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) {
    Fail(path, std::strerror(errno));
  }
  std::string text;
  std::array<char, 16384> buffer = {};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    text.append(buffer.data(), size);
  }
  if (std::ferror(file.get()) != 0) {
    Fail(path, std::strerror(errno));
  }
  return text;
}

fs::path Canonical(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::absolute(path, error);
  fs::path canonical = error ? fs::path() : fs::weakly_canonical(whole, error);
  if (error) {
    Fail(path, error.message());
  }
  return canonical.has_filename() ? canonical : canonical.parent_path();
}

bool IsIn(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace dpc::source
