// RAII for libgit2, and one place where its errors become EnvironmentError. Private to `source`.
#pragma once

#include <git2.h>

#include <memory>
#include <optional>
#include <string>

#include "base/environment_error.h"

namespace dpc::source {

template <auto Free>
struct GitFree {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using GitRepository = std::unique_ptr<git_repository, GitFree<git_repository_free>>;
using GitObject = std::unique_ptr<git_object, GitFree<git_object_free>>;
using GitCommit = std::unique_ptr<git_commit, GitFree<git_commit_free>>;
using GitTree = std::unique_ptr<git_tree, GitFree<git_tree_free>>;
using GitTreeEntry = std::unique_ptr<git_tree_entry, GitFree<git_tree_entry_free>>;
using GitBlob = std::unique_ptr<git_blob, GitFree<git_blob_free>>;
using GitDatabase = std::unique_ptr<git_odb, GitFree<git_odb_free>>;
using GitIndex = std::unique_ptr<git_index, GitFree<git_index_free>>;
using GitReference = std::unique_ptr<git_reference, GitFree<git_reference_free>>;

// Starts libgit2 once.
void StartGit();

// libgit2's last error, on one line.
std::string GitErrorText();

[[noreturn]] void ThrowGit(const std::string& what);

// `directory` relative to the top of the work tree, "" at the top or in a bare repository; without a trailing slash.
std::string PrefixIn(git_repository* repository, const std::string& directory);

// What a revision names; `shown` is what the user calls it. Throws EnvironmentError when the repository has no such
// object.
GitObject FindObject(git_repository* repository, const std::string& revision, const std::string& shown);

// The commit that a revision names. Throws EnvironmentError when it names none.
git_oid FindCommitId(git_repository* repository, const std::string& revision, const std::string& shown);

[[noreturn]] void ThrowUnknownRevision(git_repository* repository, const std::string& revision);

// 40 digits.
std::string Hex(const git_oid& id);

// HEAD's commit; nothing before the first commit. Throws EnvironmentError when there is one that cannot be read.
std::optional<git_oid> HeadId(git_repository* repository);

}  // namespace dpc::source
