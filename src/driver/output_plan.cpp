#include "driver/output_plan.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/environment_error.h"
#include "base/sha256.h"
#include "base/text.h"
#include "driver/conflict.h"
#include "driver/foreign.h"

namespace dpc::driver {
namespace {

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

std::optional<std::string> ReadIfFile(const OutputDirectory& directory, const std::string& path) {
  return directory.IsFile(path) ? directory.Read(path) : std::nullopt;
}

[[noreturn]] void ThrowNoManifest(const OutputDirectory& directory, bool conflict) {
  throw EnvironmentError(
      Quoted(directory.path() + "/" + std::string(kManifestPath)) +
      (conflict ? " has a merge conflict, and neither side of it is a manifest that dpc wrote: take one side whole, "
                  "with `git checkout --ours` or `--theirs`, and build again"
                : " is not a manifest that dpc wrote: restore it, or remove the folder, or choose another with `-o`"));
}

// After a merge with conflicts, what either side owned.
OwnedFiles ReadManifestFile(const OutputDirectory& directory) {
  OwnedFiles owned;
  const auto text = directory.Read(kManifestPath);
  const std::vector<std::string> sides = text ? SidesOf(*text) : std::vector<std::string>();
  bool read = sides.empty();
  for (const std::string& side : sides) {
    auto one = ReadManifest(side);
    read = read || one.has_value();
    owned.merge(one ? *one : OwnedFiles());
  }
  if (!read) {
    ThrowNoManifest(directory, sides.size() > 1);
  }
  return owned;
}

// A run that was killed while it replaced files had staged its manifest: files whose bytes are what that manifest says
// are its work, and dpc's.
void AddFinished(const OutputDirectory& directory, OwnedFiles& owned) {
  for (const std::string& name : LeftOver(directory)) {
    const auto text = ReadIfFile(directory, name + "/" + std::string(kManifestPath));
    const auto begun = text ? ReadManifest(*text) : std::nullopt;
    for (const auto& [path, hash] : begun.value_or(OwnedFiles())) {
      const auto bytes = ReadIfFile(directory, path);
      if (bytes && Sha256Hex(*bytes) == hash) {
        owned.emplace(path, hash);
      }
    }
  }
}

[[noreturn]] void ThrowForeign(const OutputDirectory& directory, const std::string& path) {
  throw EnvironmentError(Quoted(directory.path() + "/" + path) +
                         " is in the way, and dpc did not write it: move it, or choose another folder with `-o`");
}

// By its path: where dpc writes, and where its manifest says so.
bool IsOwned(const OwnedFiles& owned, const std::string& path) {
  return path.starts_with(kRootsFolder) && owned.contains(path);
}

bool HasHash(const OwnedFiles& owned, const std::string& path, const std::string& hash) {
  const auto [first, last] = owned.equal_range(path);
  return std::any_of(first, last, [&](const auto& file) { return file.second == hash; });
}

// And by its hash: what was edited by hand is its editor's, to remove. A conflict of what dpc wrote on both sides is no
// edit.
bool IsAsWritten(const OwnedFiles& owned, const std::string& path, std::string_view bytes) {
  const std::vector<std::string> sides = SidesOf(bytes);
  return IsOwned(owned, path) && std::all_of(sides.begin(), sides.end(), [&](const std::string& side) {
           return HasHash(owned, path, Sha256Hex(side));
         });
}

bool MayBeRemoved(const OutputDirectory& directory, const OwnedFiles& owned, const std::string& path) {
  const auto bytes = ReadIfFile(directory, path);
  return bytes && IsAsWritten(owned, path, *bytes);
}

bool OwnsSomethingBelow(const OwnedFiles& owned, const std::string& path) {
  const std::string below = path + "/";
  const auto first = owned.lower_bound(below);
  return first != owned.end() && first->first.starts_with(below);
}

// A folder where a file is to be is fine when all of it is about to go.
void CheckFolder(const OutputDirectory& directory, const std::string& folder, const OwnedFiles& owned) {
  for (const std::string& path : directory.PathsBelow(folder)) {
    if (!MayBeRemoved(directory, owned, path)) {
      ThrowForeign(directory, path);
    }
  }
}

// Adds one artifact to the plan.
void PlanArtifact(const OutputDirectory& directory, const Artifact& artifact, const OwnedFiles& owned, Plan& plan) {
  std::optional<std::string> old;
  if (OwnsSomethingBelow(owned, artifact.path) && directory.IsDirectory(artifact.path)) {
    CheckFolder(directory, artifact.path, owned);
  } else {
    old = directory.Read(artifact.path);
  }
  if (old == artifact.bytes) {
    return;
  }
  const bool written = old && artifact.path != kManifestPath;
  if (written && !IsOwned(owned, artifact.path)) {
    ThrowForeign(directory, artifact.path);
  }
  if (old && SidesOf(*old).size() > 1) {
    plan.difference.conflicted.push_back(artifact.path);
  } else if (written && !IsAsWritten(owned, artifact.path, *old)) {
    plan.difference.edited.push_back(artifact.path);
  }
  (old ? plan.difference.changed : plan.difference.added).push_back(artifact.path);
  plan.writes.push_back(&artifact);
}

// A file that the old manifest names, where a folder around `path` is to be.
std::optional<std::string> OwnedFileInTheWay(const OutputDirectory& directory, const std::string& path,
                                             const OwnedFiles& owned) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    std::string folder = path.substr(0, slash);
    if (IsOwned(owned, folder) && directory.IsFile(folder)) {
      return folder;
    }
  }
  return std::nullopt;
}

