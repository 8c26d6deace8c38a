#include <algorithm>

#include "base/text.h"
#include "diag/catalogue.h"
#include "policy/diagnostics.h"
#include "policy/engine.h"
#include "policy/own.h"
#include "policy/unsure.h"

namespace dpc::policy {
namespace {

// Whose findings are waived: those of policies (`runs`: what became of them), or of dpc itself.
struct Docket {
  std::vector<Diagnostic>& findings;
  const std::vector<PolicyRun>* runs = nullptr;
  bool complete = false;  // of dpc itself: all stages have run
};

class Waiving {
 public:
  Waiving(const World& world, const ActiveSet& policies, const Precedents& before, Docket docket, Emitter& emitter)
      : world_(world),
        m_(world.head().m()),
        policies_(policies),
        before_(before),
        docket_(docket),
        whole_(Unsure(world.head()).nothing()),
        emitter_(emitter) {
    for (const Diagnostic& finding : docket.findings) {
      found_.Add(finding.fingerprint, finding.info.severity);
    }
  }

  void Run() {
    for (const model::WaiverId id : m_.waivers.All()) {
      const model::Waiver& waiver = m_.waivers[id];
      const bool own = IsCode(m_.Text(waiver.policy));
      if (!waiver.poisoned && own == (docket_.runs == nullptr)) {
        own ? ApplyOwn(waiver) : Apply(waiver);
      }
    }
  }

 private:
  static const Policy* FindIn(const std::vector<ActivePolicy>& policies, std::string_view id) {
    const auto found = std::find_if(policies.begin(), policies.end(),
                                    [&](const ActivePolicy& active) { return active.policy.id == id; });
    return found == policies.end() ? nullptr : &found->policy;
  }

  // A change cannot make room for its own exceptions.
  Policy WithBoundsOfBase(Policy policy) const {
    for (const ActiveSet* set : before_.All()) {
      const Policy* base = FindIn(set->policies, policy.id);
      if (base != nullptr) {
        policy.waivable = policy.waivable && base->waivable;
        if (base->max_waiver_days) {
          policy.max_waiver_days =
              std::min(policy.max_waiver_days.value_or(*base->max_waiver_days), *base->max_waiver_days);
        }
      }
    }
    return policy;
  }

  std::string_view EntityOf(const model::Waiver& waiver) const { return m_.Text(waiver.entity); }

  // Reports why it does not count; true when it does.
  bool Counts(const model::Waiver& waiver, const Policy& policy) {
    const std::optional<Date> today = world_.today();
    if (!policy.waivable) {
      emitter_.Report(kWaiverRefused, waiver.policy.range, policy.id).Hint("mend what it finds, and delete the waiver");
      return false;
    }
    if (!today) {
      emitter_.Report(kWaiverWithoutToday, waiver.until_range, policy.id, EntityOf(waiver))
          .Hint("commit, or pass `--today YYYY-MM-DD`");
      return false;
    }
    if (*waiver.until < *today) {
      emitter_.Report(kWaiverEnded, waiver.until_range, policy.id, EntityOf(waiver), waiver.until->ToString())
          .Hint("delete the waiver; or ask its approvers for a later `until`");
      return false;
    }
    if (!IsWithinBounds(*waiver.until, policy)) {
      emitter_
          .Report(kWaiverTooLong, waiver.until_range, policy.id, static_cast<std::size_t>(DaysUntil(*waiver.until)),
                  static_cast<std::size_t>(*policy.max_waiver_days))
          .Hint("write `until: " + LastDay(policy) + "` or earlier");
      return false;
    }
    if (!IsApproved(waiver) && !IsInBase(waiver, policy)) {
      ReportNotApproved(waiver, policy);
      return false;
    }
    return true;
  }

  // What nobody knows to be approved is a warning; once it is known that it is not, it must not be merged: the next
  // change would find it in its base.
  void ReportNotApproved(const model::Waiver& waiver, const Policy& policy) {
    DiagnosticList list;
    Emitter(list)
        .Report(kWaiverNotApproved, waiver.policy.range, policy.id, EntityOf(waiver))
        .Hint("one of `approvedBy`, who is not its author, approves the pull request (`--approvals`)");
    Diagnostic diagnostic = list.all().front();
    if (world_.pull_request().known) {
      diagnostic.info.severity = Severity::Error;
    }
    emitter_.Forward(std::move(diagnostic));
  }

  // In this change. Without a base there is none that could excuse itself.
  bool IsApproved(const model::Waiver& waiver) const {
    return world_.base() == nullptr ||
           std::any_of(waiver.approved_by.begin(), waiver.approved_by.end(), [&](model::NameId name) {
             const PullRequest& request = world_.pull_request();
             const std::string_view email = m_.Text(m_.names[name]);
             return email != request.author && IsKnown(email) &&
                    std::find(request.approvals.begin(), request.approvals.end(), email) != request.approvals.end();
           });
  }

