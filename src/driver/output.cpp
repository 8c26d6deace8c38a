// Writing a build: plan, stage, replace, remove.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/environment_error.h"
#include "base/sha256.h"
#include "base/text.h"
#include "driver/driver.h"
#include "driver/manifest.h"
#include "driver/output_directory.h"
#include "driver/read.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStagingPrefix = ".dpc-tmp-";

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

void CheckPaths(const std::vector<Artifact>& artifacts) {
  for (const Artifact& artifact : artifacts) {
    if (!IsSafePath(artifact.path) || artifact.path.starts_with(kStagingPrefix)) {
      throw EnvironmentError("the path " + Quoted(artifact.path) + " does not stay inside of the output folder");
    }
  }
}

// `folder` with all links resolved as far as it exists.
fs::path Canonical(const std::string& folder) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(fs::absolute(folder, error), error);
  if (error) {
    throw EnvironmentError("the folder " + Quoted(folder) + " cannot be looked at: " + error.message());
  }
  // "a/" and "a" are one folder.
  return path.has_filename() ? path : path.parent_path();
}

// `inner` is `outer` or lies below it. Both canonical.
bool IsWithin(const fs::path& inner, const fs::path& outer) {
  const auto [end, rest] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end == outer.end();
}

std::string CheckedFolder(const std::string& folder) {
  const fs::path path = Canonical(folder);
  if (!path.has_relative_path()) {
    throw EnvironmentError("the output folder is " + Quoted(path.string()) + ", where dpc does not write");
  }
  for (const fs::path& segment : path) {
    if (LowerCase(segment.string()) == ".git") {
      throw EnvironmentError("the output folder " + Quoted(folder) + " belongs to git");
    }
  }
  return path.string();
}

// What the old manifest owns.
OwnedFiles ReadOwned(const OutputDirectory& directory) {
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
void AddLeftOver(const OutputDirectory& directory, OwnedFiles& owned) {
  for (const std::string& name : directory.NamesWith(kStagingPrefix)) {
    const auto text =
        directory.IsDirectory(name) ? directory.Read(name + "/" + std::string(kManifestPath)) : std::nullopt;
    const auto begun = text ? ReadManifest(*text) : std::nullopt;
    for (const auto& [path, hash] : begun.value_or(OwnedFiles())) {
      const auto bytes = owned.contains(path) || directory.IsDirectory(path) ? std::nullopt : directory.Read(path);
      if (bytes && Sha256Hex(*bytes) == hash) {
        owned.emplace(path, hash);
      }
    }
  }
}

struct Plan {
  std::vector<const Artifact*> writes;  // the manifest last, if it changes
  OutputDifference difference;
};

// Adds one artifact to the plan. `produced` and `owned`: a folder in the way is fine when all of it is about to go.
void PlanArtifact(const OutputDirectory& directory, const Artifact& artifact, const OwnedFiles& owned, Plan& plan) {
  std::optional<std::string> old;
  const std::string below = artifact.path + "/";
  const auto first = owned.lower_bound(below);
  const bool replaces_folder = first != owned.end() && first->first.starts_with(below);
  if (!replaces_folder || !directory.IsDirectory(artifact.path)) {
    old = directory.Read(artifact.path);
  }
  if (old == artifact.bytes) {
    return;
  }
  if (old && artifact.path != kManifestPath && !owned.contains(artifact.path)) {
    throw EnvironmentError(Quoted(directory.path() + "/" + artifact.path) +
                           " is in the way, and dpc did not write it: move it, or choose another folder with `-o`");
  }
  (old ? plan.difference.changed : plan.difference.added).push_back(artifact.path);
  plan.writes.push_back(&artifact);
}

// A folder on the way of a new file may be an owned file that is about to go.
bool OwnedFileInTheWay(const std::string& path, const OwnedFiles& owned) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (owned.contains(path.substr(0, slash))) {
      return true;
    }
  }
  return false;
}

Plan MakePlan(const OutputDirectory& directory, const std::vector<Artifact>& artifacts, const OwnedFiles& owned) {
  Plan plan;
  std::set<std::string_view> produced;
  for (const Artifact& artifact : artifacts) {
    produced.insert(artifact.path);
    if (OwnedFileInTheWay(artifact.path, owned)) {
      plan.difference.added.push_back(artifact.path);
      plan.writes.push_back(&artifact);
      continue;
    }
    PlanArtifact(directory, artifact, owned, plan);
  }
  for (const auto& [path, hash] : owned) {
    // What is gone, or is a folder by now, is nobody's to remove.
    if (!produced.contains(path) && !OwnedFileInTheWay(path, owned) && !directory.IsDirectory(path) &&
        directory.Read(path)) {
      plan.difference.removed.push_back(path);
    }
  }
  std::stable_partition(plan.writes.begin(), plan.writes.end(),
                        [](const Artifact* artifact) { return artifact->path != kManifestPath; });
  return plan;
}

