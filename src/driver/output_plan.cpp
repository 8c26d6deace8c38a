#include "driver/output_plan.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/environment_error.h"
#include "base/sha256.h"
#include "base/text.h"
#include "driver/foreign.h"

namespace dpc::driver {
namespace {

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

std::optional<std::string> ReadIfFile(const OutputDirectory& directory, const std::string& path) {
  return directory.IsFile(path) ? directory.Read(path) : std::nullopt;
}

OwnedFiles ReadManifestFile(const OutputDirectory& directory) {
  const auto text = directory.Read(kManifestPath);
  if (!text) {
    return {};
  }
  auto owned = ReadManifest(*text);
  if (!owned) {
    throw EnvironmentError(
        Quoted(directory.path() + "/" + std::string(kManifestPath)) +
        " is not a manifest that dpc wrote: restore it, or remove the folder, or choose another with `-o`");
  }
  return std::move(*owned);
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
        owned.insert_or_assign(path, hash);
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

// And by its hash: what was edited by hand is its editor's, to remove.
bool IsAsWritten(const OwnedFiles& owned, const std::string& path, std::string_view bytes) {
  return IsOwned(owned, path) && Sha256Hex(bytes) == owned.find(path)->second;
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
  if (written && !IsAsWritten(owned, artifact.path, *old)) {
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
  for (const auto& [path, hash] : owned) {
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
