#include "source/git.h"

#include <filesystem>
#include <iterator>

#include "base/text.h"
#include "source/disk.h"

namespace dpc::source {

namespace {

// The extensions of a repository that change nothing of what is read here, or whose values are looked at
// (repository.cpp); and whose repository it is (owner.cpp): libgit2 1.5 knows few of the ones, and little of
// `safe.directory`.
int Start() {
  static const char* known[] = {"compatobjectformat", "objectformat",      "partialclone",        "preciousobjects",
                                "refstorage",         "relativeworktrees", "submodulepathconfig", "worktreeconfig"};
  const int started = git_libgit2_init();
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known, std::size(known));
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  return started;
}

}  // namespace

void StartGit() {
  static const int started = Start();
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

namespace {

// The remote and the branch of "origin/main", where that is a remote of this clone and no ref of this name is there; ""
// for other revisions.
std::string MissingBranch(git_repository* repository, std::string name) {
  static constexpr std::string_view kRemotes = "refs/remotes/";
  name = name.substr(name.starts_with(kRemotes) ? kRemotes.size() : 0);
  git_reference* raw = nullptr;
  const bool there = git_reference_lookup(&raw, repository, (std::string(kRemotes) + name).c_str()) == 0;
  const GitReference reference(raw);
  git_strarray remotes = {};
  if (there || name.find_first_of("^~:@{} ") != std::string::npos || git_remote_list(&remotes, repository) != 0) {
    return "";
  }
  std::string found;
  for (std::size_t i = 0; i < remotes.count; ++i) {
    const std::string remote = remotes.strings[i];
    if (name.starts_with(remote + "/") && name.size() > remote.size() + 1) {
      found = remote + " +refs/heads/" + name.substr(remote.size() + 1) + ":" + std::string(kRemotes) + name;
    }
  }
  git_strarray_dispose(&remotes);
  return found;
}

}  // namespace

void ThrowUnknownRevision(git_repository* repository, const std::string& revision) {
  if (git_repository_head_unborn(repository) == 1 && (revision.starts_with("HEAD") || revision.starts_with('@'))) {
    throw EnvironmentError("revision `" + Printable(revision) + "` is not there before the first commit: commit first");
  }
  const bool shallow = git_repository_is_shallow(repository) == 1;
  const std::string branch = MissingBranch(repository, revision);
  const std::string command =
      "git fetch" + std::string(shallow ? " --unshallow" : "") + (branch.empty() ? "" : " " + Printable(branch));
  throw EnvironmentError("revision `" + Printable(revision) + "` is not in " +
                         (shallow          ? "this shallow clone: fetch it, for example with `" + command + "`"
                          : branch.empty() ? "the repository"
                                           : "the repository: `" + command + "` fetches it"));
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
  std::string prefix = Canonical(directory).lexically_relative(Canonical(top)).generic_string();
  while (prefix.ends_with('/')) {
    prefix.pop_back();
  }
  return prefix == "." ? "" : prefix;
}

std::optional<git_oid> HeadId(git_repository* repository) {
  git_reference* raw = nullptr;
  const int result = git_repository_head(&raw, repository);
  const GitReference head(raw);
  if (result == GIT_EUNBORNBRANCH || result == GIT_ENOTFOUND) {
    return std::nullopt;
  }
  git_object* commit = nullptr;
  if (result != 0 || git_reference_peel(&commit, head.get(), GIT_OBJECT_COMMIT) != 0) {
    ThrowGit("HEAD of the repository cannot be read");
  }
  const GitObject owned(commit);
  return *git_object_id(commit);
}

}  // namespace dpc::source
