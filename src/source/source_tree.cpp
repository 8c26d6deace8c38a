// What all trees share.
#include "source/source_tree.h"

#include <git2.h>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"

namespace dpc::source {

void CheckSize(std::uint64_t bytes, const std::string& path) {
  if (bytes > kMostBytes) {
    throw EnvironmentError("`" + Printable(path) + "` has " + std::to_string(bytes) + " bytes; dpc reads at most " +
                           std::to_string(kMostBytes) +
                           " of a file (`exclude` in `dpc.yaml` passes over files of the repository)");
  }
}

void CheckSizeOfAll(std::uint64_t bytes) {
  if (bytes >= kMostBytesOfAll) {
    throw EnvironmentError("the declarations together exceed 4 GiB, more than dpc reads in one run");
  }
}

std::vector<std::optional<std::string>> SourceTree::ReadTogether(const std::vector<std::string_view>& paths,
                                                                 unsigned /*threads*/) const {
  return std::vector<std::optional<std::string>>(paths.size());
}

std::vector<std::string> SourceTree::ReadAll(const std::vector<std::string_view>& paths, unsigned threads) const {
  std::vector<std::optional<std::string>> read = ReadTogether(paths, threads);
  std::vector<std::string> texts;
  texts.reserve(paths.size());
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    texts.push_back(read[i] ? *std::move(read[i]) : Read(std::string(paths[i])));
    bytes += texts.back().size();
    CheckSizeOfAll(bytes);
  }
  return texts;
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

}  // namespace dpc::source
