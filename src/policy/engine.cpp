#include "policy/engine.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "policy/diagnostics.h"
#include "policy/judge.h"
#include "policy/unsure.h"

namespace dpc::policy {
namespace {

// The day has come, or is not known: then the strict reading holds.
bool IsEnforced(const ActivePolicy& active, const World& world) {
  return !active.enforce_from || !world.today() || *active.enforce_from <= *world.today();
}

// What makes `head` weaker than `base`, in words; "" when nothing does.
std::string Loosening(const ActivePolicy& base, const ActivePolicy* head) {
  if (head == nullptr) {
    return "it is gone";
  }
  if (head->disabled) {
    return "it is disabled";
  }
  if (head->severity > base.severity) {
    return "its severity is lowered to " + std::string(SeverityName(head->severity));
  }
  if (head->enforce_from && (!base.enforce_from || *base.enforce_from < *head->enforce_from)) {
    return "it is enforced later";
  }
  if (head->policy.sql != base.policy.sql) {
    return "its text is another one";
  }
  if (head->parameters != base.parameters) {
    return "its parameters are other ones";
  }
  if (head->policy.waivable && !base.policy.waivable) {
    return "it can be waived";
  }
  return "";
}

const ActivePolicy* Find(const std::vector<ActivePolicy>& policies, const std::string& id) {
  const auto found = std::find_if(policies.begin(), policies.end(),
                                  [&](const ActivePolicy& active) { return active.policy.id == id; });
  return found == policies.end() ? nullptr : &*found;
}

// Neither is weaker than the other one in any way.
bool AreAlike(const ActivePolicy& one, const ActivePolicy& other) {
  return Loosening(one, &other).empty() && Loosening(other, &one).empty();
}

using Finding = std::tuple<std::string, std::string, std::vector<std::string>>;

Finding KeyOf(const Diagnostic& diagnostic) {
  return {diagnostic.entity, diagnostic.pointer, diagnostic.values};
}

// Who judges one world.
struct Bench {
  explicit Bench(const World& world, const Database* run = nullptr)
      : database(world, run), places(world.head()), judge(world, database, places) {}

  Database database;
  Places places;
  PolicyJudge judge;
};

class Court {
 public:
  Court(const World& world, const Precedents& before, double (*clock)())
      : world_(world), before_(before), bench_(world), unsure_(world.head()), clock_(clock) {}

  Verdict Run(const std::vector<ActivePolicy>& policies) {
    for (const ActivePolicy& active : policies) {
      JudgeOne(active.policy.id, &active);
    }
    for (const ActiveSet* set : before_.All()) {
      for (const ActivePolicy& active : set->policies) {
        const std::string& id = active.policy.id;
        if (Find(policies, id) == nullptr && gone_.insert(id).second) {
          JudgeOne(id, nullptr);
        }
      }
    }
    std::sort(verdict_.runs.begin(), verdict_.runs.end(),
              [](const PolicyRun& a, const PolicyRun& b) { return a.id < b.id; });
    return std::move(verdict_);
  }

 private:
  // The version of `set`, where head's (null: it has none) is weaker. What could never run has ruled nothing: a change
  // may mend it.
  const ActivePolicy* Stricter(const ActiveSet* set, const std::string& id, const ActivePolicy* head) {
    const ActivePolicy* version = set == nullptr ? nullptr : Find(set->policies, id);
    const bool judges = version != nullptr && !version->disabled && !Loosening(*version, head).empty() &&
                        ((head == nullptr && set == before_.common) || !bench_.judge.Check(*version));
    return judges ? version : nullptr;
  }

  // Head's version (null: it has none), and earlier ones where head is weaker. The tip's is last: what only it finds is
  // no fault of the change.
  void JudgeOne(const std::string& id, const ActivePolicy* head) {
    const ActivePolicy* common = Stricter(before_.common, id, head);
    const ActivePolicy* tip = Stricter(before_.tip, id, head);
    if (common != nullptr) {
      const Range range = head == nullptr ? Range{} : head->disabled ? head->disabled_range : head->policy.range;
      ReportLoosened(*common, Loosening(*common, head), range);
    }
    if (common != nullptr && tip != nullptr && AreAlike(*common, *tip)) {
      tip = nullptr;
    }
    bool first = true;
    for (const ActivePolicy* version : {common, head != nullptr && head->disabled ? nullptr : head, tip}) {
      if (version != nullptr) {
        first ? RunOne(*version) : AddNewOf(*version);
        first = false;
      }
    }
    if (first && head != nullptr) {
      verdict_.runs.push_back(RunOf(*head, RunState::Disabled));
    }
  }

  bool IsOfTip(const ActivePolicy& version) const {
    return before_.tip != nullptr && Find(before_.tip->policies, version.policy.id) == &version;
  }

  static PolicyRun RunOf(const ActivePolicy& active, RunState state) {
    PolicyRun run;
    run.id = active.policy.id;
    run.title = active.policy.title;
    run.pack = active.policy.pack;
    run.severity = active.severity;
    run.waivable = active.policy.waivable;
    run.state = state;
    return run;
  }

  void ReportLoosened(const ActivePolicy& base, const std::string& how, Range range) {
    DiagnosticList list;
    Emitter emitter(list);
    // A row of the base has no place in head.
    emitter.Report(kPolicyLoosened, range, base.policy.id, how);
    verdict_.findings.push_back(list.all().front());
  }

  // Many policies that each use up their budget are as bad as one without any.
  static constexpr std::int64_t kMostBudgets = 10;

