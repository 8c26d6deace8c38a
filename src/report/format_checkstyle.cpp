// The XML of Checkstyle, which Jenkins, reviewdog and many actions read. Nobody published a schema; its writer is
// https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java
// What does not count is left out.
#include <map>
#include <string>

#include "report/entries.h"
#include "report/escape.h"
#include "report/report.h"

namespace dpc::report {
namespace {

// Readers take what is behind the last dot for the rule.
std::string ErrorTag(const Entry& entry) {
  const std::string place =
      !entry.spot
          ? ""
          : XmlAttributes({{"line", std::to_string(entry.spot->line)}, {"column", std::to_string(entry.spot->column)}});
  return "    <error" + place +
         XmlAttributes({{"severity", std::string(SeverityName(entry.severity))},
                        {"message", OneLine(entry)},
                        {"source", "dpc." + entry.rule}}) +
         "/>\n";
}

std::string Render(const Report& report, const RenderOptions&) {
  std::map<std::string, std::string> files;
  for (const Entry& entry : CountedEntries(report)) {
    files[entry.file] += ErrorTag(entry);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const auto& [path, errors] : files) {
    out += "  <file" + XmlAttributes({{"name", path}}) + ">\n" + errors + "  </file>\n";
  }
  return out + "</checkstyle>\n";
}

}  // namespace

extern const RendererSpec renderer_checkstyle;
const RendererSpec renderer_checkstyle = {
    "checkstyle", {}, "XML of Checkstyle, read by Jenkins and others", Render, true};

}  // namespace dpc::report
