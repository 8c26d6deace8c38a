// Findings to stdout and files, the summary to stderr, and the exit code.
#include <algorithm>
#include <map>
#include <set>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "driver/files.h"
#include "driver/selection.h"
#include "report/fork.h"
#include "report/report.h"
#include "source/checkout.h"

namespace dpc::cli {
namespace {

struct Sink {
  const report::RendererSpec* renderer = nullptr;
  std::string file;  // "": stdout
};

const report::RendererSpec* RendererOf(const std::string& name) {
  const report::RendererSpec* renderer = report::FindRenderer(name);
  if (renderer == nullptr) {
    std::vector<std::string_view> names;
    for (const report::RendererSpec* spec : report::AllRendererSpecs()) {
      names.push_back(spec->name);
    }
    throw EnvironmentError(driver::UnknownName("format", name, names));
  }
  return renderer;
}

// A file is for a program, and a log that no program reads further is for whoever shows it.
std::string UsualFormat(const ReportOptions& options) {
  if (!options.output.empty()) {
    return "concise";
  }
  return OutputIsTerminal() ? "human" : RunsInGitHubActions() ? "github" : "concise";
}

std::vector<Sink> SinksOf(const ReportOptions& options) {
  std::vector<Sink> sinks;
  std::set<std::string> files;
  for (const std::string& format :
       options.formats.empty() ? std::vector<std::string>{UsualFormat(options)} : options.formats) {
    const std::size_t equals = format.find('=');
    if (equals != std::string::npos && equals + 1 == format.size()) {
      throw EnvironmentError("`--format " + Printable(format) + "` names no file");
    }
    sinks.push_back({RendererOf(format.substr(0, equals)),
                     equals == std::string::npos ? options.output : format.substr(equals + 1)});
    if (!files.insert(sinks.back().file).second) {
      throw EnvironmentError(sinks.back().file.empty()
                                 ? "two formats for stdout: give all but one a file, like `--format json=FILE`"
                                 : "two formats for the file `" + Printable(sinks.back().file) + "`");
    }
  }
  return sinks;
}

// `path` is one of `wanted`, or lies below one.
bool IsBelow(std::string_view path, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& folder) {
    return folder.empty() || path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
  });
}

// As the source manager writes paths: without `./`, doubled slashes, or a slash at the end.
std::string NormalPath(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : Split(path, '/')) {
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.emplace_back(part);
    }
  }
  return Join(parts, "/");
}

std::vector<std::string> WantedPaths(const driver::Compilation& compilation, const std::vector<std::string>& paths,
                                     const std::string& prefix) {
  std::vector<std::string> wanted;
  for (const std::string& path : paths) {
    wanted.push_back(NormalPath(prefix + path));
    bool read = false;
    for (std::size_t i = 0; i < compilation.sources.size() && !read; ++i) {
      read = IsBelow(compilation.sources.Path(source::FileId(i)), {wanted.back()});
    }
    if (!read) {
      throw EnvironmentError("`" + Printable(path) +
                             "` names no file that was read; paths are relative to `-C`, else to the current folder");
    }
  }
  return wanted;
}

// A finding without a place concerns every path.
bool Touches(const driver::Compilation& compilation, const Diagnostic& diagnostic,
             const std::vector<std::string>& wanted) {
  const auto below = [&](Range range) {
    return range.has_value() && IsBelow(compilation.sources.Path(compilation.sources.FileOf(range.begin)), wanted);
  };
  return wanted.empty() || diagnostic.everywhere || !diagnostic.range.has_value() || below(diagnostic.range) ||
         std::any_of(diagnostic.labels.begin(), diagnostic.labels.end(),
                     [&](const Label& label) { return below(label.range); });
}

// Policies that did not judge are named, so that silence is not taken for consent.
std::string PolicySummary(const policy::Verdict& verdict) {
  if (verdict.empty()) {
    return "";
  }
  std::size_t ran = 0;
  std::map<std::string, std::vector<std::string>> others;
  for (const policy::PolicyRun& run : verdict.runs) {
    switch (run.state) {
      case policy::RunState::Ran:
        ++ran;
        break;
      case policy::RunState::Disabled:
        others["disabled"].push_back(run.id);
        break;
      case policy::RunState::NotApplicable:
        others["not applicable, " + run.reason].push_back(run.id);
        break;
      case policy::RunState::Broken:
        others["broken"].push_back(run.id);
        break;
    }
  }
  std::string text = (ran == 1 ? "1 policy" : std::to_string(ran) + " policies") + " judged\n";
  for (const auto& [why, ids] : others) {
    text += why + ": " + Join(ids, ", ") + "\n";
  }
  return text;
}

std::string SuppressedSummary(const DiagnosticList& suppressed) {
  std::map<std::string, std::size_t> counts;
  for (const Diagnostic& diagnostic : suppressed.all()) {
    ++counts[report::IsWaived(diagnostic) ? "waived" : diagnostic.suppression];
  }
  std::string text;
  for (const auto& [why, count] : counts) {
    text += Plural(count, "finding") + " " + why + "\n";
  }
  return text;
}

