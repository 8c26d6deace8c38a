#include "driver/baseline.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/files.h"
#include "json/json.h"
#include "policy/diagnostics.h"

namespace dpc::driver {
namespace {

constexpr int kSchemaVersion = 1;

[[noreturn]] void ThrowBroken(const std::string& path, std::string_view how) {
  throw EnvironmentError("`" + Printable(path) + "` is no baseline of dpc: " + std::string(how));
}

std::string TextOf(const Json& entry, const char* key, const std::string& path) {
  if (!entry.is_object() || !entry.contains(key) || !entry[key].is_string()) {
    ThrowBroken(path, std::string("an entry has no `") + key + "`");
  }
  return entry[key].get<std::string>();
}

Severity SeverityIn(const Json& entry, const std::string& path) {
  if (!entry.contains("severity")) {
    return Severity::Error;
  }
  const auto severity = policy::SeverityOf(TextOf(entry, "severity", path));
  if (!severity) {
    ThrowBroken(path, "`severity` is error, warning or info");
  }
  return *severity;
}

std::set<std::string> FoundNow(const Compilation& c) {
  std::set<std::string> found;
  for (const DiagnosticList* list : {&c.diagnostics, &c.suppressed}) {
    for (const Diagnostic& diagnostic : list->all()) {
      found.insert(diagnostic.fingerprint);
    }
  }
  return found;
}

std::size_t CountUnused(const Baseline& baseline, const Compilation& c) {
  const std::set<std::string> found = FoundNow(c);
  std::size_t unused = 0;
  for (const auto& [fingerprint, entry] : baseline.entries) {
    unused += found.contains(fingerprint) ? 0 : 1;
  }
  return unused;
}

void Write(const std::string& path, const Baseline& baseline) {
  Json findings = Json::array();
  for (const auto& [fingerprint, entry] : baseline.entries) {
    findings.push_back(Json{{"fingerprint", fingerprint},
                            {"rule", entry.rule},
                            {"entity", entry.entity},
                            {"severity", std::string(SeverityName(entry.severity))}});
  }
  WriteFile(path, PrettyJson(Json{{"schemaVersion", kSchemaVersion}, {"findings", std::move(findings)}}));
}

}  // namespace

bool MayBeHidden(const Diagnostic& diagnostic) {
  return diagnostic.info.severity != Severity::Error || diagnostic.info.code == policy::kPolicyFinding.info.code;
}

policy::Tally Baseline::Findings() const {
  policy::Tally findings;
  for (const auto& [fingerprint, entry] : entries) {
    findings.Add(fingerprint, entry.severity);
  }
  return findings;
}

Baseline ReadBaseline(const std::string& path) {
  if (!IsThere(path)) {
    throw EnvironmentError("there is no baseline `" + Printable(path) + "`: `--create-baseline` writes one");
  }
  const auto json = ParseForeignJson(ReadFile(path));
  const bool sound = json && json->is_object() && json->contains("schemaVersion") &&
                     json->at("schemaVersion") == kSchemaVersion && json->contains("findings") &&
                     json->at("findings").is_array();
  if (!sound) {
    ThrowBroken(path, "expected {\"schemaVersion\": 1, \"findings\": [...]}");
  }
  Baseline baseline;
  for (const Json& entry : json->at("findings")) {
    baseline.entries.insert_or_assign(
        TextOf(entry, "fingerprint", path),
        Baseline::Entry{TextOf(entry, "rule", path), TextOf(entry, "entity", path), SeverityIn(entry, path)});
  }
  return baseline;
}

void ReportUnused(const Baseline& baseline, const std::string& path, const Compilation& c, Emitter& emitter) {
  if (const std::size_t unused = CountUnused(baseline, c); unused != 0) {
    emitter.Report(policy::kBaselineUnused, Range{}, path, Plural(unused, "finding"))
        .Hint("`dpc check --baseline FILE --shrink-baseline` takes them out");
  }
}

std::size_t CreateBaseline(const std::string& path, const Compilation& c) {
  if (IsThere(path)) {
    throw EnvironmentError("the baseline `" + Printable(path) +
                           "` is there already, and a baseline only shrinks: `--shrink-baseline`");
  }
  Baseline baseline;
  for (const Diagnostic& diagnostic : c.diagnostics.all()) {
    if (MayBeHidden(diagnostic)) {
      baseline.entries.insert_or_assign(
          diagnostic.fingerprint,
          Baseline::Entry{std::string(diagnostic.rule()), diagnostic.entity, diagnostic.info.severity});
    }
  }
  Write(path, baseline);
  return baseline.entries.size();
}

std::size_t ShrinkBaseline(const std::string& path, const Compilation& c) {
  Baseline baseline = ReadBaseline(path);
  const std::set<std::string> found = FoundNow(c);
  const std::size_t before = baseline.entries.size();
  std::erase_if(baseline.entries, [&](const auto& entry) { return !found.contains(entry.first); });
  if (baseline.entries.size() != before) {
    Write(path, baseline);
  }
  return before - baseline.entries.size();
}

}  // namespace dpc::driver
