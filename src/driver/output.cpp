// Writing a build: stage, replace, remove, as planned.
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/driver.h"
#include "driver/manifest.h"
#include "driver/output_directory.h"
#include "driver/output_plan.h"
#include "driver/read.h"
#include "source/checkout.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

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

// Else all of it would look as if it had been removed.
void RequireCheckedOut(const std::string& wanted, const std::string& folder) {
  if (const auto path = source::FindNotCheckedOut(folder)) {
    throw EnvironmentError("the output folder " + Quoted(wanted) +
                           " is not checked out as a whole (a sparse checkout): " + Quoted(*path) +
                           " is tracked and not there; `git sparse-checkout add " + Printable(wanted) +
                           "` brings it, or `-o` names another folder");
  }
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

// Whatever else has a name of this sort stays as it is.
std::string NewStagingName(const OutputDirectory& directory) {
  const auto taken = directory.NamesWith(kStagingPrefix);
  for (long number = getpid();; ++number) {
    std::string name = std::string(kStagingPrefix) + std::to_string(number);
    if (!std::binary_search(taken.begin(), taken.end(), name)) {
      return name;
    }
  }
}

void Execute(OutputDirectory& directory, const Plan& plan) {
  const std::string staging = NewStagingName(directory);
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

[[noreturn]] void ThrowForeign(const std::string& folder, const std::vector<ForeignFile>& foreign) {
  std::vector<std::string> named;
  for (const ForeignFile& file : foreign) {
    named.push_back(Quoted(file.path) + " (" + file.why + ")");
  }
  throw EnvironmentError(Quoted(folder) + " holds what dpc did not write: " + Join(named, ", ") + ": remove " +
                         (foreign.size() == 1 ? "it" : "them") +
                         ", or build into another folder with `-o`; nothing was written");
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
  RequireCheckedOut(wanted, folder.string());
  return wanted;
}

KeepPatterns KeepOf(const Compilation& compilation) {
  const model::Model& m = compilation.model;
  if (!m.workspace.keep_declared) {
    return std::nullopt;
  }
  std::vector<std::string> patterns;
  for (const model::NameId id : m.workspace.keep) {
    patterns.emplace_back(m.Text(m.names[id]));
  }
  return patterns;
}

OutputDifference CompareOutput(const std::vector<Artifact>& artifacts, const std::string& folder,
                               const KeepPatterns& keep) {
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
  return MakePlan(*directory, artifacts, ReadOwned(*directory), keep).difference;
}

OutputDifference WriteOutput(const std::vector<Artifact>& artifacts, const std::string& folder,
                             const KeepPatterns& keep) {
  CheckPaths(artifacts);
  CheckedFolder(folder);
  OutputDirectory directory = OutputDirectory::Create(folder);
  directory.Lock();
  const Plan plan = MakePlan(directory, artifacts, ReadOwned(directory), keep);
  if (!plan.difference.foreign.empty()) {
    ThrowForeign(folder, plan.difference.foreign);
  }
  // The lock is ours, so what others left behind is of dead runs.
  for (const std::string& name : LeftOver(directory)) {
    directory.RemoveFlatDirectory(name);
  }
  if (!plan.writes.empty() || !plan.difference.removed.empty()) {
    Execute(directory, plan);
  }
  return plan.difference;
}

}  // namespace dpc::driver
