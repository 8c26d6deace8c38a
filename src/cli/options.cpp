#include "cli/options.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "driver/baseline.h"
#include "source/checkout.h"
#include "source/folders.h"
#include "source/fork.h"

namespace dpc::cli {
namespace {

namespace fs = std::filesystem;

std::string Cost(const driver::StageCost& cost) {
  char line[160];
  const int size = std::snprintf(
      line, sizeof line, "%-8s %10.3f ms %10.3f ms cpu %10zu rows %12zu bytes %8zu KiB peak\n", cost.stage.c_str(),
      cost.seconds * 1000, cost.cpu_seconds * 1000, cost.rows, cost.bytes, cost.peak_kibibytes);
  return {line, static_cast<std::size_t>(size)};
}

// Of the processor a policy takes steps; the time is the machine's.
std::string Cost(const policy::PolicyRun& run) {
  char line[200];
  const int size = std::snprintf(line, sizeof line, "  %-32s %10.3f ms %8zu findings %12lld steps\n", run.id.c_str(),
                                 run.seconds * 1000, run.findings + run.waived, static_cast<long long>(run.steps));
  return {line, static_cast<std::size_t>(std::min<int>(size, sizeof line - 1))};
}

bool HasWorkspace(const fs::path& folder) {
  return source::HasFile(folder.string(), "dpc.yaml") || source::HasFile(folder.string(), "dpc.yml");
}

// Of the base: a change may bring a workspace of its own, with other rules.
std::function<bool(const fs::path&)> HasWorkspaceIn(const std::string& base) {
  const std::string tip = source::FindBase(".", base);
  return [tip](const fs::path& folder) {
    return source::HoldsFile(folder.string(), tip, "dpc.yaml") || source::HoldsFile(folder.string(), tip, "dpc.yml");
  };
}

void FindRoot(const std::function<bool(const fs::path&)>& is_root, std::string& root, std::string& prefix) {
  root = ".";
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  const fs::path top = source::FindTop(".");
  std::string up;
  for (fs::path folder = here; !is_root(folder); folder = folder.parent_path()) {
    if (folder == top || !folder.has_relative_path()) {
      prefix.clear();
      return;
    }
    prefix.insert(0, folder.filename().string() + "/");
    up += up.empty() ? ".." : "/..";
  }
  root = up.empty() ? "." : up;
}

std::optional<Date> DayOf(std::string_view option, const std::string& text) {
  const std::optional<Date> day = Date::Parse(text);
  if (!day && !text.empty()) {
    throw EnvironmentError("`" + std::string(option) + "` is `" + Printable(text) +
                           "`; expected a day that exists, like `2026-12-31`");
  }
  return day;
}

std::unique_ptr<driver::Compilation> Watched(driver::Options options, bool quiet) {
  ProgressLine line(quiet ? ProgressTarget() : ProgressOfTerminal());
  options.progress = [&line](std::string what) { line.Show(std::move(what)); };
  return driver::Compile(options);
}

}  // namespace

Option AddText(CommandLine& app, const std::string& names, std::string& value, const std::string& about,
               const std::string& type) {
  return app.add_option(names, value, about)->check_not_empty()->type_name(type);
}

void InputOptions::AddTo(CommandLine& app) {
  AddText(app, "-C,--directory", directory,
          "The folder to read (default: the nearest one, from here up, with a dpc.yaml; else this one)", "DIR");
  auto rev = AddText(app, "--rev", compile.revision, "Read a git revision instead of the work tree", "REV");
  app.add_flag("--staged", compile.staged, "Read what `git commit` would commit")->excludes(rev);
  AddText(app, "--dialect", compile.dialect, "Read documents of this dialect only", "NAME");
  AddText(app, "--today", today, "The day that dated agreements are judged by (default: the latest of the commits)",
          "YYYY-MM-DD");
  AddText(app, "--not-after", not_after, "A commit of a later day is an error; CI gives the present day", "YYYY-MM-DD");
  app.add_option("--threads", compile.threads,
                 "Threads for reading and parsing (default: one a core); the result is the same")
      ->type_name("N");
  app.add_flag("--timings", timings, "Print time, rows and memory of each stage to stderr");
}

void InputOptions::Locate(const std::string& base) {
  located_ = true;
  compile.directory = directory;
  if (!base.empty()) {
    source::CheckFolder(directory.empty() ? "." : directory);
  }
  if (directory.empty()) {
    FindRoot(base.empty() ? std::function(HasWorkspace) : HasWorkspaceIn(base), compile.directory, prefix);
  }
}

void InputOptions::ReadDays() {
  compile.today = DayOf("--today", today);
  compile.not_after = DayOf("--not-after", not_after);
  if (compile.today && compile.not_after && *compile.not_after < *compile.today) {
    throw EnvironmentError("`--today` (" + today + ") is after `--not-after` (" + not_after + ")");
  }
}

std::unique_ptr<driver::Compilation> InputOptions::Compile() {
  ReadDays();
  if (!located_) {
    Locate(compile.base);
  }
  auto compilation = Watched(compile, quiet);
  for (const driver::StageCost& cost : compilation->costs) {
    if (timings) {
      PrintError(Cost(cost));
    }
    for (const policy::PolicyRun& run : compilation->verdict.runs) {
      if (timings && cost.stage == "policy") {
        PrintError(Cost(run));
      }
    }
  }
  return compilation;
}

void GovernOptions::AddTo(CommandLine& app, driver::Options& compile) {
  auto base = AddText(app, "--base", compile.base,
                      "Judge the change since the common commit with this revision, by its policies too", "REV");
  AddText(app, "--approvals", compile.approvals,
          "A file that says who approved the pull request: {\"author\": EMAIL, \"approvals\": [EMAIL, ...]}", "FILE");
  app.add_flag("--new-only", compile.new_only, "Report only what the base does not have; errors of dpc itself stay")
      ->needs(base);
  auto file = AddText(app, "--baseline", baseline, "Findings listed in this file are not counted", "FILE");
  auto create = app.add_flag("--create-baseline", create_baseline, "Write that file from what is found now");
  auto shrink = app.add_flag("--shrink-baseline", shrink_baseline, "Take out of that file what is not found any more");
  create->needs(file)->excludes(shrink);
  shrink->needs(file);
}

void GovernOptions::Apply(driver::Options& compile) const {
  compile.judge = true;
  compile.baseline = create_baseline ? "" : baseline;
}

std::string GovernOptions::WriteBaseline(const driver::Compilation& compilation) const {
  if (create_baseline) {
    const std::size_t count = driver::CreateBaseline(baseline, compilation);
    return "`" + Printable(baseline) + "` lists " + Plural(count, "finding") + "\n";
  }
  if (shrink_baseline) {
    return "`" + Printable(baseline) + "`: " + Plural(driver::ShrinkBaseline(baseline, compilation), "finding") +
           " taken out\n";
  }
  return "";
}

void ReportOptions::AddTo(CommandLine& app) {
  app.add_option("-f,--format", formats,
                 "Format of the findings, also `NAME=FILE`; may be repeated (default: human on a terminal, github in "
                 "GitHub Actions, else concise)")
      ->type_name("NAME[=FILE]")
      ->allow_extra_args(false)
      ->envname("DPC_FORMAT");
  AddText(app, "--output", output, "Write the findings to a file, whole or not at all", "FILE");
  app.add_option("--fail-on", fail_on, "The least severity that makes the exit code 1")
      ->check(OneOf({"error", "warning", "info", "never"}))
      ->capture_default_str();
  app.add_flag("--exit-zero", exit_zero, "Exit 0 in spite of findings; what could not be done is still 2");
  app.add_option("--color", color, "Colours in the output")
      ->check(OneOf({"auto", "always", "never"}))
      ->capture_default_str();
  app.add_flag("-q,--quiet", quiet, "No summary");
  app.add_flag("-v,--verbose", verbose, "Show all findings, and what was not read");
}

}  // namespace dpc::cli
