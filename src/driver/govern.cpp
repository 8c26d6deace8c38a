#include "driver/govern.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/baseline.h"
#include "driver/read.h"
#include "driver/stage_clock.h"
#include "json/json.h"

namespace dpc::driver {
namespace {

policy::Snapshot SnapshotOf(const Compilation& c) {
  return {&c.model, &c.resolved, &c.graph, &c.access, &c.sources, &c.diagnostics, c.tree->Describe()};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw EnvironmentError("`" + Printable(path) + "` cannot be read");
  }
  return text.str();
}

// Same order as reports: the second one of equal findings is the second in the files.
void SortFindings(std::vector<Diagnostic>& findings) {
  DiagnosticList list;
  for (Diagnostic& finding : findings) {
    list.Add(std::move(finding));
  }
  list.Sort();
  findings = list.all();
}

void FingerprintAll(const policy::World& world, std::vector<Diagnostic>& findings) {
  SortFindings(findings);
  std::vector<Diagnostic*> all;
  for (Diagnostic& finding : findings) {
    all.push_back(&finding);
  }
  policy::SetFingerprints(world.head(), all);
}

bool NothingToJudge(const Compilation& c) {
  return c.policies.empty() && c.model.waivers.size() == 0 && (!c.base || c.base->policies.empty());
}

void CountWaived(policy::Verdict& verdict) {
  for (policy::PolicyRun& run : verdict.runs) {
    for (const Diagnostic& finding : verdict.findings) {
      const bool waived = finding.policy == run.id && !finding.suppression.empty();
      run.waived += waived ? 1 : 0;
      run.findings -= waived ? 1 : 0;
    }
  }
}

std::set<std::string> FingerprintsOfBase(const Compilation& base) {
  std::set<std::string> known;
  for (const DiagnosticList* list : {&base.diagnostics, &base.suppressed}) {
    for (const Diagnostic& diagnostic : list->all()) {
      known.insert(diagnostic.fingerprint);
    }
  }
  return known;
}

// Nobody may silence what makes a repository wrong: errors of dpc itself stay.
bool MayBeHidden(const Diagnostic& diagnostic) {
  return diagnostic.info.severity != Severity::Error || diagnostic.info.code == "DPC5001";
}

}  // namespace

policy::PullRequest ReadPullRequest(const std::string& path) {
  const auto json = ParseForeignJson(ReadFile(path));
  const auto is_text = [](const Json& value) { return value.is_string(); };
  const bool sound = json && json->is_object() && (!json->contains("author") || json->at("author").is_string()) &&
                     json->contains("approvals") && json->at("approvals").is_array() &&
                     std::all_of(json->at("approvals").begin(), json->at("approvals").end(), is_text);
  if (!sound) {
    throw EnvironmentError("`" + Printable(path) +
                           "` does not say who approved: expected {\"author\": EMAIL, \"approvals\": [EMAIL, ...]}");
  }
  policy::PullRequest request;
  request.known = true;
  request.author = json->value("author", "");
  request.approvals = json->at("approvals").get<std::vector<std::string>>();
  std::sort(request.approvals.begin(), request.approvals.end());
  request.approvals.erase(std::unique(request.approvals.begin(), request.approvals.end()), request.approvals.end());
  return request;
}

std::unique_ptr<policy::World> MakeWorld(const Compilation& head, const Compilation* base,
                                         policy::PullRequest pull_request) {
  return std::make_unique<policy::World>(SnapshotOf(head),
                                         base == nullptr ? std::nullopt : std::optional(SnapshotOf(*base)), head.today,
                                         std::move(pull_request));
}

std::vector<policy::ActivePolicy> ReadPolicies(const Compilation& c, Emitter& emitter) {
  std::vector<policy::RepositoryPolicy> files;
  for (std::size_t i = 0; i < c.sources.size(); ++i) {
    const source::FileId file(i);
    if (IsPolicyFile(c.sources.Path(file))) {
      files.push_back({std::string(c.sources.Path(file)), std::string(c.sources.Text(file)), c.sources.Start(file)});
    }
  }
  return policy::Activate(policy::LoadPolicies(c.model, c.sources, files, emitter), c.model, emitter);
}

void Govern(Compilation& c, const Options& options, Emitter& emitter) {
  c.policies = ReadPolicies(c, emitter);
  if (NothingToJudge(c)) {
    return;
  }
  policy::PullRequest request = options.approvals.empty() ? policy::PullRequest() : ReadPullRequest(options.approvals);
  c.world = MakeWorld(c, c.base.get(), std::move(request));
  c.verdict = policy::Judge(*c.world, c.policies, c.base ? &c.base->policies : nullptr, Seconds);
  policy::ApplyWaivers(*c.world, c.policies, c.verdict, emitter);
  FingerprintAll(*c.world, c.verdict.findings);
  CountWaived(c.verdict);
  const std::set<std::string> known = options.new_only ? FingerprintsOfBase(*c.base) : std::set<std::string>();
  const Baseline baseline = options.baseline.empty() ? Baseline() : ReadBaseline(options.baseline);
  for (Diagnostic& finding : c.verdict.findings) {
    if (finding.suppression.empty() && MayBeHidden(finding) && known.contains(finding.fingerprint)) {
      finding.suppression = kInBase;
    }
    if (finding.suppression.empty() && MayBeHidden(finding) && baseline.Holds(finding.fingerprint)) {
      finding.suppression = kInBaseline;
    }
    if (finding.suppression.empty()) {
      emitter.Forward(finding);
    } else {
      c.suppressed.Add(finding);
    }
  }
}

void Settle(Compilation& c, const Options& options, Emitter& emitter) {
  if (c.diagnostics.all().empty() && c.suppressed.all().empty() && options.baseline.empty()) {
    return;
  }
  if (!c.world) {
    c.world = MakeWorld(c, c.base.get(), {});
  }
  c.diagnostics.Sort();
  std::vector<Diagnostic*> bare;
  for (Diagnostic& diagnostic : c.diagnostics.all()) {
    if (diagnostic.fingerprint.empty()) {
      bare.push_back(&diagnostic);
    }
  }
  policy::SetFingerprints(c.world->head(), bare);
  const std::set<std::string> known = options.new_only ? FingerprintsOfBase(*c.base) : std::set<std::string>();
  const Baseline baseline = options.baseline.empty() ? Baseline() : ReadBaseline(options.baseline);
  c.diagnostics.Remove([&](Diagnostic& diagnostic) {
    if (!MayBeHidden(diagnostic) ||
        !(known.contains(diagnostic.fingerprint) || baseline.Holds(diagnostic.fingerprint))) {
      return false;
    }
    diagnostic.suppression = known.contains(diagnostic.fingerprint) ? kInBase : kInBaseline;
    c.suppressed.Add(diagnostic);
    return true;
  });
  ReportUnused(baseline, options.baseline, c, emitter);
  c.suppressed.Sort();
}

}  // namespace dpc::driver
