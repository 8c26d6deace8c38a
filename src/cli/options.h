// Options that several commands share: what to read, and how to report.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "driver/driver.h"
#include "report/report.h"

namespace dpc::cli {

// -C, --rev, --staged, --dialect, --today, --not-after, --threads, --timings.
struct InputOptions {
  driver::Options compile;  // complete once Compile was called
  std::string directory;    // as given by -C
  std::string today;
  std::string not_after;
  bool timings = false;
  bool quiet = false;  // no progress, even on a terminal
  // The current folder below the one that is read: "" or "domains/sales/". What users name is relative to the current
  // one.
  std::string prefix;

  void AddTo(CommandLine& app);
  // Which folder is read, to `compile.directory`: that of -C; else the nearest one, from the current one up to the top
  // of its git repository, that holds a dpc.yaml; else the current one. With a base (a revision, else "") it is the
  // base that holds it, and a folder that a change may have put there is refused.
  void Locate(const std::string& base);
  // Locates, if that was not done, compiles, and prints the costs when asked.
  std::unique_ptr<driver::Compilation> Compile();

 private:
  void ReadDays();

  bool located_ = false;
};

// --base, --approvals, --new-only, --baseline and what makes one.
struct GovernOptions {
  std::string baseline;
  bool create_baseline = false;
  bool shrink_baseline = false;

  void AddTo(CommandLine& app, driver::Options& compile);
  // After parsing, before compiling.
  void Apply(driver::Options& compile) const;
  // Writes the baseline when asked; returns what to say on stderr.
  std::string WriteBaseline(const driver::Compilation& compilation) const;
};

// --format, --output, --fail-on, --exit-zero, --color, -q, -v.
struct ReportOptions {
  std::vector<std::string> formats;  // NAME or NAME=FILE
  std::string directory;             // what is read, once it is known
  std::string output;
  std::string fail_on = "error";
  bool exit_zero = false;
  std::string color = "auto";
  bool quiet = false;
  bool verbose = false;

  void AddTo(CommandLine& app);
};

// An option whose value must not be empty: `--rev ""` of an unset variable is a slip, not the default.
Option AddText(CommandLine& app, const std::string& names, std::string& value, const std::string& about,
               const std::string& type);

// `build --check`: what it found, and the line that says so.
struct StaleOutput {
  std::vector<report::StaleFile> files;
  std::string summary;
  std::string folder;  // as it is named: the one that was compared
};

// Writes the findings in every format asked for and the summary to stderr. `stale`: into formats that stand for all of
// stdout (RendererSpec::whole); behind the findings of others. Without a format, where stdout is no terminal: github in
// a job of GitHub Actions, else concise. `paths`: show only findings that touch one
// of them (files or folders, relative to -C); empty: all. Returns the exit code. Throws EnvironmentError for an unknown
// format.
int ReportFindings(const driver::Compilation& compilation, const ReportOptions& options, const std::string& command,
                   const std::vector<std::string>& paths = {}, const std::string& prefix = "",
                   const StaleOutput* stale = nullptr);

}  // namespace dpc::cli