  // A member of some team, in the base already: a change cannot bring its own approvers.
  bool IsKnown(std::string_view email) const {
    const std::vector<const Side*> sides = world_.Before();
    return std::all_of(sides.begin(), sides.end(), [&](const Side* side) {
      const auto all = side->m().members.All();
      return std::any_of(all.begin(), all.end(), [&](model::MemberId id) {
        return side->m().members[id].active && side->keys().TeamOf(id).has_value() &&
               side->m().Text(side->m().members[id].email) == email;
      });
    });
  }

  // With the same end and for as many findings at least: a longer or wider one is new. One that was too long to count
  // has excused nothing yet.
  bool IsInBase(const model::Waiver& waiver, const Policy& policy) const {
    const model::Model& base = world_.tip()->m();
    const auto all = base.waivers.All();
    return std::any_of(all.begin(), all.end(), [&](model::WaiverId id) {
      const model::Waiver& other = base.waivers[id];
      return base.Text(other.policy) == m_.Text(waiver.policy) && base.Text(other.entity) == m_.Text(waiver.entity) &&
             other.until && *waiver.until <= *other.until && IsWithinBounds(*other.until, policy) &&
             IsWithinFindings(waiver, other);
    });
  }

  // `other` is the base's. Without fingerprints it stood for what the base has.
  bool IsWithinFindings(const model::Waiver& waiver, const model::Waiver& other) const {
    if (waiver.findings.size() == 0) {
      return other.findings.size() == 0;
    }
    const model::Model& base = world_.tip()->m();
    return std::all_of(waiver.findings.begin(), waiver.findings.end(), [&](model::NameId name) {
      const std::string_view fingerprint = m_.Text(m_.names[name]);
      return other.findings.size() == 0 ? before_.findings->Has(fingerprint) : Names(base, other, fingerprint);
    });
  }

  static bool Names(const model::Model& model, const model::Waiver& waiver, std::string_view fingerprint) {
    return std::any_of(waiver.findings.begin(), waiver.findings.end(),
                       [&](model::NameId name) { return model.Text(model.names[name]) == fingerprint; });
  }

  // With all that are equal to it: nobody can say which of them was meant.
  bool NamesAllOf(const model::Waiver& waiver, std::string_view fingerprint) const {
    const std::string bare(BareFingerprint(fingerprint));
    bool all = Names(m_, waiver, bare);
    for (std::size_t n = 2; n <= found_.Count(bare); ++n) {
      all = all && Names(m_, waiver, bare + ":" + std::to_string(n));
    }
    return all;
  }

  std::int64_t DaysUntil(Date until) const { return until.days_since_epoch() - world_.today()->days_since_epoch(); }

  std::string LastDay(const Policy& policy) const {
    const std::int64_t day = world_.today()->days_since_epoch() + *policy.max_waiver_days;
    return Date(static_cast<std::int32_t>(day)).ToString();
  }

  bool IsWithinBounds(Date until, const Policy& policy) const {
    return !policy.max_waiver_days || DaysUntil(until) <= *policy.max_waiver_days;
  }

  void Apply(const model::Waiver& waiver) {
    const Policy* policy = FindIn(policies_.policies, m_.Text(waiver.policy));
    if (policy == nullptr) {
      ReportUnknownPolicy(waiver);
      return;
    }
    ApplyBy(waiver, WithBoundsOfBase(*policy));
  }

  void ReportUnknownPolicy(const model::Waiver& waiver) {
    if (!policies_.sound) {
      return;
    }
    std::vector<std::string_view> known;
    for (const ActivePolicy& active : policies_.policies) {
      known.push_back(active.policy.id);
    }
    auto report = emitter_.Report(kUnknownPolicy, waiver.policy.range, m_.Text(waiver.policy));
    const std::string_view id = m_.Text(waiver.policy);
    if (const auto near = NearestName(id, known)) {
      report.Hint("did you mean `" + *near + "`?");
    } else {
      const std::string code = "DPC" + std::string(id.substr(std::min<std::size_t>(id.size(), 3)));
      report.Hint(IsCode(code) ? "did you mean `" + code + "`?" : "`dpc policy list` names them");
    }
  }

  // A finding of dpc itself, by its code.
  void ApplyOwn(const model::Waiver& waiver) {
    const std::string code(m_.Text(waiver.policy));
    const auto rule = OwnRuleOf(code, waiver.policy.range, std::nullopt, std::nullopt, emitter_);
    if (!rule) {
      return;
    }
    // Of declarations (2, 3), lineage (4), access (6) and platforms (7).
    if (std::string_view("23467").find(code[3]) == std::string_view::npos) {
      emitter_.Report(kNotWaivable, waiver.policy.range, code, FindDiagnostic(code)->name)
          .Hint("mend what it says, and delete the waiver");
      return;
    }
    Policy policy;
    policy.id = code;
    ApplyBy(waiver, policy);
  }

