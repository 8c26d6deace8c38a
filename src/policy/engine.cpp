#include "policy/engine.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "policy/diagnostics.h"
#include "policy/judge.h"

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

class Court {
 public:
  Court(const World& world, double (*clock)())
      : world_(world), database_(world), places_(world.head()), judge_(world, database_, places_), clock_(clock) {}

  Verdict Run(const std::vector<ActivePolicy>& policies, const std::vector<ActivePolicy>* base_policies) {
    for (const ActivePolicy& active : policies) {
      const ActivePolicy* base = base_policies == nullptr ? nullptr : Find(*base_policies, active.policy.id);
      JudgeOne(active, base != nullptr && !base->disabled ? base : nullptr);
    }
    if (base_policies != nullptr) {
      for (const ActivePolicy& base : *base_policies) {
        if (!base.disabled && Find(policies, base.policy.id) == nullptr) {
          ReportLoosened(base, Loosening(base, nullptr), {});
          RunOne(base);
        }
      }
    }
    std::sort(verdict_.runs.begin(), verdict_.runs.end(),
              [](const PolicyRun& a, const PolicyRun& b) { return a.id < b.id; });
    return std::move(verdict_);
  }

 private:
  // Head's version, and base's as well where head is weaker.
  void JudgeOne(const ActivePolicy& active, const ActivePolicy* base) {
    // What could never run has ruled nothing: a change may mend it.
    if (base != nullptr && judge_.Check(*base)) {
      base = nullptr;
    }
    const std::string loosening = base == nullptr ? "" : Loosening(*base, &active);
    if (!loosening.empty()) {
      ReportLoosened(*base, loosening, active.disabled ? active.disabled_range : active.policy.range);
      RunOne(*base);
      if (!active.disabled) {
        AddNewOf(active);
      }
    } else if (active.disabled) {
      verdict_.runs.push_back(RunOf(active, RunState::Disabled));
    } else {
      RunOne(active);
    }
  }

  static PolicyRun RunOf(const ActivePolicy& active, RunState state) {
    PolicyRun run;
    run.id = active.policy.id;
    run.title = active.policy.title;
    run.pack = active.policy.pack;
    run.severity = active.severity;
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
    if (spent_ > kMostBudgets * database_.budget()) {
      verdict_.broken = true;
      return {judge_.Refuse(active.policy, "the policies before it have used up the budget of the run", run)};
    }
    ActivePolicy effective = active;
    const bool enforced = IsEnforced(active, world_);
    if (!enforced) {
      effective.severity = std::max(active.severity, Severity::Warning);
    }
    const double begin = clock_ == nullptr ? 0 : clock_();
    std::vector<Diagnostic> findings = judge_.Run(effective, run);
    spent_ += run.steps;
    verdict_.broken = verdict_.broken || run.state == RunState::Broken;
    run.seconds += clock_ == nullptr ? 0 : clock_() - begin;
    for (Diagnostic& finding : findings) {
      if (!enforced && run.state != RunState::Broken && active.severity == Severity::Error) {
        finding.hints.push_back("an error from " + active.enforce_from->ToString() + " on");
      }
    }
    return findings;
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

  // What head's version finds besides.
  void AddNewOf(const ActivePolicy& active) {
    PolicyRun& run = verdict_.runs.back();
    if (!MissingNeed(active.policy, world_).empty()) {
      return;
    }
    const auto key = [](const Diagnostic& d) { return std::tuple(d.entity, d.pointer, d.values); };
    std::map<std::tuple<std::string, std::string, std::vector<std::string>>, std::size_t> known;
    for (std::size_t i = 0; i < verdict_.findings.size(); ++i) {
      if (verdict_.findings[i].policy == active.policy.id) {
        known.try_emplace(key(verdict_.findings[i]), i);
      }
    }
    for (Diagnostic& finding : Findings(active, run)) {
      const auto found = known.find(key(finding));
      if (found == known.end()) {
        ++run.findings;
        verdict_.findings.push_back(std::move(finding));
      } else if (finding.info.severity < verdict_.findings[found->second].info.severity) {
        verdict_.findings[found->second] = std::move(finding);  // the stricter of both holds
      }
    }
  }

  const World& world_;
  Database database_;
  Places places_;
  PolicyJudge judge_;
  double (*clock_)();
  std::int64_t spent_ = 0;
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

Verdict Judge(const World& world, const std::vector<ActivePolicy>& policies,
              const std::vector<ActivePolicy>* base_policies, double (*clock)()) {
  return Court(world, clock).Run(policies, base_policies);
}

}  // namespace dpc::policy
