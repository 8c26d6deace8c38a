#include "report/entries.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/sha256.h"
#include "base/text.h"
#include "report/place.h"

namespace dpc::report {
namespace {

// The part of `range` that lies in its first line.
Range FirstLine(const source::SourceManager& sources, Range range) {
  const source::FileId file = sources.FileOf(range.begin);
  const std::string_view text = sources.Text(file);
  const std::size_t begin = std::min<std::size_t>(range.begin.offset() - sources.Start(file).offset(), text.size());
  const std::size_t end = text.substr(begin, range.length).find_first_of("\r\n");
  return {range.begin, end == std::string_view::npos ? range.length : static_cast<std::uint32_t>(end)};
}

// A byte-order mark counts: whoever counts bytes counts all of them.
std::uint32_t ByteColumn(const source::SourceManager& sources, Range range) {
  const source::FileId file = sources.FileOf(range.begin);
  const std::string_view text = sources.Text(file);
  const std::size_t at = std::min<std::size_t>(range.begin.offset() - sources.Start(file).offset(), text.size());
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return static_cast<std::uint32_t>(before == std::string_view::npos ? at + 1 : at - before);
}

std::optional<Spot> SpotOf(const Report& report, Range range) {
  if (!range.has_value()) {
    return std::nullopt;
  }
  const Range line = FirstLine(report.sources, range);
  const auto region = Locate(report.sources, line);
  const std::uint32_t byte = ByteColumn(report.sources, line);
  return Spot{report.folder + std::string(region->path),
              region->line,
              region->column,
              region->end_column,
              byte,
              byte + line.length};
}

std::string StandIn(const Report& report) {
  static constexpr std::string_view kWorkspace = "dpc.yaml";
  std::string first;
  for (std::size_t i = 0; i < report.sources.size(); ++i) {
    const std::string path(report.sources.Path(source::FileId(i)));
    if (path == kWorkspace) {
      return report.folder + path;
    }
    first = first.empty() ? path : first;
  }
  return report.folder + (first.empty() ? std::string(kWorkspace) : first);
}

Entry EntryOf(const Report& report, const Diagnostic& diagnostic, const std::string& stand_in) {
  Entry entry;
  entry.rule = diagnostic.rule();
  entry.severity = diagnostic.info.severity;
  entry.message = Printable(diagnostic.message);
  entry.spot = SpotOf(report, diagnostic.range);
  entry.file = entry.spot ? entry.spot->path : stand_in;
  for (const Label& label : diagnostic.labels) {
    entry.related.push_back({SpotOf(report, label.range), Printable(label.text)});
  }
  for (const std::string& hint : diagnostic.hints) {
    entry.hints.push_back(Printable(hint));
  }
  entry.fingerprint = diagnostic.fingerprint;
  entry.suppression = Printable(diagnostic.suppression);
  entry.diagnostic = &diagnostic;
  return entry;
}

// No finding, but what `build --check` fails for.
Entry EntryOf(const Report& report, const StaleFile& file) {
  static constexpr std::size_t kDigits = 32;
  Entry entry;
  entry.rule = kStaleRule;
  const std::string path = report.output_folder + file.path;
  entry.message =
      "`" + Printable(path) + "` is " + file.state + (file.reason.empty() ? "" : ": " + Printable(file.reason));
  entry.spot = Spot{path};
  entry.file = path;
  entry.hints.emplace_back("run `dpc build`");
  entry.fingerprint = Sha256Hex(std::string(kStaleRule) + ":" + file.path).substr(0, kDigits);
  return entry;
}

std::vector<std::string> Lines(const Entry& entry, std::size_t most_places) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(entry.related.size(), most_places); ++i) {
    lines.push_back(PlaceText(entry.related[i].spot) + ": " + entry.related[i].text);
  }
  if (entry.related.size() > most_places) {
    lines.push_back("and " + Plural(entry.related.size() - most_places, "more place"));
  }
  // Nothing is to be done about what is excused.
  if (!entry.suppression.empty()) {
    lines.push_back(entry.suppression);
    return lines;
  }
  for (const std::string& hint : entry.hints) {
    lines.push_back("hint: " + hint);
  }
  return lines;
}

