#include "source/owner.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/config.h"
#include "source/disk.h"
#include "source/environment.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

// Under `sudo` what belongs to the one who typed it is fine, too.
bool IsOwn(uid_t owner) {
  const uid_t user = geteuid();
  const std::string sudo = user == 0 ? Variable("SUDO_UID") : "";
  return owner == user || (IsDigits(sudo) && std::to_string(owner) == sudo);
}

bool BelongsToUser(const fs::path& path) {
  struct stat status = {};
  if (lstat(path.c_str(), &status) != 0) {
    throw EnvironmentError("`" + Printable(path.string()) + "` cannot be read: " + std::strerror(errno));
  }
  return IsOwn(status.st_uid);
}

std::string Interpolated(const std::string& value) {
  return value == "~" || value.starts_with("~/") ? Variable("HOME") + value.substr(1) : value;
}

// A path, all below one (`path/*`), or everything.
bool Allows(const std::string& value, const fs::path& top) {
  if (value == "*") {
    return true;
  }
  std::string path = Interpolated(value);
  const bool below = path.ends_with("/*");
  if (below) {
    path.resize(path.size() - 2);
  }
  if (!path.starts_with('/') && path != "." && !(below && path.empty())) {
    return false;
  }
  std::error_code error;
  fs::path allowed = fs::weakly_canonical(path.empty() ? "/" : path, error);
  allowed = allowed.has_filename() ? allowed : allowed.parent_path();
  return !error && (below ? allowed != top && IsIn(top, allowed) : allowed == top);
}

// An empty value takes back what was said before.
bool IsAllowed(const fs::path& top) {
  bool allowed = false;
  for (const std::string& value : SafeDirectories()) {
    allowed = !value.empty() && (allowed || Allows(value, top));
  }
  return allowed;
}

// As one word of a shell.
std::string Quoted(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+@%:,=").find(c) != std::string_view::npos;
  });
  if (plain) {
    return path;
  }
  std::string word = "'";
  for (const char c : path) {
    word += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return word + "'";
}

}  // namespace

void CheckOwner(const std::string& shown, const fs::path& top, const std::vector<fs::path>& parts) {
  if (std::all_of(parts.begin(), parts.end(), BelongsToUser)) {
    return;
  }
  const fs::path canonical = Canonical(top);
  if (!IsAllowed(canonical)) {
    throw EnvironmentError("the git repository of `" + Printable(shown) +
                           "` belongs to another user: `git config --global --add safe.directory " +
                           Printable(Quoted(canonical.string())) + "` allows it");
  }
}

}  // namespace dpc::source