  void ApplyBy(const model::Waiver& waiver, const Policy& bounds) {
    const Policy* policy = &bounds;
    if (!waiver.until || !Counts(waiver, bounds)) {
      return;
    }
    bool used = false;
    bool beyond = false;
    for (Diagnostic& finding : docket_.findings) {
      if (!IsAbout(waiver, *policy, finding) ||
          (waiver.findings.size() != 0 && !NamesAllOf(waiver, finding.fingerprint))) {
        continue;
      }
      if (!Covers(waiver, finding)) {
        beyond = true;
        continue;
      }
      finding.suppression = "waived until " + waiver.until->ToString() + ": " + Printable(m_.Text(waiver.reason));
      finding.labels.push_back({waiver.policy.range, "waived here"});
      used = true;
    }
    if (beyond) {
      emitter_.Report(kWaiverInAdvance, waiver.policy.range, policy->id, EntityOf(waiver))
          .Hint("one of its approvers approves this change (`--approvals`)");
    } else if (HasJudged(*policy) && whole_) {
      used ? ReportNotFound(waiver, *policy) : ReportUnused(waiver, *policy);
    }
  }

  bool IsOf(const Policy& policy, const Diagnostic& finding) const {
    return docket_.runs == nullptr ? finding.policy.empty() && finding.info.code == policy.id
                                   : finding.policy == policy.id && finding.info.code == kPolicyFinding.info.code;
  }

  bool IsAbout(const model::Waiver& waiver, const Policy& policy, const Diagnostic& finding) const {
    return IsOf(policy, finding) && finding.entity == EntityOf(waiver);
  }

  // A waiver of the base that names no findings was given for those that it had.
  bool Covers(const model::Waiver& waiver, const Diagnostic& finding) const {
    return waiver.findings.size() != 0 || IsApproved(waiver) || before_.findings->Covers(found_, finding.fingerprint);
  }

  // Of a waiver that waives others.
  void ReportNotFound(const model::Waiver& waiver, const Policy& policy) {
    for (const model::NameId name : waiver.findings) {
      const std::string_view fingerprint = m_.Text(m_.names[name]);
      const auto& all = docket_.findings;
      if (std::none_of(all.begin(), all.end(), [&](const Diagnostic& d) { return d.fingerprint == fingerprint; })) {
        emitter_.Report(kWaivedFindingGone, m_.names[name].range, policy.id, EntityOf(waiver), fingerprint)
            .Hint("take it out");
      }
    }
  }

  bool HasJudged(const Policy& policy) const {
    if (docket_.runs == nullptr) {
      return docket_.complete;
    }
    return std::any_of(docket_.runs->begin(), docket_.runs->end(),
                       [&](const PolicyRun& run) { return run.id == policy.id && run.state == RunState::Ran; });
  }

  // An entity that the policy found something about, and that may be meant: often only its kind is missing.
  std::string FoundNear(std::string_view entity, const Policy& policy) const {
    std::vector<std::string_view> found;
    for (const Diagnostic& finding : docket_.findings) {
      if (IsOf(policy, finding) && finding.suppression.empty()) {
        const std::string_view key = finding.entity;
        if (key.substr(key.find(':') + 1) == entity) {
          return std::string(key);
        }
        found.push_back(key);
      }
    }
    return world_.head().keys().Find(entity) ? "" : NearestName(entity, found).value_or("");
  }

  // Fingerprints of the entity's findings, which a waiver with fingerprints does not name.
  std::string OthersFound(const model::Waiver& waiver, const Policy& policy) const {
    std::vector<std::string> others;
    for (const Diagnostic& finding : docket_.findings) {
      if (IsAbout(waiver, policy, finding)) {
        others.push_back("`" + finding.fingerprint + "`");
      }
    }
    return Join(others, ", ");
  }

  void ReportUnused(const model::Waiver& waiver, const Policy& policy) {
    auto builder = emitter_.Report(kWaiverUnused, waiver.entity.range, policy.id, EntityOf(waiver));
    if (const std::string others = OthersFound(waiver, policy); !others.empty()) {
      builder.Hint("the findings there are " + others);
    } else if (const std::string near = FoundNear(EntityOf(waiver), policy); !near.empty()) {
      builder.Hint("did you mean `" + near + "`?");
    } else if (!world_.head().keys().Find(EntityOf(waiver))) {
      builder.Hint("this repository has no such entity: `dpc check --format human` names that of each finding");
    } else {
      builder.Hint("delete the waiver");
    }
  }

  const World& world_;
  const model::Model& m_;
  const ActiveSet& policies_;
  const Precedents& before_;
  Docket docket_;
  bool whole_;  // everything was read: what is not found is not there
  Emitter& emitter_;
  Tally found_;
};

}  // namespace

void ApplyWaivers(const World& world, const ActiveSet& policies, const Precedents& before, Verdict& verdict,
                  Emitter& emitter) {
  Waiving(world, policies, before, {verdict.findings, &verdict.runs, false}, emitter).Run();
}

void ApplyOwnWaivers(const World& world, const ActiveSet& policies, const Precedents& before,
                     std::vector<Diagnostic>& findings, bool complete, Emitter& emitter) {
  Waiving(world, policies, before, {findings, nullptr, complete}, emitter).Run();
}

}  // namespace dpc::policy