// Readers drop the second of two that are equal.
void TellApart(std::vector<Entry>& entries) {
  std::map<std::string, std::size_t> counts;
  std::set<std::string> taken;
  for (Entry& entry : entries) {
    const std::string fingerprint = entry.fingerprint;
    while (!taken.insert(entry.fingerprint).second) {
      entry.fingerprint = fingerprint + ":" + std::to_string(++counts[fingerprint] + 1);
    }
  }
}

}  // namespace

std::vector<Entry> CountedEntries(const Report& report) {
  std::vector<Entry> entries;
  const std::string stand_in = StandIn(report);
  for (const Diagnostic& diagnostic : report.diagnostics.all()) {
    entries.push_back(EntryOf(report, diagnostic, stand_in));
  }
  if (report.stale) {
    for (const StaleFile& file : *report.stale) {
      entries.push_back(EntryOf(report, file));
    }
  }
  TellApart(entries);
  return entries;
}

std::vector<Entry> ExcusedEntries(const Report& report) {
  std::vector<Entry> entries;
  const std::string stand_in = StandIn(report);
  for (const DiagnosticList* list : {&report.waived, &report.known}) {
    for (const Diagnostic& diagnostic : list->all()) {
      entries.push_back(EntryOf(report, diagnostic, stand_in));
    }
  }
  return entries;
}

std::string PlaceText(const std::optional<Spot>& spot) {
  return spot ? Printable(spot->path) + ":" + std::to_string(spot->line) + ":" + std::to_string(spot->column)
              : "repository";
}

std::string HeadLine(const Entry& entry) {
  return PlaceText(entry.spot) + ": " + std::string(SeverityName(entry.severity)) + ": " + entry.message + " [" +
         entry.rule + "]";
}

std::vector<std::string> DetailLines(const Entry& entry) {
  static constexpr std::size_t kMostPlaces = 20;
  return Lines(entry, kMostPlaces);
}

std::string OneLine(const Entry& entry) {
  static constexpr std::size_t kMostPlaces = 3;
  std::string text = entry.message;
  for (const std::string& line : Lines(entry, kMostPlaces)) {
    text += "; " + line;
  }
  return text;
}

std::string FullText(const Entry& entry) {
  std::string text = entry.message;
  for (const std::string& line : DetailLines(entry)) {
    text += "\n" + line;
  }
  return text;
}

std::vector<Entry> WorstOf(std::vector<Entry> entries, std::size_t most) {
  std::array<std::size_t, 3> room = {};
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    const auto count = static_cast<std::size_t>(std::count_if(
        entries.begin(), entries.end(), [severity](const Entry& entry) { return entry.severity == severity; }));
    room[static_cast<std::size_t>(severity)] = std::min(count, most);
    most -= std::min(count, most);
  }
  std::vector<Entry> kept;
  for (Entry& entry : entries) {
    if (std::size_t& here = room[static_cast<std::size_t>(entry.severity)]; here != 0) {
      --here;
      kept.push_back(std::move(entry));
    }
  }
  return kept;
}

std::vector<Silence> SilentPolicies(const Report& report) {
  std::vector<Silence> silent;
  for (const PolicyLine& policy : report.policies) {
    if (policy.state == "disabled") {
      silent.push_back({&policy, "disabled in the workspace"});
    } else if (policy.state == "notApplicable") {
      silent.push_back({&policy, "not applicable: " + Printable(policy.reason)});
    } else if (policy.state == "broken") {
      silent.push_back({&policy, "broken: " + Printable(policy.reason)});
    }
  }
  return silent;
}

}  // namespace dpc::report