std::string StagedName(const std::string& staging, const Plan& plan, std::size_t i) {
  // The manifest keeps its name, so that the next run finds it after a kill.
  const bool manifest = plan.writes[i]->path == kManifestPath;
  return staging + "/" + (manifest ? std::string(kManifestPath) : std::to_string(i));
}

void Stage(OutputDirectory& directory, const std::string& staging, const Plan& plan) {
  for (std::size_t i = 0; i < plan.writes.size(); ++i) {
    directory.WriteNew(StagedName(staging, plan, i), plan.writes[i]->bytes);
  }
  // After all were written, so that the disk can take them together.
  for (std::size_t i = 0; i < plan.writes.size(); ++i) {
    directory.Sync(StagedName(staging, plan, i));
  }
}

// A file and a folder of one name cannot both be: such old files go first.
bool StandsInTheWay(const std::string& old, const Plan& plan) {
  return std::any_of(plan.writes.begin(), plan.writes.end(), [&](const Artifact* artifact) {
    return artifact->path.starts_with(old + "/") || old.starts_with(artifact->path + "/");
  });
}

void Execute(OutputDirectory& directory, const Plan& plan) {
  const std::string staging = std::string(kStagingPrefix) + std::to_string(getpid());
  try {
    Stage(directory, staging, plan);
  } catch (const EnvironmentError&) {
    // Nothing was replaced yet: leave the old tree as it was.
    if (directory.IsDirectory(staging)) {
      directory.RemoveFlatDirectory(staging);
    }
    throw;
  }
  const auto& removed = plan.difference.removed;
  std::vector<std::string> late;
  for (const std::string& path : removed) {
    if (StandsInTheWay(path, plan)) {
      directory.Remove(path);
    } else {
      late.push_back(path);
    }
  }
  for (std::size_t i = 0; i < plan.writes.size(); ++i) {
    directory.Rename(StagedName(staging, plan, i), plan.writes[i]->path);
  }
  for (const std::string& path : late) {
    directory.Remove(path);
  }
  if (directory.IsDirectory(staging)) {
    directory.RemoveFlatDirectory(staging);
  }
}

}  // namespace

std::string OutputFolder(const Compilation& compilation, const Options& options, const std::string& output) {
  const fs::path root = Canonical(options.directory);
  std::string wanted = output;
  if (output.empty()) {
    const std::string_view declared = compilation.model.Text(compilation.model.workspace.output);
    wanted = (fs::path(options.directory) / (declared.empty() ? kDefaultOutput : declared)).lexically_normal().string();
  }
  const fs::path folder = CheckedFolder(wanted);
  if (IsWithin(root, folder)) {
    throw EnvironmentError("the output folder " + Quoted(wanted) +
                           " holds the declarations themselves: choose one below with `-o`");
  }
  if (output.empty() && !IsWithin(folder, root)) {
    throw EnvironmentError("the workspace's output folder " + Quoted(wanted) + " leads out of " +
                           Quoted(options.directory) + ": only `-o` may");
  }
  return wanted;
}

OutputDifference CompareOutput(const std::vector<Artifact>& artifacts, const std::string& folder) {
  CheckPaths(artifacts);
  CheckedFolder(folder);
  const auto directory = OutputDirectory::Open(folder);
  if (!directory) {
    OutputDifference difference;
    for (const Artifact& artifact : artifacts) {
      difference.added.push_back(artifact.path);
    }
    return difference;
  }
  OwnedFiles owned = ReadOwned(*directory);
  AddLeftOver(*directory, owned);
  return MakePlan(*directory, artifacts, owned).difference;
}

OutputDifference WriteOutput(const std::vector<Artifact>& artifacts, const std::string& folder) {
  CheckPaths(artifacts);
  CheckedFolder(folder);
  OutputDirectory directory = OutputDirectory::Create(folder);
  directory.Lock();
  OwnedFiles owned = ReadOwned(directory);
  AddLeftOver(directory, owned);
  const Plan plan = MakePlan(directory, artifacts, owned);
  // The lock is ours, so what others left behind is of dead runs.
  for (const std::string& name : directory.NamesWith(kStagingPrefix)) {
    directory.RemoveFlatDirectory(name);
  }
  if (!plan.difference.empty()) {
    Execute(directory, plan);
  }
  return plan.difference;
}

}  // namespace dpc::driver
