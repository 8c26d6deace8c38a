// The door of `driver`: the pipeline as a table of contents. Owns what one run makes, in pipeline order, and writes
// outputs.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "base/date.h"
#include "base/symbol.h"
#include "diag/diagnostic.h"
#include "frontend/frontend.h"
#include "graph/graph.h"
#include "model/model.h"
#include "policy/engine.h"
#include "resolve/resolve.h"
#include "source/fork.h"
#include "source/source_manager.h"
#include "source/source_tree.h"
#include "syntax/syntax_tree.h"
#include "terraform/terraform.h"

namespace dpc::driver {

struct Options {
  std::string directory = ".";            // -C
  std::string revision;                   // --rev; "" for the work tree
  std::string revision_name;              // what messages call it; "": as it is
  bool staged = false;                    // --staged
  std::string dialect;                    // --dialect; "" for all
  std::vector<std::string> environments;  // --env, names or aliases; empty: all
  std::vector<std::string> targets;       // --target; empty: the workspace's, else aws
  std::optional<Date> today;              // --today; else the latest date of commits
  std::optional<Date> not_after;          // --not-after: no commit can be later
  std::optional<Date> not_before;         // the day is no earlier one, whatever the commits say
  unsigned threads = 0;                   // 0: one a core
  bool emit = true;                       // run the back ends
  bool render = true;                     // make the artifacts; else the back ends only report what they would
  bool judge = false;                     // ask the policies
  std::string base;                       // --base: the revision that the head is to be merged into
  std::string approvals;                  // --approvals: a file that says who approved the pull request
  bool new_only = false;                  // --new-only: report what the base does not have
  std::string baseline;                   // --baseline: a file of findings that are not reported
  // What products are called in the head (resolve/renames.h): its other sides are judged and compared by these names.
  const model::Model* named_as = nullptr;
  // Read before: files with the same bytes are not parsed again.
  const struct Compilation* like = nullptr;
  // Told what is being done ("judging by the policies"), for somebody who waits. Nothing in the result hangs on it.
  std::function<void(std::string)> progress;
};

// One stage's cost, for --timings (stderr only).
struct StageCost {
  std::string stage;
  double seconds = 0;
  double cpu_seconds = 0;  // of all threads, in the program and for it in the kernel
  std::size_t rows = 0;    // files, nodes, declarations, grants ... whatever the stage makes
  std::size_t bytes = 0;
  std::size_t peak_kibibytes = 0;  // of the process, after the stage
};

// One artifact of a build: path below the output folder.
struct Artifact {
  std::string path;
  std::string bytes;
  std::vector<Range> sources;
};

// Everything one run made; destroyed in reverse order. Fields are filled as far as the pipeline came.
struct Compilation {
  policy::PullRequest pull_request;  // of --approvals
  std::unique_ptr<source::SourceTree> tree;
  source::SourceManager sources;
  DiagnosticList diagnostics;
  SymbolTable symbols;
  model::Model model{symbols};
  frontend::LowerSummary summary;
  resolve::Resolved resolved;
  graph::LineageGraph graph;
  access::AccessModel access;
  std::vector<Artifact> artifacts;  // sorted by path, manifest.json included; empty when any error was reported
  std::size_t files = 0;
  // By FileId, while other sides are compiled: those of files in which there was nothing to find fault with.
  std::vector<syntax::SyntaxTree> trees;
  std::vector<std::string>
      skipped_paths;  // listed and not read: excluded, the output folder, links, other repositories
  std::vector<model::EnvironmentId> environments;  // those of --env, in model order
  std::optional<Date> today;                       // --today, else the latest date of commits
  std::vector<StageCost> costs;
  std::optional<source::Fork> fork;      // which commits the head is compared with; none: nothing
  std::unique_ptr<Compilation> base;     // the commit in common; null: there is nothing to compare with
  std::unique_ptr<Compilation> tip;      // what the head is to be merged into; null when that is the commit in common
  std::unique_ptr<Compilation> merged;   // what a merge would give; null when there is no `tip`: then it is the head
  std::unique_ptr<policy::World> world;  // all, as policies see them; null when nothing was judged and found
  policy::ActiveSet policies;
  policy::Verdict verdict;    // of the policies; its findings are among `diagnostics` and `suppressed`
  DiagnosticList suppressed;  // waived, or known before: not counted. Sorted