std::vector<report::PolicyLine> LinesOf(const policy::Verdict& verdict) {
  std::vector<report::PolicyLine> lines;
  for (const policy::PolicyRun& run : verdict.runs) {
    lines.push_back({run.id, run.title, run.pack, std::string(SeverityName(run.severity)),
                     std::string(policy::RunStateName(run.state)), run.reason, run.findings, run.waived, run.waivable});
  }
  return lines;
}

std::string Summary(const driver::Compilation& compilation, const DiagnosticList& shown) {
  std::vector<std::string> parts;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    if (const std::size_t count = shown.Count(severity); count != 0) {
      parts.push_back(severity == Severity::Info ? std::to_string(count) + " info"
                                                 : Plural(count, std::string(SeverityName(severity))));
    }
  }
  std::string text = (parts.empty() ? "no findings" : Join(parts, ", ")) + " in " + Plural(compilation.files, "file") +
                     " (" + compilation.tree->Describe() + ")\n" + report::ForkText(compilation.fork);
  text += SuppressedSummary(compilation.suppressed) + PolicySummary(compilation.verdict);
  const std::size_t hidden = compilation.diagnostics.all().size() - shown.all().size();
  if (hidden != 0) {
    text += Plural(hidden, "finding") + " elsewhere not shown\n";
  }
  return text;
}

std::string NotRead(const driver::Compilation& compilation, bool verbose) {
  std::string text;
  const auto& passed_over = compilation.summary.passed_over_paths;
  if (!passed_over.empty()) {
    text +=
        Plural(passed_over.size(), "file") + " without a declaration passed over" + (verbose ? ":\n" : " (-v lists)\n");
  }
  if (verbose) {
    for (const std::string& path : passed_over) {
      text += "  " + Printable(path) + "\n";
    }
    for (const std::string& path : compilation.skipped_paths) {
      text += "not read: " + Printable(path) + "\n";
    }
  }
  return text;
}

std::string StaleText(const std::vector<report::StaleFile>& files) {
  std::string text;
  for (const report::StaleFile& file : files) {
    text += file.state + " " + Printable(file.path) + (file.reason.empty() ? "" : ": " + file.reason) + "\n";
  }
  return text;
}

Severity LeastFailure(const ReportOptions& options) {
  return options.fail_on == "info"      ? Severity::Info
         : options.fail_on == "warning" ? Severity::Warning
                                        : Severity::Error;
}

// Outside of the repository: as it is named.
std::string OutputFolder(const ReportOptions& options, const std::string& folder) {
  return source::FolderBelowTop(options.directory, folder).value_or(NormalPath(folder) + "/");
}

int ExitCode(const DiagnosticList& shown, const ReportOptions& options) {
  std::size_t count = shown.Count(Severity::Error);
  if (options.fail_on != "error") {
    count += shown.Count(Severity::Warning);
  }
  if (options.fail_on == "info") {
    count += shown.Count(Severity::Info);
  }
  return count == 0 || options.exit_zero || options.fail_on == "never" ? kClean : kFindings;
}

}  // namespace

int ReportFindings(const driver::Compilation& compilation, const ReportOptions& options, const std::string& command,
                   const std::vector<std::string>& paths, const std::string& prefix, const StaleOutput* stale) {
  const std::vector<Sink> sinks = SinksOf(options);
  const std::vector<std::string> wanted = WantedPaths(compilation, paths, prefix);
  DiagnosticList shown;
  for (const Diagnostic& diagnostic : compilation.diagnostics.all()) {
    if (Touches(compilation, diagnostic, wanted)) {
      shown.Add(diagnostic);
    }
  }
  DiagnosticList waived;
  DiagnosticList known;
  for (const Diagnostic& diagnostic : compilation.suppressed.all()) {
    if (Touches(compilation, diagnostic, wanted)) {
      (report::IsWaived(diagnostic) ? waived : known).Add(diagnostic);
    }
  }
  const report::Report report{compilation.sources,
                              shown,
                              command,
                              compilation.tree->Describe(),
                              compilation.files,
                              compilation.summary.documents,
                              compilation.summary.passed_over,
                              compilation.summary.passed_over_paths,
                              compilation.model.incomplete.suppressed,
                              waived,
                              known,
                              LinesOf(compilation.verdict),
                              compilation.fork,
                              stale == nullptr ? std::nullopt : std::optional(stale->files),
                              source::FolderBelowTop(options.directory, options.directory).value_or(""),
                              stale == nullptr ? "" : OutputFolder(options, stale->folder)};
  for (const Sink& sink : sinks) {
    const bool color = sink.file.empty() && UseColor(options.color);
    const std::string text =
        sink.renderer->render(report, {color, options.verbose, OutputWidth(), LeastFailure(options)});
    if (sink.file.empty()) {
      Print(text);
    } else {
      driver::WriteFile(sink.file, text);
    }
  }
  const bool whole = std::any_of(sinks.begin(), sinks.end(),
                                 [](const Sink& sink) { return sink.file.empty() && sink.renderer->whole; });
  Print(stale == nullptr || whole ? "" : StaleText(stale->files));
  if (!options.quiet) {
    FlushOutput();
    PrintError(Summary(compilation, shown) + NotRead(compilation, options.verbose) +
               (stale == nullptr ? "" : stale->summary));
  }
  // A policy that could not be judged clears nobody, whatever is shown and whatever the threshold.
  return compilation.verdict.broken ? kFailed : ExitCode(shown, options);
}

}  // namespace dpc::cli
