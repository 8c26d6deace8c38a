#include "source/git.h"

#include <filesystem>

#include "base/text.h"
#include "source/source_tree.h"

namespace dpc::source {

void StartGit() {
  static const int started = git_libgit2_init();
  if (started < 0) {
    ThrowGit("libgit2 does not start");
  }
}

std::string GitErrorText() {
  const git_error* error = git_error_last();
  return error != nullptr && error->message != nullptr ? Printable(error->message) : "no reason given";
}

void ThrowGit(const std::string& what) {
  throw EnvironmentError(what + ": " + GitErrorText());
}

GitRepository DiscoverRepository(const std::string& directory) {
  StartGit();
  // A folder of another revision need not be in the work tree.
  std::error_code ignored;
  std::filesystem::path start = std::filesystem::absolute(directory, ignored);
  while (!std::filesystem::exists(start, ignored) && start.has_relative_path()) {
    start = start.parent_path();
  }
  git_repository* repository = nullptr;
  const int result = git_repository_open_ext(&repository, start.c_str(), 0, nullptr);
  if (result == GIT_ENOTFOUND) {
    return nullptr;
  }
  if (result == GIT_EOWNER) {
    throw EnvironmentError("the git repository of `" + Printable(directory) +
                           "` belongs to another user: `git config --global --add safe.directory` allows it");
  }
  if (result != 0) {
    ThrowGit("the git repository of `" + Printable(directory) + "` cannot be opened");
  }
  return GitRepository(repository);
}

std::string PrefixIn(git_repository* repository, const std::string& directory) {
  const char* top = git_repository_workdir(repository);
  if (top == nullptr) {
    return "";
  }
  std::error_code ignored;
  const auto from = std::filesystem::weakly_canonical(top, ignored);
  const auto to = std::filesystem::weakly_canonical(std::filesystem::absolute(directory, ignored), ignored);
  std::string prefix = to.lexically_relative(from).generic_string();
  while (prefix.ends_with('/')) {
    prefix.pop_back();
  }
  return prefix == "." ? "" : prefix;
}

namespace {

// Before the blob is in memory. What has no header is reported when it is read.
void CheckBlobSize(git_repository* repository, const git_oid& id, const std::string& path) {
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository) != 0) {
    return;
  }
  const GitDatabase database(raw);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, database.get(), &id) == 0) {
    CheckSize(size, path);
  }
}

}  // namespace

std::string ReadBlob(git_repository* repository, const git_oid& id, const std::string& path) {
  CheckBlobSize(repository, id, path);
  git_blob* raw = nullptr;
  if (git_blob_lookup(&raw, repository, &id) != 0) {
    ThrowGit("`" + Printable(path) + "` cannot be read from the repository");
  }
  const GitBlob blob(raw);
  return {static_cast<const char*>(git_blob_rawcontent(blob.get())),
          static_cast<std::size_t>(git_blob_rawsize(blob.get()))};
}

}  // namespace dpc::source
