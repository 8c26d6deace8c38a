// Logging commands of Azure Pipelines: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
// A step shows ten errors and ten warnings, the others stand in its log. There are no commands for less than a warning
// and for what does not count: these are plain lines, as in the format concise.
#include <string>

#include "base/text.h"
#include "report/entries.h"
#include "report/escape.h"
#include "report/report.h"

namespace dpc::report {
namespace {

// https://github.com/microsoft/azure-pipelines-agent/blob/master/docs/design/percentEncoding.md
std::string Escaped(std::string_view text) {
  return Replaced(text, {{'%', "%AZP25"}, {';', "%3B"}, {']', "%5D"}, {'\r', "%0D"}, {'\n', "%0A"}});
}

// Where a path is one that no log should hold, the message alone names it, in its printable form. It does so for all:
// the log and the list of errors have nothing but the message.
std::string Command(const Entry& entry) {
  std::string out = "##vso[task.logissue type=" + std::string(SeverityName(entry.severity));
  if (entry.spot && Printable(entry.spot->path) == entry.spot->path) {
    out += ";sourcepath=" + Escaped(entry.spot->path) + ";linenumber=" + std::to_string(entry.spot->line) +
           ";columnnumber=" + std::to_string(entry.spot->column);
  }
  return out + ";code=" + Escaped(entry.rule) + ";]" + Escaped(PlaceText(entry.spot) + ": " + OneLine(entry)) + "\n";
}

std::string PlainLine(const Entry& entry, std::string_view severity) {
  return PlaceText(entry.spot) + ": " + std::string(severity) + ": " + OneLine(entry) + " [" + entry.rule + "]\n";
}

std::string Render(const Report& report, const RenderOptions&) {
  std::string out;
  for (const Entry& entry : CountedEntries(report)) {
    out += entry.severity == Severity::Info ? PlainLine(entry, "info") : Command(entry);
  }
  for (const Entry& entry : ExcusedEntries(report)) {
    out += PlainLine(entry, "note");
  }
  return out;
}

}  // namespace

extern const RendererSpec renderer_azure;
const RendererSpec renderer_azure = {"azure", {}, "logging commands of Azure Pipelines", Render, true};

}  // namespace dpc::report
