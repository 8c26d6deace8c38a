#include "source/checkout.h"

#include <vector>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/conversion.h"
#include "source/disk.h"
#include "source/index.h"
#include "source/repository.h"

namespace dpc::source {
namespace {

// "" or "domains/sales/".
std::string StartOf(git_repository* repository, const std::string& folder) {
  const std::string prefix = PrefixIn(repository, folder);
  return prefix.empty() ? "" : prefix + "/";
}

bool HasWorkTree(const GitRepository& repository) {
  return repository && git_repository_workdir(repository.get()) != nullptr;
}

// Without links and `..`; what is not there may follow what is.
std::filesystem::path Canonical(const std::string& path) {
  std::error_code failed;
  std::filesystem::path canonical = std::filesystem::weakly_canonical(path.empty() ? "." : path, failed);
  if (failed) {
    throw EnvironmentError("cannot tell where `" + Printable(path) + "` lies: " + failed.message());
  }
  return canonical;
}

}  // namespace

bool HasFile(const std::string& folder, const std::string& name) {
  if (IsThere(std::filesystem::path(folder) / name)) {
    return true;
  }
  const GitRepository repository = DiscoverRepository(folder);
  if (!HasWorkTree(repository)) {
    return false;
  }
  const std::vector<IndexEntry> index = ReadIndex(repository.get());
  const IndexEntry* entry = FindEntry(index, StartOf(repository.get(), folder) + name);
  return entry != nullptr && entry->skipped;
}

std::string FindTop(const std::string& directory) {
  const GitRepository repository = DiscoverRepository(directory);
  return repository ? TopOf(repository.get()).string() : "";
}

std::optional<std::string> FolderBelowTop(const std::string& directory, const std::string& path) {
  const std::string top = FindTop(directory);
  if (top.empty()) {
    return std::nullopt;
  }
  const std::filesystem::path below = Canonical(path).lexically_relative(Canonical(top));
  if (below.empty() || *below.begin() == "..") {
    return std::nullopt;
  }
  return below == "." ? "" : (below / "").generic_string();
}

std::optional<std::string> FindNotCheckedOut(const std::string& folder) {
  const GitRepository repository = DiscoverRepository(folder);
  if (!HasWorkTree(repository)) {
    return std::nullopt;
  }
  const std::string start = StartOf(repository.get(), folder);
  const std::filesystem::path top = git_repository_workdir(repository.get());
  for (const IndexEntry& entry : ReadIndex(repository.get())) {
    if (entry.skipped && entry.path.starts_with(start) && !IsThere(top / entry.path)) {
      return entry.path;
    }
  }
  return std::nullopt;
}

struct StoredBytes::State {
  explicit State(GitRepository of, const std::string& folder)
      : repository(std::move(of)),
        start(StartOf(repository.get(), folder)),
        index(ReadIndex(repository.get())),
        conversion(repository.get(), index) {}

  GitRepository repository;
  std::string start;
  std::vector<IndexEntry> index;
  Conversion conversion;
};

StoredBytes::StoredBytes(const std::string& folder) {
  GitRepository repository = DiscoverRepository(folder);
  if (HasWorkTree(repository)) {
    state_ = std::make_unique<State>(std::move(repository), folder);
  }
}

StoredBytes::~StoredBytes() = default;
StoredBytes::StoredBytes(StoredBytes&&) noexcept = default;
StoredBytes& StoredBytes::operator=(StoredBytes&&) noexcept = default;

std::string StoredBytes::Of(const std::string& path, std::string bytes) const {
  return state_ ? state_->conversion.ToGit(state_->start + path, std::move(bytes)) : bytes;
}

}  // namespace dpc::source
