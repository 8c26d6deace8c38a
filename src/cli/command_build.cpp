#include <algorithm>
#include <memory>
#include <set>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "driver/staged_output.h"

namespace dpc::cli {
namespace {

struct Arguments {
  InputOptions input;
  ReportOptions report;
  std::string output;
  bool check = false;
};

// "terraform/production/" of "terraform/production/buckets.tf.json".
std::string RootOf(const std::string& path) {
  const std::size_t first = path.find('/');
  const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
  return second == std::string::npos ? std::string() : path.substr(0, second + 1);
}

// The output folder holds what the last build made, nothing else. A build of some environments would remove the others'
// files, which nobody means who names one.
bool IsOfSome(const Arguments& arguments) {
  return !arguments.input.compile.environments.empty() || !arguments.input.compile.targets.empty();
}

void RefuseToRemoveOthers(const driver::Compilation& compilation, const driver::OutputDifference& difference) {
  std::set<std::string> produced;
  for (const driver::Artifact& artifact : compilation.artifacts) {
    produced.insert(RootOf(artifact.path));
  }
  for (const std::string& path : difference.removed) {
    if (!produced.contains(RootOf(path))) {
      throw EnvironmentError(
          "the output folder holds `" + Printable(RootOf(path)) +
          "` of a build of other environments or targets, which this one would remove: choose another folder "
          "with `-o`, or build everything");
    }
  }
}

void AddAll(std::vector<report::StaleFile>& files, const std::vector<std::string>& paths, const std::string& state,
            const std::string& reason) {
  for (const std::string& path : paths) {
    files.push_back({path, state, reason});
  }
}

std::vector<report::StaleFile> StaleFiles(const driver::OutputDifference& difference) {
  std::vector<report::StaleFile> files;
  AddAll(files, difference.added, "missing", "");
  for (const std::string& path : difference.changed) {
    const auto is_one_of = [&](const std::vector<std::string>& paths) {
      return std::binary_search(paths.begin(), paths.end(), path);
    };
    files.push_back({path, "stale",
                     is_one_of(difference.edited)       ? "edited by hand"
                     : is_one_of(difference.conflicted) ? "has a merge conflict"
                                                        : ""});
  }
  AddAll(files, difference.removed, "left over", "");
  AddAll(files, difference.left, "left over", "not as dpc wrote it, so no build removes it");
  for (const driver::ForeignFile& file : difference.foreign) {
    files.push_back({file.path, "stale", "not written by dpc; " + file.why});
  }
  return files;
}

StaleOutput Compared(const driver::OutputDifference& difference, const std::string& folder) {
  const std::string_view way =
      difference.foreign.empty() ? "run `dpc build`" : "remove what dpc did not write, and run `dpc build`";
  return {StaleFiles(difference),
          "`" + Printable(folder) + "` is " + (difference.empty() ? "up to date" : "stale: " + std::string(way)) + "\n",
          folder};
}

// Also when quiet: somebody's work is gone.
void PrintEdited(const driver::OutputDifference& difference) {
  for (const std::string& path : difference.edited) {
    PrintError("`" + Printable(path) + "` was edited by hand: it is overwritten\n");
  }
  for (const std::string& path : difference.conflicted) {
    PrintError("`" + Printable(path) + "` had a merge conflict: it is generated again\n");
  }
  for (const std::string& path : difference.aside) {
    PrintError("`" + Printable(path) +
               "` is what a killed run kept of a file that is not dpc's and is no longer in the output folder: it "
               "stays until you remove it\n");
  }
  for (const std::string& path : difference.left) {
    PrintError("`" + Printable(path) + "` is no longer produced, and is not as dpc wrote it: it stays\n");
  }
}

void PrintWritten(const driver::OutputDifference& difference, std::size_t produced, const std::string& folder) {
  const std::size_t written = difference.added.size() + difference.changed.size();
  PrintError("`" + Printable(folder) + "`: " + Plural(written, "file") + " written, " +
             std::to_string(produced - written) + " unchanged, " + std::to_string(difference.removed.size()) +
             " removed\n");
}

// Only the manifest. An empty build would take everything away that the one before had made.
void RefuseEmpty(const driver::Compilation& compilation) {
  if (compilation.artifacts.size() <= 1) {
    throw EnvironmentError(
        "there is nothing to build: no chosen environment has settings for the targets, or there are no data products");
  }
}

// Writes nothing. One report: what was found, and what is stale.
int Check(const Arguments& arguments, const driver::Compilation& compilation) {
  RefuseEmpty(compilation);
  const std::string folder = driver::OutputFolder(compilation, arguments.input.compile, arguments.output);
  const auto staged = arguments.input.compile.staged
                          ? driver::StagedOutput::Open(arguments.input.compile.directory, folder)
                          : std::nullopt;
  const auto difference =
      driver::CompareOutput(compilation.artifacts, staged ? staged->path() : folder, driver::KeepOf(compilation));
  if (IsOfSome(arguments)) {
    RefuseToRemoveOthers(compilation, difference);
  }
  const StaleOutput stale = Compared(difference, folder);
  const int code = ReportFindings(compilation, arguments.report, "build", {}, "", &stale);
  return std::max(code, difference.empty() || arguments.report.exit_zero ? kClean : kFindings);
}

int Build(Arguments& arguments) {
  arguments.input.compile.judge = true;
  arguments.input.quiet = arguments.report.quiet;
  const auto compilation = arguments.input.Compile();
  arguments.report.directory = arguments.input.compile.directory;
  if (arguments.check && !compilation->failed()) {
    return Check(arguments, *compilation);
  }
  const int code = ReportFindings(*compilation, arguments.report, "build");
  if (compilation->failed()) {
    // Nothing is written: no threshold and no --exit-zero makes a success of that.
    return std::max(code, kFindings);
  }
  RefuseEmpty(*compilation);
  const std::string folder = driver::OutputFolder(*compilation, arguments.input.compile, arguments.output);
  const driver::KeepPatterns keep = driver::KeepOf(*compilation);
  if (IsOfSome(arguments)) {
    RefuseToRemoveOthers(*compilation, driver::CompareOutput(compilation->artifacts, folder, keep));
  }
  const driver::OutputDifference written = [&] {
    ProgressLine line(arguments.report.quiet ? ProgressTarget() : ProgressOfTerminal());
    line.Show("writing " + Plural(compilation->artifacts.size(), "file"));
    return driver::WriteOutput(compilation->artifacts, folder, keep);
  }();
  PrintEdited(written);
  if (!arguments.report.quiet) {
    PrintWritten(written, compilation->artifacts.size(), folder);
  }
  return code;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->input.AddTo(app);
  app.add_option("--env", arguments->input.compile.environments, "Build this environment only; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--target", arguments->input.compile.targets,
                 "Build for this platform only; may be repeated (default: `targets` of dpc.yaml)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  AddText(app, "-o,--out", arguments->output, "The folder to write (default: `output` of dpc.yaml, else generated)",
          "OUT");
  app.add_flag("--check", arguments->check, "Write nothing; exit 1 and list how when the folder is stale");
  arguments->report.AddTo(app);
  return [arguments] { return Build(*arguments); };
}

}  // namespace

extern const CommandSpec command_build;
const CommandSpec command_build = {
    "build",
    "Write the configuration of every target: IAM, Terraform, Conveyor",
    "  dpc build                          to the folder that dpc.yaml names, else generated/\n"
    "  dpc build --check                  is the committed folder up to date?\n"
    "  dpc build --check --staged         is that of the commit that is about to be made?\n"
    "  dpc build --rev v1.2 -o /tmp/out   from a revision, without a checkout\n"
    "  dpc build --env development -o dev\n",
    Configure,
};

}  // namespace dpc::cli
