// For a comment on a pull request or merge request, or the summary of a job. All that a repository says stands in code
// spans, where nothing is markup and nobody is notified. The first line is a comment by which a script finds what it
// wrote before.
#include <string>
#include <vector>

#include "base/text.h"
#include "report/entries.h"
#include "report/escape.h"
#include "report/report.h"

namespace dpc::report {
namespace {

// GitHub refuses a longer comment ("body is too long (maximum is 65536 characters)"). Bytes are at least as many as
// characters. https://github.com/orgs/community/discussions/41331
constexpr std::size_t kMostBytes = 65536;
// For what stands behind the findings, cut or not.
constexpr std::size_t kTail = 512;

std::string Item(const Entry& entry, std::string_view severity) {
  std::string out = "- **" + std::string(severity) + "** " + CodeSpan(PlaceText(entry.spot)) + " " +
                    CodeSpan(entry.message) + " (" + CodeSpan(entry.rule) + ")\n";
  for (const std::string& line : DetailLines(entry)) {
    out += "  - " + CodeSpan(line) + "\n";
  }
  return out;
}

std::string Heading(const Report& report, const std::vector<Entry>& entries) {
  std::vector<std::string> parts;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    std::size_t count = 0;
    for (const Entry& entry : entries) {
      const std::size_t counted = entry.diagnostic == nullptr ? 1 : entry.diagnostic->stands_for;
      count += entry.severity == severity ? counted : 0;
    }
    if (count != 0) {
      parts.push_back(severity == Severity::Info ? std::to_string(count) + " info"
                                                 : Plural(count, SeverityName(severity)));
    }
  }
  return "<!-- dpc:" + report.command + " -->\n### dpc " + report.command + ": " +
         (parts.empty() ? "no findings" : Join(parts, ", ")) + "\n\n" + "In " + Plural(report.files, "file") + " (" +
         CodeSpan(Printable(report.revision)) + ").\n";
}

// A folded list, whole or up to the item that does not fit any more.
class Page {
 public:
  explicit Page(std::string text) : text_(std::move(text)) {}

  // Items of lists; whatever follows the first one that does not fit is left out, so that the worst are shown.
  void Add(const std::string& item) {
    full_ = full_ || text_.size() + item.size() + kTail > kMostBytes;
    left_out_ += full_ ? 1 : 0;
    text_ += full_ ? "" : item;
  }

  void AddFolded(const std::string& title, const std::vector<std::string>& items) {
    if (items.empty() || full_) {
      left_out_ += items.size();
      return;
    }
    text_ += "\n<details><summary>" + title + "</summary>\n\n";
    for (const std::string& item : items) {
      Add(item);
    }
    text_ += "\n</details>\n";
  }

  void AddText(const std::string& text) { text_ += full_ ? "" : text; }

  std::string Take() {
    return left_out_ == 0 ? text_
                          : text_ + "\n**" + Plural(left_out_, "more line") +
                                " not shown**: a comment has room for no more; the log of the job has all of them.\n";
  }

 private:
  std::string text_;
  std::size_t left_out_ = 0;
  bool full_ = false;
};

std::vector<std::string> SilentItems(const Report& report) {
  std::vector<std::string> items;
  for (const Silence& silence : SilentPolicies(report)) {
    items.push_back("- " + CodeSpan(silence.policy->id) + " " + CodeSpan(silence.reason) + "\n");
  }
  return items;
}

std::string Render(const Report& report, const RenderOptions&) {
  const std::vector<Entry> entries = CountedEntries(report);
  Page page(Heading(report, entries));
  page.AddText(entries.empty() ? "" : "\n");
  // Worst first: a comment is read from its top, and cut at its end.
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    for (const Entry& entry : entries) {
      if (entry.severity == severity) {
        page.Add(Item(entry, SeverityName(severity)));
      }
    }
  }
  std::vector<std::string> excused;
  for (const Entry& entry : ExcusedEntries(report)) {
    excused.push_back(Item(entry, "not counted"));
  }
  page.AddFolded(Plural(excused.size(), "finding") + " not counted", excused);
  const std::vector<std::string> silent = SilentItems(report);
  page.AddFolded(std::to_string(silent.size()) + (silent.size() == 1 ? " policy" : " policies") + " did not judge",
                 silent);
  return page.Take();
}

}  // namespace

extern const RendererSpec renderer_markdown;
const RendererSpec renderer_markdown = {
    "markdown", {}, "for a comment on a pull request or the summary of a job", Render, true};

}  // namespace dpc::report
