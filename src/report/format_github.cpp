// Annotations of GitHub Actions, as workflow commands; then, in a group that is folded, all findings as people read
// them: what a command says is all that the log has of it, and of those that are cut it has nothing.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/entries.h"
#include "report/escape.h"
#include "report/report.h"

namespace dpc::report {
namespace {

constexpr std::array<std::string_view, 1> kAliases = {"github-actions"};

// Of each kind and step; the runner drops the others without a word.
// https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
constexpr std::size_t kMostOfKind = 10;
// Longer messages are cut by GitHub, in the middle of a word.
constexpr std::size_t kMostBytes = 4000;

std::string_view CommandOf(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "notice";
}

// The runner takes back `%0A` before `%25`, so `%` is escaped with the others, once.
// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
std::string Data(std::string_view text) {
  return Replaced(text, {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}});
}

std::string Property(std::string_view text) {
  return Replaced(text, {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}});
}

// A path that no log should hold is named in the message, in its printable form.
bool IsNamed(const Entry& entry) {
  return entry.spot && Printable(entry.spot->path) == entry.spot->path;
}

std::string PlaceProperties(const Spot& spot) {
  const std::string line = std::to_string(spot.line);
  return "file=" + Property(spot.path) + ",line=" + line + ",endLine=" + line + ",col=" + std::to_string(spot.column) +
         ",endColumn=" + std::to_string(spot.end_column) + ",";
}

std::string Command(const Entry& entry) {
  const std::string place = entry.spot && !IsNamed(entry) ? PlaceText(entry.spot) + ": " : "";
  return "::" + std::string(CommandOf(entry.severity)) + " " + (IsNamed(entry) ? PlaceProperties(*entry.spot) : "") +
         "title=" + Property(entry.rule) + "::" + Data(Shortened(place + FullText(entry), kMostBytes)) + "\n";
}

// What says how many are left out is a notice as well, and must not be one too many.
std::vector<Entry> Shown(const std::vector<Entry>& entries) {
  std::array<std::vector<Entry>, 3> kinds;
  for (const Entry& entry : entries) {
    kinds[static_cast<std::size_t>(entry.severity)].push_back(entry);
  }
  const bool cut = std::any_of(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.size() > kMostOfKind; });
  std::vector<Entry> shown;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    const auto& kind = kinds[static_cast<std::size_t>(severity)];
    const std::size_t most = kMostOfKind - (cut && severity == Severity::Info ? 1 : 0);
    shown.insert(shown.end(), kind.begin(), kind.begin() + static_cast<std::ptrdiff_t>(std::min(kind.size(), most)));
  }
  return shown;
}

std::string Annotations(const std::vector<Entry>& entries) {
  const std::vector<Entry> shown = Shown(entries);
  std::string out;
  for (const Entry& entry : shown) {
    out += Command(entry);
  }
  if (shown.size() < entries.size()) {
    out += "::notice title=dpc::" + Plural(entries.size() - shown.size(), "more finding") +
           " not annotated: GitHub shows ten of a kind; the log of this step has all of them\n";
  }
  return out;
}

// No line of it begins with `::` and none holds a command: it is printable, and text of the repository stands behind a
// gutter.
std::string Log(const Report& report, const std::vector<Entry>& entries, const RenderOptions& options) {
  const std::string text = FindRenderer("human")->render(report, {options.color, true, options.width, options.fail_on});
  std::string stale;
  for (const Entry& entry : entries) {
    stale += entry.rule == kStaleRule ? HeadLine(entry) + "\n" : "";
  }
  return text.empty() && stale.empty() ? "" : "::group::dpc: findings in full\n" + text + stale + "::endgroup::\n";
}

std::string Render(const Report& report, const RenderOptions& options) {
  const std::vector<Entry> entries = CountedEntries(report);
  return Annotations(entries) + Log(report, entries, options);
}

}  // namespace

extern const RendererSpec renderer_github;
const RendererSpec renderer_github = {"github", kAliases, "annotations of GitHub Actions, and what the log needs",
                                      Render, true};

}  // namespace dpc::report