// True when the artifact was planned: the file in the way goes first.
bool PlanBehindFile(const OutputDirectory& directory, const Artifact& artifact, const OwnedFiles& owned, Plan& plan) {
  const auto file = OwnedFileInTheWay(directory, artifact.path, owned);
  if (!file) {
    return false;
  }
  if (!MayBeRemoved(directory, owned, *file)) {
    ThrowForeign(directory, *file);
  }
  plan.difference.added.push_back(artifact.path);
  plan.writes.push_back(&artifact);
  return true;
}

using Paths = std::set<std::string_view>;

// What is gone, or is a folder by now, is nobody's to remove.
void PlanRemovals(const OutputDirectory& directory, const Paths& produced, const OwnedFiles& owned, Plan& plan) {
  for (auto file = owned.begin(); file != owned.end(); file = owned.upper_bound(file->first)) {
    const std::string& path = file->first;
    if (produced.contains(path) || OwnedFileInTheWay(directory, path, owned) || directory.IsDirectory(path)) {
      continue;
    }
    if (const auto bytes = directory.Read(path)) {
      (IsAsWritten(owned, path, *bytes) ? plan.difference.removed : plan.difference.left).push_back(path);
    }
  }
}

void PlanForeign(const OutputDirectory& directory, Paths known, const KeepPatterns& keep, Plan& plan) {
  known.insert(plan.difference.removed.begin(), plan.difference.removed.end());
  plan.difference.foreign = FindForeign(directory, known, keep);
  std::erase_if(plan.difference.left, [&](const std::string& path) {
    return std::any_of(plan.difference.foreign.begin(), plan.difference.foreign.end(),
                       [&](const ForeignFile& file) { return file.path == path; });
  });
}

}  // namespace

std::vector<std::string> LeftOver(const OutputDirectory& directory) {
  std::vector<std::string> names = directory.NamesWith(kStagingPrefix);
  std::erase_if(names, [&](const std::string& name) {
    return !IsDigits(std::string_view(name).substr(kStagingPrefix.size())) || !directory.IsDirectory(name);
  });
  return names;
}

OwnedFiles ReadOwned(const OutputDirectory& directory) {
  OwnedFiles owned = ReadManifestFile(directory);
  AddFinished(directory, owned);
  return owned;
}

Plan MakePlan(const OutputDirectory& directory, const std::vector<Artifact>& artifacts, const OwnedFiles& owned,
              const KeepPatterns& keep) {
  Plan plan;
  Paths produced;
  for (const Artifact& artifact : artifacts) {
    produced.insert(artifact.path);
    if (!PlanBehindFile(directory, artifact, owned, plan)) {
      PlanArtifact(directory, artifact, owned, plan);
    }
  }
  PlanRemovals(directory, produced, owned, plan);
  PlanForeign(directory, std::move(produced), keep, plan);
  std::stable_partition(plan.writes.begin(), plan.writes.end(),
                        [](const Artifact* artifact) { return artifact->path != kManifestPath; });
  return plan;
}

}  // namespace dpc::driver
