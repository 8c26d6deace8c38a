#include "driver/output_plan.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/environment_error.h"
#include "base/sha256.h"
#include "base/text.h"

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
      const auto bytes = owned.contains(path) ? std::nullopt : ReadIfFile(directory, path);
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

bool OwnsSomethingBelow(const OwnedFiles& owned, const std::string& path) {
  const std::string below = path + "/";
  const auto first = owned.lower_bound(below);
  return first != owned.end() && first->first.starts_with(below);
}

// A folder where a file is to be is fine when all of it is about to go.
void CheckFolder(const OutputDirectory& directory, const std::string& folder, const OwnedFiles& owned) {
  for (const std::string& path : directory.PathsBelow(folder)) {
    if (!owned.contains(path) || !directory.IsFile(path)) {
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
  if (old && artifact.path != kManifestPath && !owned.contains(artifact.path)) {
    ThrowForeign(directory, artifact.path);
  }
  (old ? plan.difference.changed : plan.difference.added).push_back(artifact.path);
  plan.writes.push_back(&artifact);
}

// A folder on the way of a file may be an owned file that is about to go, unless it is a folder by now.
bool OwnedFileInTheWay(const OutputDirectory& directory, const std::string& path, const OwnedFiles& owned) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (owned.contains(folder) && directory.IsFile(folder)) {
      return true;
    }
  }
  return false;
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

Plan MakePlan(const OutputDirectory& directory, const std::vector<Artifact>& artifacts, const OwnedFiles& owned) {
  Plan plan;
  std::set<std::string_view> produced;
  for (const Artifact& artifact : artifacts) {
    produced.insert(artifact.path);
    if (OwnedFileInTheWay(directory, artifact.path, owned)) {
      plan.difference.added.push_back(artifact.path);
      plan.writes.push_back(&artifact);
      continue;
    }
    PlanArtifact(directory, artifact, owned, plan);
  }
  for (const auto& [path, hash] : owned) {
    // What is gone, or is a folder by now, is nobody's to remove.
    if (!produced.contains(path) && !OwnedFileInTheWay(directory, path, owned) && !directory.IsDirectory(path) &&
        directory.Read(path)) {
      plan.difference.removed.push_back(path);
    }
  }
  std::stable_partition(plan.writes.begin(), plan.writes.end(),
                        [](const Artifact* artifact) { return artifact->path != kManifestPath; });
  return plan;
}

}  // namespace dpc::driver
