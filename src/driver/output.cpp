// Writing a build: stage, replace, remove, as planned.
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/driver.h"
#include "driver/manifest.h"
#include "driver/output_directory.h"
#include "driver/output_exchange.h"
#include "driver/output_journal.h"
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

// A path that was read, at or below `folder`; "": none. Both relative to what is read.
std::string ReadBelow(const Compilation& compilation, const std::string& folder) {
  for (std::size_t i = 0; i < compilation.sources.size(); ++i) {
    const std::string_view path = compilation.sources.Path(source::FileId(i));
    if (path.starts_with(folder + "/")) {
      return std::string(path);
    }
  }
  return "";
}

bool IsOutput(const std::string& folder) {
  const auto directory = OutputDirectory::Open(folder);
  if (!directory || !directory->IsFile(kManifestPath)) {
    return false;
  }
  ReadOwned(*directory);  // throws when it is not dpc's
  return true;
}

// Of `-o`, both canonical: not above, in or beside what is read below the root. What is an output folder already stays
// one.
void RefuseAmongDeclarations(const Compilation& compilation, const fs::path& folder, const fs::path& root,
                             const std::string& wanted) {
  if (!IsWithin(folder, root) || IsOutput(wanted)) {
    return;
  }
  const std::string relative = folder.lexically_relative(root).generic_string();
  for (std::size_t end = relative.size(); end != std::string::npos;
       end = end == 0 ? end : relative.rfind('/', end - 1)) {
    const std::string around = relative.substr(0, end);
    const std::string read = ReadBelow(compilation, around);
    if (!read.empty()) {
      throw EnvironmentError("the output folder " + Quoted(wanted) +
                             (end == relative.size() ? " holds" : " lies in " + Quoted(around) + ", which holds") +
                             " what is declared, like " + Quoted(read) +
                             ": choose a folder of its own, as `-o generated`, or name this one as `output` in "
                             "`dpc.yaml`");
    }
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
  const std::string_view declared = compilation.model.Text(compilation.model.workspace.output);
  const std::string declared_folder =
      (fs::path(options.directory) / (declared.empty() ? kDefaultOutput : declared)).lexically_normal().string();
  std::string wanted = output.empty() ? declared_folder : output;
  const fs::path folder = CheckedFolder(wanted);
  if (IsWithin(root, folder)) {
    throw EnvironmentError("the output folder " + Quoted(wanted) +
                           " holds the declarations themselves: choose one below with `-o`");
  }
  if (!output.empty() && folder != Canonical(declared_folder)) {
    RefuseAmongDeclarations(compilation, folder, root, wanted);
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

namespace {

constexpr int kTries = 10;

// Made when missing, and held.
OutputDirectory OpenLocked(const std::string& folder) {
  for (int tries = 0; tries < kTries; ++tries) {
    OutputDirectory directory = OutputDirectory::Create(folder);
    directory.Lock();
    // Another dpc may have put a new folder there between the two.
    if (directory.IsStillThere()) {
      return directory;
    }
  }
  throw EnvironmentError("another dpc is writing to " + Quoted(folder) + ": wait for it, and run this again");
}

// A folder that was made for nothing goes.
class MadeFolder {
 public:
  explicit MadeFolder(const std::string& folder) : folder_(folder), missing_(!OutputDirectory::Open(folder)) {}

  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;

  ~MadeFolder() {
    if (missing_) {
      rmdir(folder_.c_str());
    }
  }

  void Keep() { missing_ = false; }

 private:
  std::string folder_;
  bool missing_;
};

// Where nobody is writing, what a killed run had begun is put back.
void RollBackIfFree(OutputDirectory& directory) {
  if (HasJournal(directory) && directory.TryLock() && HasJournal(directory)) {
    RollBackKilled(directory);
  }
}

}  // namespace

OutputDifference CompareOutput(const std::vector<Artifact>& artifacts, const std::string& folder,
                               const KeepPatterns& keep) {
  CheckPaths(artifacts);
  CheckedFolder(folder);
  for (int tries = 0; tries < kTries; ++tries) {
    auto directory = OutputDirectory::Open(folder);
    if (!directory) {
      OutputDifference difference;
      for (const Artifact& artifact : artifacts) {
        difference.added.push_back(artifact.path);
      }
      return difference;
    }
    RollBackIfFree(*directory);
    OutputDifference difference = MakePlan(*directory, artifacts, ReadOwned(*directory), keep).difference;
    // Else another dpc has built meanwhile, and what was read is on its way out.
    if (directory->IsStillThere()) {
      return difference;
    }
  }
  throw EnvironmentError("another dpc is writing to " + Quoted(folder) + ": wait for it, and run this again");
}

OutputDifference WriteOutput(const std::vector<Artifact>& artifacts, const std::string& folder,
                             const KeepPatterns& keep) {
  CheckPaths(artifacts);
  CheckedFolder(folder);
  MadeFolder made(folder);
  OutputDirectory directory = OpenLocked(folder);
  RollBackKilled(directory);
  const OwnedFiles owned = ReadOwned(directory);
  Plan plan = MakePlan(directory, artifacts, owned, keep);
  if (!plan.difference.foreign.empty()) {
    ThrowForeign(folder, plan.difference.foreign);
  }
  // The lock is ours, so what others left behind is of dead runs.
  for (const std::string& name : LeftOver(directory)) {
    directory.RemoveFlatDirectory(name);
  }
  plan.difference.aside = RemoveStaged(directory, owned);
  const bool changes = !plan.writes.empty() || !plan.difference.removed.empty();
  if (changes && !ReplaceByExchange(directory, plan)) {
    ReplaceInPlace(directory, plan);
  }
  made.Keep();
  return plan.difference;
}

}  // namespace dpc::driver
