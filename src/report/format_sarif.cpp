// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as far as GitHub reads it and other
// viewers need it: https://docs.github.com/en/code-security/reference/code-scanning/sarif-support
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "json/json.h"
#include "report/entries.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/rules.h"
#include "version.h"

namespace dpc::report {
namespace {

// GitHub keeps that many of a run, and 100 places of a result:
// https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
constexpr std::size_t kMostResults = 5000;
constexpr std::size_t kMostPlaces = 100;
// Of a title.
constexpr std::size_t kMostTitleBytes = 1024;
constexpr std::string_view kBase = "%SRCROOT%";

std::string_view LevelOf(Severity severity) {
  return severity == Severity::Info ? "note" : SeverityName(severity);
}

// Section 3.11: `[text](1)` is a link to a place, `{0}` stands for an argument. Braces that are no placeholder stay: no
// reader is known that takes doubled ones back where there are no arguments.
std::string Message(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '{' ? text.find_first_not_of("0123456789", i + 1) : std::string_view::npos;
    if (end != std::string_view::npos && end > i + 1 && text[end] == '}') {
      out.append("{{").append(text.substr(i + 1, end - i - 1)).append("}}");
      i = end;
      continue;
    }
    const bool escaped = text[i] == '[' || text[i] == ']' || text[i] == '\\';
    out.append(escaped ? "\\" : "").append(1, text[i]);
  }
  return out;
}

Json TextJson(const std::string& text) {
  return Json{{"text", text}};
}

// Columns are code points, as the run says in columnKind; the end is exclusive.
Json PhysicalLocationJson(const Spot& spot) {
  return Json{{"artifactLocation", Json{{"uri", UriPath(spot.path)}, {"uriBaseId", kBase}}},
              {"region", Json{{"startLine", spot.line},
                              {"startColumn", spot.column},
                              {"endLine", spot.line},
                              {"endColumn", spot.end_column}}}};
}

// GitHub refuses a file with a result that lies nowhere.
Json LocationsJson(const Entry& entry) {
  return Json::array({Json{{"physicalLocation", PhysicalLocationJson(entry.spot.value_or(Spot{entry.file}))}}});
}

Json RelatedLocationsJson(const Entry& entry) {
  Json related = Json::array();
  for (std::size_t i = 0; i < std::min(entry.related.size(), kMostPlaces); ++i) {
    if (entry.related[i].spot) {
      related.push_back(Json{{"id", i + 1},
                             {"physicalLocation", PhysicalLocationJson(*entry.related[i].spot)},
                             {"message", TextJson(Message(entry.related[i].text))}});
    }
  }
  return related;
}

std::string Sentence(const std::string& text) {
  return text.ends_with('?') || text.ends_with('!') || text.ends_with('.') ? text : text + ".";
}

// The first sentence stands alone; related places are links to them.
std::string MessageText(const Entry& entry) {
  std::string text = Sentence(Message(entry.message));
  for (std::size_t i = 0; i < std::min(entry.related.size(), kMostPlaces); ++i) {
    const RelatedSpot& related = entry.related[i];
    const std::string place = Message(PlaceText(related.spot));
    text += "\n" + Message(related.text) + ": " +
            (related.spot ? "[" + place + "](" + std::to_string(i + 1) + ")" : place) + ".";
  }
  if (entry.related.size() > kMostPlaces) {
    text += "\nAnd " + Plural(entry.related.size() - kMostPlaces, "more place") + ".";
  }
  // Nothing is to be done about what is excused.
  for (const std::string& hint : entry.suppression.empty() ? entry.hints : std::vector<std::string>()) {
    text += "\nHint: " + Sentence(Message(hint));
  }
  return text;
}

// GitHub reads `HASH:NUMBER` of that name and no other fingerprint, and computes one from the line where it is missing.
std::string LineHash(const Entry& entry) {
  return entry.fingerprint.find(':') == std::string::npos ? entry.fingerprint + ":1" : entry.fingerprint;
}

Json ResultJson(const Entry& entry, std::size_t rule) {
  Json result = Json{{"ruleId", entry.rule},
                     {"ruleIndex", rule},
                     {"level", LevelOf(entry.severity)},
                     {"message", TextJson(MessageText(entry))},
                     {"locations", LocationsJson(entry)},
                     {"partialFingerprints",
                      Json{{"primaryLocationLineHash", LineHash(entry)}, {"dpcFinding/v1", entry.fingerprint}}}};
  if (!entry.related.empty()) {
    result["relatedLocations"] = RelatedLocationsJson(entry);
  }
  // A waiver and a baseline lie elsewhere: `external`.
  if (!entry.suppression.empty()) {
    result["suppressions"] =
        Json::array({Json{{"kind", "external"}, {"status", "accepted"}, {"justification", entry.suppression}}});
  }
  return result;
}

// Findings are proved, none is guessed. What is about access is one of security to GitHub, with a number for it.
Json PropertiesJson(const Rule& rule) {
  Json properties =
      Json{{"tags", Json::array({"data-product", rule.group})},
           {"precision", "very-high"},
           {"problem.severity", rule.severity == Severity::Info ? "recommendation" : LevelOf(rule.severity)}};
  if (rule.group == "access") {
    properties["tags"].push_back("security");
    properties["security-severity"] = rule.severity == Severity::Error ? "8.0" : "5.0";
  }
  return properties;
}

Json RuleJson(const Rule& rule) {
  const std::string title = Shortened(rule.title, kMostTitleBytes);
  return Json{{"id", rule.id},
              {"name", rule.name},
              {"shortDescription", TextJson(title)},
              {"fullDescription", TextJson(Shortened(rule.summary, kMostTitleBytes))},
              {"help", Json{{"text", rule.page}, {"markdown", rule.page}}},
              {"defaultConfiguration", Json{{"level", LevelOf(rule.severity)}}},
              {"properties", PropertiesJson(rule)}};
}

Json NotificationJson(std::string_view level, const std::string& text) {
  return Json{{"level", level}, {"message", TextJson(Message(text))}};
}

Json ConfigurationNotificationsJson(const Report& report) {
  Json notifications = Json::array();
  for (const Silence& silence : SilentPolicies(report)) {
    notifications.push_back(NotificationJson(silence.policy->state == "broken" ? "error" : "note",
                                             "policy `" + silence.policy->id + "` did not judge: " + silence.reason));
  }
  return notifications;
}

Json ExecutionNotificationsJson(const Report& report, std::size_t cut) {
  Json notifications = Json::array();
  if (cut != 0) {
    notifications.push_back(NotificationJson(
        "warning", Plural(cut, "result") + " left out, the least severe: " + std::to_string(kMostResults) +
                       " are as many as GitHub keeps; the format json has all of them"));
  }
  if (report.suppressed != 0) {
    notifications.push_back(NotificationJson(
        "note", Plural(report.suppressed, "reference") + " not judged, because a file could not be read completely"));
  }
  return notifications;
}

Json InvocationJson(const Report& report, std::size_t cut) {
  const bool broken = std::any_of(report.policies.begin(), report.policies.end(),
                                  [](const PolicyLine& policy) { return policy.state == "broken"; });
  return Json{{"executionSuccessful", !broken},
              {"toolExecutionNotifications", ExecutionNotificationsJson(report, cut)},
              {"toolConfigurationNotifications", ConfigurationNotificationsJson(report)}};
}

// What counts comes first, whatever its severity.
std::vector<Entry> ResultEntries(const Report& report, std::size_t& cut) {
  std::vector<Entry> entries = CountedEntries(report);
  std::vector<Entry> excused = ExcusedEntries(report);
  const std::size_t all = entries.size() + excused.size();
  entries = WorstOf(std::move(entries), kMostResults);
  excused = WorstOf(std::move(excused), kMostResults - entries.size());
  entries.insert(entries.end(), std::make_move_iterator(excused.begin()), std::make_move_iterator(excused.end()));
  cut = all - entries.size();
  return entries;
}

Json ResultsJson(const std::vector<Entry>& entries, const std::vector<Rule>& rules) {
  std::map<std::string_view, std::size_t> positions;
  for (const Rule& rule : rules) {
    positions.emplace(rule.id, positions.size());
  }
  Json results = Json::array();
  for (const Entry& entry : entries) {
    results.push_back(ResultJson(entry, positions.at(entry.rule)));
  }
  return results;
}

Json DriverJson(const std::vector<Rule>& rules) {
  Json list = Json::array();
  for (const Rule& rule : rules) {
    list.push_back(RuleJson(rule));
  }
  return Json{{"name", "dpc"}, {"version", DPC_VERSION}, {"semanticVersion", DPC_VERSION}, {"rules", std::move(list)}};
}

std::string Render(const Report& report, const RenderOptions&) {
  std::size_t cut = 0;
  const std::vector<Entry> entries = ResultEntries(report, cut);
  const std::vector<Rule> rules = RulesOf(report, entries);
  const Json top = Json{{"description", TextJson("The top of the repository.")}};
  // A part of a name before the last `/` groups runs: those of `check` and of `build` do not replace each other.
  const Json run = Json{{"tool", Json{{"driver", DriverJson(rules)}}},
                        {"automationDetails", Json{{"id", "dpc/" + report.command + "/"}}},
                        {"invocations", Json::array({InvocationJson(report, cut)})},
                        {"originalUriBaseIds", Json{{kBase, top}}},
                        {"columnKind", "unicodeCodePoints"},
                        {"results", ResultsJson(entries, rules)},
                        {"properties", Json{{"revision", report.revision}, {"resultsLeftOut", cut}}}};
  return PrettyJson(Json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({run})}});
}

}  // namespace

extern const RendererSpec renderer_sarif;
const RendererSpec renderer_sarif = {"sarif", {}, "SARIF 2.1.0, for code scanning", Render, true};

}  // namespace dpc::report
