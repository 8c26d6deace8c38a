#include "driver/staged_output.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/files.h"
#include "driver/manifest.h"
#include "source/staged.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

std::string NewFolder() {
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  if (error) {
    throw EnvironmentError("there is no folder for temporary files: " + error.message() +
                           "; `TMPDIR` names another one");
  }
  std::string path = (temporary / "dpc-staged-XXXXXX").string();  // mkdtemp's hole
  if (mkdtemp(path.data()) == nullptr) {
    throw EnvironmentError("no folder can be made in `" + Printable(fs::path(path).parent_path().string()) +
                           "`: " + std::strerror(errno) + "; `TMPDIR` names another one");
  }
  return path;
}

// Without links. What is not there yet has none; anything else that keeps it from being looked at is said.
fs::path Resolved(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  fs::path resolved = error ? fs::path() : fs::weakly_canonical(absolute, error);
  if (error && error != std::errc::no_such_file_or_directory) {
    throw EnvironmentError("`" + Printable(path) + "` cannot be looked at: " + error.message());
  }
  return error ? absolute.lexically_normal() : resolved;
}

// `folder` as seen from `directory`; "" when it lies elsewhere.
std::string Below(const std::string& directory, const std::string& folder) {
  const fs::path root = Resolved(directory);
  const fs::path inner = Resolved(folder);
  std::string relative = inner.lexically_relative(root).string();
  while (relative.ends_with('/')) {
    relative.pop_back();
  }
  return relative == "." || relative == ".." || relative.starts_with("../") ? "" : relative;
}

}  // namespace

std::optional<StagedOutput> StagedOutput::Open(const std::string& directory, const std::string& folder) {
  const std::string below = Below(directory, folder);
  if (below.empty()) {
    return std::nullopt;
  }
  StagedOutput staged(NewFolder());
  for (const auto& [path, bytes] : source::StagedBelow(directory, below)) {
    // Git takes care of that, too; nothing is written outside whatever an index says.
    if (!IsSafePath(path)) {
      continue;
    }
    const fs::path file = fs::path(staged.path_) / path;
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    WriteFile(file.string(), bytes);
  }
  return staged;
}

StagedOutput::StagedOutput(StagedOutput&& other) noexcept : path_(std::exchange(other.path_, "")) {}

StagedOutput::~StagedOutput() {
  if (!path_.empty()) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
}

}  // namespace dpc::driver
