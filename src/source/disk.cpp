#include "source/disk.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

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

bool IsThere(const fs::path& path) {
  return KindOf(path) != fs::file_type::not_found;
}

std::optional<std::string> ReadIfThere(const fs::path& path) {
  if (!IsThere(path)) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    Fail(path, std::strerror(errno));
  }
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) {
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
