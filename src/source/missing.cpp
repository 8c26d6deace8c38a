#include "source/missing.h"

#include <algorithm>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/config.h"
#include "source/environment.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

GitDatabase ObjectsOf(git_repository* repository) {
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository) != 0) {
    ThrowGit("the objects of the repository cannot be read");
  }
  return GitDatabase(raw);
}

std::size_t CountMissing(git_repository* repository, const std::vector<git_oid>& ids) {
  const GitDatabase objects = ObjectsOf(repository);
  return static_cast<std::size_t>(std::count_if(
      ids.begin(), ids.end(), [&](const git_oid& id) { return git_odb_exists(objects.get(), &id) == 0; }));
}

std::string Without(const std::string& filter) {
  return filter.starts_with("blob:")   ? "file contents"
         : filter.starts_with("tree:") ? "folders"
                                       : "all of its contents";
}

[[noreturn]] void ThrowPartial(git_repository* repository, const std::string& shown, const std::string& lacking) {
  const std::string said = ConfigOfRemotes(repository, "partialclonefilter");
  const std::string filter = said.empty() ? "blob:none" : said;
  throw EnvironmentError("this clone was made without " + Without(filter) + " (`--filter=" + Printable(filter) +
                         "`): " + shown + " lacks " + lacking +
                         "; fetch it, for example with `git fetch --refetch --no-filter` (git 2.36 and later)");
}

// Before the blob is in memory. What has no header is reported when it is read.
void CheckBlobSize(git_odb* objects, const git_oid& id, const std::string& path) {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, objects, &id) == 0) {
    CheckSize(size, path);
  }
}

}  // namespace

bool IsPartial(git_repository* repository) {
  return !ConfigText(repository, "extensions.partialClone").empty() || IsTrue(ConfigOfRemotes(repository, "promisor"));
}

GitTree ReadTree(git_repository* repository, const git_oid& id, const std::string& path, const std::string& shown) {
  git_tree* tree = nullptr;
  const int result = git_tree_lookup(&tree, repository, &id);
  if (result == GIT_ENOTFOUND && IsPartial(repository)) {
    ThrowPartial(repository, shown, path.empty() ? "its folders" : "folder `" + Printable(path) + "`");
  }
  if (result != 0) {
    ThrowGit(path.empty() ? "the top folder of " + shown + " cannot be read from the repository"
                          : "folder `" + Printable(path) + "` cannot be read from the repository");
  }
  return GitTree(tree);
}

std::string ReadBlob(git_repository* repository, const git_oid& id, const std::string& path, const std::string& shown,
                     const std::function<std::vector<git_oid>()>& others) {
  CheckBlobSize(ObjectsOf(repository).get(), id, path);
  git_blob* raw = nullptr;
  const int result = git_blob_lookup(&raw, repository, &id);
  if (result == GIT_ENOTFOUND && IsPartial(repository)) {
    const std::size_t count = std::max<std::size_t>(1, others ? CountMissing(repository, others()) : 1);
    ThrowPartial(repository, shown,
                 Plural(count, "file") + ", `" + Printable(path) + "`" + (count == 1 ? "" : " among them"));
  }
  if (result != 0) {
    ThrowGit("`" + Printable(path) + "` cannot be read from the repository");
  }
  const GitBlob blob(raw);
  return {static_cast<const char*>(git_blob_rawcontent(blob.get())),
          static_cast<std::size_t>(git_blob_rawsize(blob.get()))};
}

}  // namespace dpc::source
