#include "source/folders.h"

#include <filesystem>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/disk.h"
#include "source/git.h"
#include "source/repository.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

void RefuseLinks(const std::string& directory) {
  const fs::path all(directory);
  fs::path at = all.is_absolute() ? all.root_path() : Canonical(".");
  for (const fs::path& part : all.relative_path()) {
    const fs::path next = at / part;
    if (KindOf(next) == fs::file_type::symlink && DiscoverRepository(at.string())) {
      throw EnvironmentError(
          "`-C " + Printable(directory) + "` goes through the symbolic link `" + Printable(next.string()) +
          "` of a repository: with a base, name the folder itself, since a change may turn the link");
    }
    at = Canonical(next);
  }
}

void RefuseNested(const std::string& directory) {
  const GitRepository inner = DiscoverRepository(directory);
  const fs::path top = inner ? TopOf(inner.get()) : fs::path();
  const GitRepository outer =
      inner && top.has_relative_path() ? DiscoverRepository(top.parent_path().string()) : nullptr;
  if (!outer || git_repository_is_bare(outer.get()) == 1 || !IsIn(top, TopOf(outer.get()))) {
    return;
  }
  // A work tree of the same repository is nothing that a commit brings.
  if (std::string_view(git_repository_commondir(inner.get())) == git_repository_commondir(outer.get())) {
    return;
  }
  const bool bare = git_repository_is_bare(inner.get()) == 1;
  if (bare || !IsIn(Canonical("."), top)) {
    throw EnvironmentError("`" + Printable(directory) + "` lies in " +
                           (bare ? "the bare repository `" : "another repository, `") + Printable(top.string()) +
                           "`, inside of `" + Printable(TopOf(outer.get()).string()) + "`: with a base, " +
                           (bare ? "that is refused" : "run dpc in it") + ", since a change may have put it there");
  }
}

}  // namespace

void CheckFolder(const std::string& directory) {
  RefuseLinks(directory);
  RefuseNested(directory);
}

bool HoldsFile(const std::string& directory, const std::string& commit, const std::string& name) {
  const GitRepository repository = OpenRepository(directory);
  const GitObject object = FindObject(repository.get(), commit, commit);
  git_object* raw = nullptr;
  if (git_object_peel(&raw, object.get(), GIT_OBJECT_TREE) != 0) {
    return false;
  }
  const GitTree tree(reinterpret_cast<git_tree*>(raw));
  const std::string prefix = PrefixIn(repository.get(), directory);
  git_tree_entry* entry = nullptr;
  const bool found =
      git_tree_entry_bypath(&entry, tree.get(), (prefix.empty() ? name : prefix + "/" + name).c_str()) == 0;
  const GitTreeEntry owned(entry);
  return found && git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
}

}  // namespace dpc::source