  std::vector<Diagnostic> Findings(const ActivePolicy& active, PolicyRun& run) {
    if (spent_ > kMostBudgets * bench_.database.budget()) {
      verdict_.broken = true;
      return {bench_.judge.Refuse(active.policy, "the policies before it have used up the budget of the run", run)};
    }
    ActivePolicy effective = active;
    const bool enforced = IsEnforced(active, world_);
    if (!enforced) {
      effective.severity = std::max(active.severity, Severity::Warning);
    }
    const double begin = clock_ == nullptr ? 0 : clock_();
    std::vector<Diagnostic> findings = bench_.judge.Run(effective, run);
    spent_ += run.steps;
    verdict_.broken = verdict_.broken || run.state == RunState::Broken;
    run.seconds += clock_ == nullptr ? 0 : clock_() - begin;
    for (Diagnostic& finding : findings) {
      if (!enforced && run.state != RunState::Broken && active.severity == Severity::Error) {
        finding.hints.push_back("an error from " + active.enforce_from->ToString() + " on");
      }
    }
    if (run.state != RunState::Broken && !unsure_.nothing()) {
      std::erase_if(findings, [&](const Diagnostic& finding) { return unsure_.IsUnsure(active.policy, finding); });
    }
    if (IsOfTip(active) && run.state != RunState::Broken) {
      KeepNew(active, findings);
    }
    return findings;
  }

  // By the tip's version, which is younger than the change: what a merge mends, and what the tip has as well, is not
  // asked of it.
  void KeepNew(const ActivePolicy& active, std::vector<Diagnostic>& findings) {
    static constexpr std::string_view kHint = "by the policy as it is at the base's tip: this change began before that";
    for (Diagnostic& finding : findings) {
      finding.hints.emplace_back(kHint);
    }
    // What judges changes says it of this one alone.
    const bool of_state = !active.policy.needs_base && !active.policy.needs_approvals;
    if (before_.merged == nullptr || before_.of_tip == nullptr || !of_state || findings.empty()) {
      return;
    }
    const auto merged = FindIn(*before_.merged, merged_bench_, active);
    const auto tip = FindIn(*before_.of_tip, tip_bench_, active);
    if (merged && tip) {
      std::erase_if(findings, [&](const Diagnostic& finding) {
        return !merged->contains(KeyOf(finding)) || tip->contains(KeyOf(finding));
      });
    }
  }

  // Nothing when it could not be judged there.
  std::optional<std::set<Finding>> FindIn(const World& world, std::unique_ptr<Bench>& bench,
                                          const ActivePolicy& active) {
    if (!bench) {
      bench = std::make_unique<Bench>(world, &bench_.database);
    }
    PolicyRun run = RunOf(active, RunState::Ran);
    std::set<Finding> found;
    for (const Diagnostic& finding : bench->judge.Run(active, run)) {
      found.insert(KeyOf(finding));
    }
    spent_ += run.steps;
    return run.state == RunState::Ran ? std::optional(std::move(found)) : std::nullopt;
  }

  void RunOne(const ActivePolicy& active) {
    PolicyRun run = RunOf(active, RunState::Ran);
    run.reason = MissingNeed(active.policy, world_);
    if (!run.reason.empty()) {
      run.state = RunState::NotApplicable;
    } else {
      std::vector<Diagnostic> findings = Findings(active, run);
      run.findings = run.state == RunState::Broken ? 0 : findings.size();
      std::move(findings.begin(), findings.end(), std::back_inserter(verdict_.findings));
    }
    verdict_.runs.push_back(std::move(run));
  }

  // What another version finds besides.
  void AddNewOf(const ActivePolicy& active) {
    PolicyRun& run = verdict_.runs.back();
    if (!MissingNeed(active.policy, world_).empty()) {
      return;
    }
    if (run.state == RunState::NotApplicable) {
      run.state = RunState::Ran;
      run.reason.clear();
    }
    std::map<Finding, std::size_t> known;
    for (std::size_t i = 0; i < verdict_.findings.size(); ++i) {
      if (verdict_.findings[i].policy == active.policy.id) {
        known.try_emplace(KeyOf(verdict_.findings[i]), i);
      }
    }
    for (Diagnostic& finding : Findings(active, run)) {
      const auto found = known.find(KeyOf(finding));
      if (found == known.end()) {
        ++run.findings;
        verdict_.findings.push_back(std::move(finding));
      } else if (finding.info.severity < verdict_.findings[found->second].info.severity) {
        verdict_.findings[found->second] = std::move(finding);  // the stricter of both holds
      }
    }
  }

  const World& world_;
  const Precedents& before_;
  Bench bench_;
  Unsure unsure_;
  std::unique_ptr<Bench> merged_bench_;
  std::unique_ptr<Bench> tip_bench_;
  double (*clock_)();
  std::int64_t spent_ = 0;
  std::set<std::string> gone_;
  Verdict verdict_;
};

}  // namespace

std::string_view RunStateName(RunState state) {
  switch (state) {
    case RunState::Ran:
      return "ran";
    case RunState::Disabled:
      return "disabled";
    case RunState::NotApplicable:
      return "notApplicable";
    case RunState::Broken:
      return "broken";
  }
  return "";
}

std::vector<const ActiveSet*> Precedents::All() const {
  std::vector<const ActiveSet*> all;
  for (const ActiveSet* set : {common, tip}) {
    if (set != nullptr) {
      all.push_back(set);
    }
  }
  return all;
}

Verdict Judge(const World& world, const std::vector<ActivePolicy>& policies, const Precedents& before,
              double (*clock)()) {
  return Court(world, before, clock).Run(policies);
}

}  // namespace dpc::policy
