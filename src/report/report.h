// The door of `report`: finished diagnostics to the bytes of one format. Adding a format is adding format_<name>.cpp,
// which defines `const RendererSpec renderer_<name>`.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "source/fork.h"
#include "source/source_manager.h"

namespace dpc::report {

// What became of one policy.
struct PolicyLine {
  std::string id;
  std::string title;
  std::string pack;  // "": the repository's own
  std::string severity;
  std::string state;         // "ran", "disabled", "notApplicable", "broken"
  std::string reason;        // of the last two
  std::size_t findings = 0;  // that count
  std::size_t waived = 0;
  bool waivable = true;
};

// A file of the output folder that a build would change.
struct StaleFile {
  std::string path;    // below the output folder
  std::string state;   // "missing", "stale", "left over"
  std::string reason;  // "edited by hand"; "": none
};

// What one run found. Borrowed for the call.
struct Report {
  const source::SourceManager& sources;
  const DiagnosticList& diagnostics;  // sorted
  std::string command;                // "check", "build"
  std::string revision;               // SourceTree::Describe
  std::size_t files = 0;              // files read
  std::size_t documents = 0;          // documents lowered
  std::size_t passed_over = 0;        // documents of no dialect
  std::vector<std::string> passed_over_paths;
  std::size_t suppressed = 0;    // references that could not be judged, because a file could not be read
  const DiagnosticList& waived;  // found and excused: Diagnostic::suppression says how. Sorted
  const DiagnosticList& known;   // found before, in the base or the baseline, and not counted. Sorted
  std::vector<PolicyLine> policies;
  std::optional<source::Fork> fork = std::nullopt;             // none: nothing to compare with
  std::optional<std::vector<StaleFile>> stale = std::nullopt;  // none: nobody asked
  // From the top of the repository, for formats that a forge reads: "" or "data/". What is read, and what a build
  // writes.
  std::string folder = {};
  std::string output_folder = {};
};

// Excused by a waiver; else it is known from before, and only counted.
bool IsWaived(const Diagnostic& diagnostic);

struct RenderOptions {
  bool color = false;
  bool all = false;                    // human: show everything, not the first 50
  std::size_t width = 80;              // human: of a line of source, with its gutter
  Severity fail_on = Severity::Error;  // the least that makes the run fail; junit: what is no failure is skipped
};

struct RendererSpec {
  std::string_view name;  // "json"
  std::span<const std::string_view> aliases;
  std::string_view summary;
  std::string (*render)(const Report& report, const RenderOptions& options);
  bool whole = false;  // stale files are in it, so that it stands for all of stdout
};

// Generated from the folder listing, sorted by name.
std::span<const RendererSpec* const> AllRendererSpecs();

// By name or alias; null when there is none.
const RendererSpec* FindRenderer(std::string_view name);

}  // namespace dpc::report
