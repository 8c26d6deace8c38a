#include "source/conversion.h"

#include <git2/sys/repository.h>

#include "base/text.h"
#include "source/git.h"

namespace dpc::source {
namespace {

using GitFilters = std::unique_ptr<git_filter_list, GitFree<git_filter_list_free>>;

}  // namespace

// libgit2 looks into the index, for attributes that are not checked out and for what is stored with such line ends: it
// gets the one that was read here, since it cannot read every kind.
void Conversion::Prepare() const {
  if (prepared_) {
    return;
  }
  git_index* raw = nullptr;
  if (git_index_new(&raw) != 0) {
    ThrowGit("the index of the repository cannot be used");
  }
  const GitIndex index(raw);
  for (const IndexEntry& entry : index_) {
    git_index_entry one = {};
    one.mode = entry.mode;
    one.id = entry.id;
    one.path = entry.path.c_str();
    if (entry.stage == 0 && git_index_add(raw, &one) != 0) {
      ThrowGit("the index of the repository cannot be used");
    }
  }
  if (git_repository_set_index(repository_, raw) != 0) {
    ThrowGit("the index of the repository cannot be used");
  }
  prepared_ = true;
}

std::string Conversion::ToGit(const std::string& path, std::string bytes) const {
  if (!MayChange(bytes)) {
    return bytes;
  }
  Prepare();
  git_filter_list* raw = nullptr;
  const auto fail = [&] { ThrowGit("`" + Printable(path) + "` cannot be read as git would store it"); };
  if (git_filter_list_load(&raw, repository_, nullptr, path.c_str(), GIT_FILTER_TO_ODB, GIT_FILTER_ALLOW_UNSAFE) != 0) {
    fail();
  }
  const GitFilters filters(raw);
  git_buf out = GIT_BUF_INIT;
  if (git_filter_list_apply_to_buffer(&out, raw, bytes.data(), bytes.size()) != 0) {
    fail();
  }
  std::string stored(out.ptr, out.size);
  git_buf_dispose(&out);
  return stored;
}

}  // namespace dpc::source
