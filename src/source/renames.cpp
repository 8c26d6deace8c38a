#include "source/renames.h"

#include <git2/sys/hashsig.h>

#include <algorithm>
#include <tuple>

#include "source/git.h"

namespace dpc::source {
namespace {

using Signature = std::unique_ptr<git_hashsig, GitFree<git_hashsig_free>>;

// As git's own defaults: half of a file, and no comparison of everything with everything.
constexpr int kLeastLikeness = 50;
constexpr std::size_t kMostPairs = 1'000'000;

std::string_view BaseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::vector<std::string> BlobIds(const PathsOf& files) {
  std::vector<std::string> ids;
  for (const std::string& path : files.paths) {
    ids.push_back(files.tree.BlobId(path));
  }
  return ids;
}

// Null for what has too little in it.
std::vector<Signature> Signatures(const PathsOf& files) {
  std::vector<Signature> all;
  for (const std::string& path : files.paths) {
    const std::string bytes = files.tree.Read(path);
    git_hashsig* raw = nullptr;
    const auto how = static_cast<git_hashsig_option_t>(GIT_HASHSIG_SMART_WHITESPACE | GIT_HASHSIG_ALLOW_SMALL_FILES);
    all.emplace_back(git_hashsig_create(&raw, bytes.data(), bytes.size(), how) == 0 ? raw : nullptr);
  }
  return all;
}

struct Pair {
  int likeness = 0;
  bool same_name = false;
  std::size_t gone = 0;
  std::size_t added = 0;
};

class Matching {
 public:
  Matching(const PathsOf& gone, const PathsOf& added) : gone_(gone), added_(added) {}

  std::map<std::string, std::string> Run() {
    if (gone_.paths.size() * added_.paths.size() <= kMostPairs) {
      AddPairs();
    }
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) {
      return std::tuple(-a.likeness, !a.same_name, a.gone, a.added) <
             std::tuple(-b.likeness, !b.same_name, b.gone, b.added);
    });
    std::vector<bool> taken(added_.paths.size());
    std::map<std::string, std::string> renames;
    for (const Pair& pair : pairs_) {
      if (!taken[pair.added] && renames.try_emplace(gone_.paths[pair.gone], added_.paths[pair.added]).second) {
        taken[pair.added] = true;
      }
    }
    return renames;
  }

 private:
  void AddPairs() {
    const std::vector<std::string> ids_gone = BlobIds(gone_);
    const std::vector<std::string> ids_added = BlobIds(added_);
    const std::vector<Signature> gone = Signatures(gone_);
    const std::vector<Signature> added = Signatures(added_);
    for (std::size_t i = 0; i < gone.size(); ++i) {
      for (std::size_t k = 0; k < added.size(); ++k) {
        constexpr int kSame = 101;
        const int likeness = ids_gone[i] == ids_added[k] ? kSame
                             : gone[i] && added[k]       ? git_hashsig_compare(gone[i].get(), added[k].get())
                                                         : 0;
        if (likeness >= kLeastLikeness) {
          pairs_.push_back({likeness, BaseName(gone_.paths[i]) == BaseName(added_.paths[k]), i, k});
        }
      }
    }
  }

  const PathsOf& gone_;
  const PathsOf& added_;
  std::vector<Pair> pairs_;
};

}  // namespace

std::map<std::string, std::string> FindRenames(const PathsOf& gone, const PathsOf& added) {
  if (gone.paths.empty() || added.paths.empty()) {
    return {};
  }
  StartGit();
  return Matching(gone, added).Run();
}

}  // namespace dpc::source