  bool failed() const { return diagnostics.Count(Severity::Error) != 0; }
};

// Reads what the outside knows of a pull request: {"author": EMAIL, "approvals": [EMAIL, ...]}. Throws
// EnvironmentError.
policy::PullRequest ReadPullRequest(const std::string& path);

// Both sides as policies see them, with the tip of head's base.
std::unique_ptr<policy::World> MakeWorld(const Compilation& head, const Compilation* base,
                                         policy::PullRequest pull_request);

// Positions of the errors of reading that keep a policy from being known: in a policy folder (waivers may lie there,
// and are none), in a file with a policy in its short form that has errors, and in `policies` of the workspace.
std::vector<std::size_t> FindUnreadPolicies(const Compilation& compilation);

// Reads the policies that a compilation names, with its settings. Reports what is wrong with them; not sound as well
// when FindUnreadPolicies finds some.
policy::ActiveSet ReadPolicies(const Compilation& compilation, Emitter& emitter);

// Runs every stage; back ends only when nothing before reported an error. Diagnostics are sorted at the end.
// Throws EnvironmentError when the world is wrong, also when an option names an unknown target, dialect or environment,
// and when there was nothing to check (no declaration at all).
std::unique_ptr<Compilation> Compile(const Options& options);

// The same over a tree that is open already (tests, fuzzing); the options that say what to open are not looked at.
std::unique_ptr<Compilation> CompileTree(std::unique_ptr<source::SourceTree> tree, const Options& options);

// Before the process ends: the kernel takes back what a compilation holds, at once, so nothing is freed bit by bit.
// Where leaks are looked for it is.
void Abandon(std::unique_ptr<Compilation> compilation);

// Where the build goes: `output` if given (relative to the current folder), else the workspace's folder below -C.
// Throws EnvironmentError when that is the repository itself or a folder around it, and when the workspace's folder
// leaves -C, also through a link: the workspace is the repository's word, which may not point at other files of this
// machine.
std::string OutputFolder(const Compilation& compilation, const Options& options, const std::string& output);

// Something that may not lie in the output folder, and why.
struct ForeignFile {
  std::string path;
  std::string why;  // "Terraform reads it"

  bool operator==(const ForeignFile&) const = default;
};

// Patterns of what the user keeps in the output folder beside dpc's, outside of roots (`keep` of the workspace);
// nothing: whatever it is.
using KeepPatterns = std::optional<std::vector<std::string>>;

KeepPatterns KeepOf(const Compilation& compilation);

// What writing would change, by path.
struct OutputDifference {
  std::vector<std::string> added;
  std::vector<std::string> changed;
  std::vector<std::string> removed;     // owned by the old manifest, no longer produced
  std::vector<std::string> edited;      // of `changed`: by hand, since dpc wrote it
  std::vector<std::string> conflicted;  // of `changed`: with the markers of a merge
  // In the old manifest and no longer produced, but not as dpc wrote it, or where dpc writes nothing: it stays.
  std::vector<std::string> left;
  // In what a killed run left beside the folder: files of others that are not in the folder any more. They stay there.
  std::vector<std::string> aside;
  std::vector<ForeignFile> foreign;  // nothing is written while there is one

  bool empty() const { return added.empty() && changed.empty() && removed.empty() && left.empty() && foreign.empty(); }
};

// Compares without writing. Throws EnvironmentError as WriteOutput does, but for `foreign`.
OutputDifference CompareOutput(const std::vector<Artifact>& artifacts, const std::string& folder,
                               const KeepPatterns& keep = std::nullopt);

// Writes only what changed; removes only files that the old manifest owns, by path and by hash, and that still lie
// inside `folder`. An owned file that was edited by hand is overwritten, and stays when no longer produced.
//
// The folder holds the old files or the new ones at every instant (output_exchange.h). Where one folder cannot take
// the place of another one (a mount point, a file system that cannot, a repository of its own, the current folder lies
// in it), files are replaced one by one, the manifest last (output_journal.h): what fails is rolled back, and a run
// that was killed is rolled back by the next one, CompareOutput too.
//
// Throws EnvironmentError, with the old files in place, for a path that leaves the folder (also through links), a
// folder that is `/` or no folder, a manifest that is broken or not dpc's, a file in the way that dpc did not write and
// whose bytes differ, what may not lie there (`foreign`, all of it named), a full disk, and while another dpc writes
// there.
OutputDifference WriteOutput(const std::vector<Artifact>& artifacts, const std::string& folder,
                             const KeepPatterns& keep = std::nullopt);

// The manifest's bytes: for each artifact its SHA-256, size and the source files that caused it; the order in which
// roots are to be applied. No dates, no revision: the same declarations give the same bytes.
std::string Manifest(const std::vector<Artifact>& artifacts, const source::SourceManager& sources,
                     const std::vector<std::string>& root_order);

}  // namespace dpc::driver
