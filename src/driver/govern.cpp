#include "driver/govern.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/baseline.h"
#include "driver/change.h"
#include "driver/ends.h"
#include "driver/files.h"
#include "driver/read.h"
#include "driver/stage_clock.h"
#include "fields/scalars.h"
#include "json/json.h"
#include "policy/own.h"
#include "report/report.h"

namespace dpc::driver {
namespace {

policy::Snapshot SnapshotOf(const Compilation& c) {
  return {&c.model, &c.resolved, &c.access, &c.sources, &c.diagnostics};
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

std::vector<policy::JudgingPolicy> JudgingPolicies(const policy::ActiveSet& set) {
  std::vector<policy::JudgingPolicy> all;
  for (const policy::ActivePolicy& active : set.policies) {
    all.push_back({active.policy.id, active.policy.title, active.policy.pack, active.severity, active.disabled});
  }
  return all;
}

bool NothingToJudge(const Compilation& c) {
  return c.policies.policies.empty() && c.model.waivers.size() == 0 && (!c.base || c.base->policies.policies.empty()) &&
         (!c.tip || c.tip->policies.policies.empty());
}

void CountFindings(policy::Verdict& verdict) {
  std::map<std::string, policy::PolicyRun*> runs;
  for (policy::PolicyRun& run : verdict.runs) {
    run.findings = 0;
    runs[run.id] = &run;
  }
  for (const Diagnostic& finding : verdict.findings) {
    const auto run = runs.find(finding.policy);
    if (run != runs.end()) {
      run->second->findings += finding.suppression.empty() ? 1 : 0;
      run->second->waived += report::IsWaived(finding) ? 1 : 0;
    }
  }
}

policy::Tally FoundIn(const Compilation& c) {
  policy::Tally found;
  found.Add(c.diagnostics);
  found.Add(c.suppressed);
  return found;
}

policy::Tally FoundIn(const policy::Verdict& verdict) {
  policy::Tally found;
  for (const Diagnostic& finding : verdict.findings) {
    found.Add(finding.fingerprint, finding.info.severity);
  }
  return found;
}

// What was found before, as often and as severe at least: in the base, or when the baseline was written.
class Known {
 public:
  Known(const Options& options, const policy::Tally* of_base, policy::Tally found)
      : new_only_(options.new_only), of_base_(of_base), found_(std::move(found)) {
    if (!options.baseline.empty()) {
      baseline_ = ReadBaseline(options.baseline);
      in_baseline_ = baseline_.Findings();
    }
  }

  // "": it counts. With a base, the baseline hides only what the base has as well: a change cannot write its own.
  std::string Suppression(const Diagnostic& diagnostic) const {
    const std::string& fingerprint = diagnostic.fingerprint;
    if (!MayBeHidden(diagnostic)) {
      return "";
    }
    const bool in_base = of_base_ != nullptr && of_base_->Covers(found_, fingerprint);
    if (new_only_ && in_base) {
      return std::string(kInBase);
    }
    const bool in_baseline = in_baseline_.Covers(found_, fingerprint);
    return in_baseline && (in_base || of_base_ == nullptr) ? std::string(kInBaseline) : "";
  }

  const Baseline& baseline() const { return baseline_; }

 private:
  bool new_only_;
  const policy::Tally* of_base_;
  policy::Tally found_;
  Baseline baseline_;
  policy::Tally in_baseline_;
};

std::optional<policy::Tally> FoundInBase(const Compilation& c) {
  return c.base ? std::optional(FoundIn(*c.base)) : std::nullopt;
}

const policy::Tally* PointerTo(const std::optional<policy::Tally>& tally) {
  return tally ? &*tally : nullptr;
}

// Emails are compared by their letters, not by their case: as the declarations spell them.
std::string AsDeclared(const model::Model& model, const std::string& email) {
  for (const model::MemberId id : model.members.All()) {
    if (LowerCase(model.Text(model.members[id].email)) == LowerCase(email)) {
      return std::string(model.Text(model.members[id].email));
    }
  }
  return LowerCase(email);
}

// Who is not known cannot be kept from approving.
bool IsAuthor(const Json& value) {
  return value.is_string() && fields::kEmail.accepts(value.get<std::string>());
}

}  // namespace

policy::PullRequest ReadPullRequest(const std::string& path) {
  const auto json = ParseForeignJson(ReadFile(path));
  const auto is_text = [](const Json& value) { return value.is_string(); };
  const bool sound = json && json->is_object() && json->contains("author") && IsAuthor(json->at("author")) &&
                     json->contains("approvals") && json->at("approvals").is_array() &&
                     std::all_of(json->at("approvals").begin(), json->at("approvals").end(), is_text);
  if (!sound) {
    throw EnvironmentError("`" + Printable(path) +
                           "` does not say whose change it is and who approved it: expected {\"author\": EMAIL, "
                           "\"approvals\": [EMAIL, ...]}");
  }
  policy::PullRequest request;
  request.known = true;
  request.author = json->at("author").get<std::string>();
  request.approvals = json->at("approvals").get<std::vector<std::string>>();
  std::sort(request.approvals.begin(), request.approvals.end());
  request.approvals.erase(std::unique(request.approvals.begin(), request.approvals.end()), request.approvals.end());
  return request;
}

std::unique_ptr<policy::World> MakeWorld(const Compilation& head, const Compilation* base,
                                         policy::PullRequest pull_request) {
  pull_request.author = AsDeclared(head.model, pull_request.author);
  for (std::string& email : pull_request.approvals) {
    email = AsDeclared(head.model, email);
  }
  std::sort(pull_request.approvals.begin(), pull_request.approvals.end());
  policy::World::MakeLedger make_ledger;
  if (base != nullptr) {
    // What would be merged, into what it would be merged into.
    const Compilation& after = head.merged ? *head.merged : head;
    const Compilation& before = head.tip ? *head.tip : *base;
    make_ledger = [&after, &before](const policy::PullRequest& request) { return LedgerOf(after, before, request); };
  }
  return std::make_unique<policy::World>(
      SnapshotOf(head), base == nullptr ? std::nullopt : std::optional(SnapshotOf(*base)), head.today,
      std::move(pull_request), std::move(make_ledger),
      base != nullptr && head.tip ? std::optional(SnapshotOf(*head.tip)) : std::nullopt);
}

namespace {

// Those of earlier stages, and those that reading policies has added.
void MarkUnread(Compilation& c, std::size_t before) {
  std::vector<Diagnostic>& all = c.diagnostics.all();
  for (std::size_t i = before; i < all.size(); ++i) {
    all[i].everywhere = all[i].everywhere || all[i].info.severity == Severity::Error;
  }
  for (const std::size_t i : FindUnreadPolicies(c)) {
    all[i].everywhere = true;
  }
}

}  // namespace

policy::ActiveSet ReadPolicies(const Compilation& c, Emitter& emitter) {
  std::vector<policy::RepositoryPolicy> files;
  for (std::size_t i = 0; i < c.sources.size(); ++i) {
    const source::FileId file(i);
    if (IsPolicyFile(c.sources.Path(file))) {
      files.push_back({std::string(c.sources.Path(file)), std::string(c.sources.Text(file)), c.sources.Start(file)});
    }
  }
  policy::PolicySet set = policy::LoadPolicies(c.model, c.sources, files, emitter);
  set.sound = set.sound && FindUnreadPolicies(c).empty();
  return policy::Activate(set, c.model, emitter);
}

void Govern(Compilation& c, const Options& options, Emitter& emitter) {
  const std::size_t before = c.diagnostics.all().size();
  c.policies = ReadPolicies(c, emitter);
  MarkUnread(c, before);
  CheckProduction(c, emitter);
  // What could not be read has judged nothing.
  c.verdict.broken = !c.policies.sound;
  if (NothingToJudge(c)) {
    return;
  }
  c.world = MakeWorld(c, c.base.get(), c.pull_request);
  const auto in_base = FoundInBase(c);
  // Nothing may be concluded from the silence of what could not be read.
  const auto merged = c.merged && !c.merged->failed() ? MakeWorld(*c.merged, c.tip.get(), c.pull_request) : nullptr;
  const auto tip = c.tip ? MakeWorld(*c.tip, nullptr, {}) : nullptr;
  for (policy::World* world : {c.world.get(), merged.get()}) {
    if (world != nullptr) {
      world->SetPolicies(JudgingPolicies(c.policies));
    }
  }
  if (tip) {
    tip->SetPolicies(JudgingPolicies(c.tip->policies));
  }
  const policy::Precedents precedents = {c.base ? &c.base->policies : nullptr, c.tip ? &c.tip->policies : nullptr,
                                         tip.get(), merged.get(), PointerTo(in_base)};
  c.verdict = policy::Judge(*c.world, c.policies.policies, precedents, Seconds);
  c.verdict.broken = c.verdict.broken || !c.policies.sound;
  FingerprintAll(*c.world, c.verdict.findings);
  policy::ApplyWaivers(*c.world, c.policies, precedents, c.verdict, emitter);
  const Known known(options, PointerTo(in_base), FoundIn(c.verdict));
  for (Diagnostic& finding : c.verdict.findings) {
    if (finding.suppression.empty()) {
      finding.suppression = known.Suppression(finding);
    }
  }
  CountFindings(c.verdict);
  for (Diagnostic& finding : c.verdict.findings) {
    if (finding.suppression.empty()) {
      emitter.Forward(finding);
    } else {
      c.suppressed.Add(finding);
    }
  }
}

namespace {

void FingerprintBare(Compilation& c) {
  c.diagnostics.Sort();
  std::vector<Diagnostic*> bare;
  for (Diagnostic& diagnostic : c.diagnostics.all()) {
    if (diagnostic.fingerprint.empty()) {
      bare.push_back(&diagnostic);
    }
  }
  policy::SetFingerprints(c.world->head(), bare);
}

// Warnings of dpc that somebody excused, by findings that the base has.
void WaiveOwn(Compilation& c, const Options& options, const policy::Tally* in_base, Emitter& emitter) {
  const policy::Precedents precedents = {c.base ? &c.base->policies : nullptr, c.tip ? &c.tip->policies : nullptr,
                                         nullptr, nullptr, in_base};
  // What is said of waivers is not waived.
  std::vector<Diagnostic> findings = c.diagnostics.all();
  policy::ApplyOwnWaivers(*c.world, c.policies, precedents, findings, options.emit && !c.failed(), emitter);
  std::vector<Diagnostic>& all = c.diagnostics.all();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    all[i] = std::move(findings[i]);
  }
  c.diagnostics.Remove([&](const Diagnostic& diagnostic) {
    if (!diagnostic.suppression.empty()) {
      c.suppressed.Add(diagnostic);
    }
    return !diagnostic.suppression.empty();
  });
}

void RaiseOwn(Compilation& c) {
  std::vector<const policy::ActiveSet*> sets = {&c.policies};
  for (const Compilation* side : {c.base.get(), c.tip.get()}) {
    if (side != nullptr) {
      sets.push_back(&side->policies);
    }
  }
  policy::Raise(c.diagnostics.all(), sets, c.today);
}

}  // namespace

void Settle(Compilation& c, const Options& options, Emitter& emitter) {
  // Only `check` and `build` print fingerprints, and hide by them.
  const bool nothing = c.diagnostics.all().empty() && c.suppressed.all().empty() && options.baseline.empty() &&
                       c.model.waivers.size() == 0;
  if (!options.judge || nothing) {
    return;
  }
  if (!c.world) {
    c.world = MakeWorld(c, c.base.get(), c.pull_request);
  }
  FingerprintBare(c);
  const auto in_base = FoundInBase(c);
  WaiveOwn(c, options, PointerTo(in_base), emitter);
  FingerprintBare(c);
  const Known known(options, PointerTo(in_base), FoundIn(c));
  c.diagnostics.Remove([&](Diagnostic& diagnostic) {
    diagnostic.suppression = known.Suppression(diagnostic);
    if (!diagnostic.suppression.empty()) {
      c.suppressed.Add(diagnostic);
    }
    return !diagnostic.suppression.empty();
  });
  RaiseOwn(c);
  ReportUnused(known.baseline(), options.baseline, c, emitter);
  FingerprintBare(c);
  c.suppressed.Sort();
}

}  // namespace dpc::driver
