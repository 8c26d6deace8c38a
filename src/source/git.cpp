#include "source/git.h"

#include <filesystem>

#include "base/text.h"
#include "source/loose_objects.h"
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

void ThrowIfDamaged(int result, const std::string& what) {
  const bool is_answer = result == GIT_ENOTFOUND || result == GIT_EAMBIGUOUS || result == GIT_EINVALIDSPEC ||
                         result == GIT_EPEEL || result == GIT_EUNBORNBRANCH;
  if (result < 0 && !is_answer) {
    ThrowGit(what);
  }
}

std::string Hex(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  return git_oid_tostr(text, sizeof text, &id);
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
  GitRepository opened(repository);
  ReadLooseObjectsSafely(opened.get());
  return opened;
}

GitRepository OpenRepository(const std::string& directory) {
  GitRepository repository = DiscoverRepository(directory);
  if (!repository) {
    throw EnvironmentError("`" + Printable(directory) + "` is not in a git repository");
  }
  return repository;
}

void ThrowUnknownRevision(git_repository* repository, const std::string& revision) {
  throw EnvironmentError("revision `" + Printable(revision) +
                         (git_repository_is_shallow(repository) == 1
                              ? "` is not in this shallow clone: fetch it, for example with `git fetch --unshallow`"
                              : "` is not in the repository"));
}

GitObject FindObject(git_repository* repository, const std::string& revision, const std::string& shown) {
  git_object* raw = nullptr;
  if (const int result = git_revparse_single(&raw, repository, revision.c_str()); result != 0) {
    ThrowIfDamaged(result, "revision `" + Printable(shown) + "` cannot be read");
    ThrowUnknownRevision(repository, shown);
  }
  return GitObject(raw);
}

git_oid FindCommitId(git_repository* repository, const std::string& revision, const std::string& shown) {
  const GitObject object = FindObject(repository, revision, shown);
  git_object* raw = nullptr;
  if (git_object_peel(&raw, object.get(), GIT_OBJECT_COMMIT) != 0) {
    ThrowGit("revision `" + Printable(shown) + "` is no commit");
  }
  const GitObject commit(raw);
  return *git_object_id(commit.get());
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

std::optional<git_oid> HeadId(git_repository* repository) {
  git_object* raw = nullptr;
  if (const int result = git_revparse_single(&raw, repository, "HEAD^{commit}"); result != 0) {
    ThrowIfDamaged(result, "`HEAD` cannot be read");
    return std::nullopt;
  }
  const GitObject head(raw);
  return *git_object_id(raw);
}

std::optional<CommitDays> SourceTree::Days() const {
  const auto day = CommitDate();
  return day ? std::optional(CommitDays{{"", *day}, {"", *day}}) : std::nullopt;
}

std::string SourceTree::BlobId(const std::string& path) const {
  StartGit();
  const std::string bytes = Read(path);
  git_oid id;
  if (git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB) != 0) {
    ThrowGit("`" + Printable(path) + "` cannot be hashed");
  }
  return Hex(id);
}

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
