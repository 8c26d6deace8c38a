#include <algorithm>

#include "base/text.h"
#include "policy/diagnostics.h"
#include "policy/engine.h"

namespace dpc::policy {
namespace {

class Waiving {
 public:
  Waiving(const World& world, const ActiveSet& policies, const ActiveSet* base_policies, Verdict& verdict,
          Emitter& emitter)
      : world_(world),
        m_(world.head().m()),
        policies_(policies),
        base_policies_(base_policies),
        verdict_(verdict),
        emitter_(emitter) {}

  void Run() {
    for (const model::WaiverId id : m_.waivers.All()) {
      if (!m_.waivers[id].poisoned) {
        Apply(m_.waivers[id]);
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
    const Policy* base = base_policies_ == nullptr ? nullptr : FindIn(base_policies_->policies, policy.id);
    if (base != nullptr) {
      policy.waivable = policy.waivable && base->waivable;
      if (base->max_waiver_days) {
        policy.max_waiver_days =
            std::min(policy.max_waiver_days.value_or(*base->max_waiver_days), *base->max_waiver_days);
      }
    }
    return policy;
  }

  std::string_view EntityOf(const model::Waiver& waiver) const { return m_.Text(waiver.entity); }

  // Reports why it does not count; true when it does.
  bool Counts(const model::Waiver& waiver, const Policy& policy) {
    const std::optional<Date> today = world_.today();
    if (!policy.waivable) {
      emitter_.Report(kWaiverRefused, waiver.policy.range, policy.id);
      return false;
    }
    if (!today) {
      emitter_.Report(kWaiverWithoutToday, waiver.until_range, policy.id, EntityOf(waiver));
      return false;
    }
    if (*waiver.until < *today) {
      emitter_.Report(kWaiverEnded, waiver.until_range, policy.id, EntityOf(waiver), waiver.until->ToString());
      return false;
    }
    if (!IsWithinBounds(*waiver.until, policy)) {
      emitter_.Report(kWaiverTooLong, waiver.until_range, policy.id, static_cast<std::size_t>(DaysUntil(*waiver.until)),
                      static_cast<std::size_t>(*policy.max_waiver_days));
      return false;
    }
    if (!IsApproved(waiver, policy)) {
      emitter_.Report(kWaiverNotApproved, waiver.policy.range, policy.id, EntityOf(waiver));
      return false;
    }
    return true;
  }

  // Without a base there is no change that could excuse itself.
  bool IsApproved(const model::Waiver& waiver, const Policy& policy) const {
    return world_.base() == nullptr || IsInBase(waiver, policy) ||
           std::any_of(waiver.approved_by.begin(), waiver.approved_by.end(), [&](model::NameId name) {
             const PullRequest& request = world_.pull_request();
             const std::string_view email = m_.Text(m_.names[name]);
             return email != request.author && IsKnown(email) &&
                    std::find(request.approvals.begin(), request.approvals.end(), email) != request.approvals.end();
           });
  }

  // A member of some team, in the base already: a change cannot bring its own approvers.
  bool IsKnown(std::string_view email) const {
    const Side& base = *world_.base();
    const auto all = base.m().members.All();
    return std::any_of(all.begin(), all.end(), [&](model::MemberId id) {
      return base.m().members[id].active && base.keys().TeamOf(id).has_value() &&
             base.m().Text(base.m().members[id].email) == email;
    });
  }

  // With the same end at least: a longer one is new. One that was too long to count has excused nothing yet.
  bool IsInBase(const model::Waiver& waiver, const Policy& policy) const {
    const model::Model& base = world_.base()->m();
    const auto all = base.waivers.All();
    return std::any_of(all.begin(), all.end(), [&](model::WaiverId id) {
      const model::Waiver& other = base.waivers[id];
      return base.Text(other.policy) == m_.Text(waiver.policy) && base.Text(other.entity) == m_.Text(waiver.entity) &&
             other.until && *waiver.until <= *other.until && IsWithinBounds(*other.until, policy);
    });
  }

  std::int64_t DaysUntil(Date until) const { return until.days_since_epoch() - world_.today()->days_since_epoch(); }

  bool IsWithinBounds(Date until, const Policy& policy) const {
    return !policy.max_waiver_days || DaysUntil(until) <= *policy.max_waiver_days;
  }

  void Apply(const model::Waiver& waiver) {
    const Policy* policy = FindIn(policies_.policies, m_.Text(waiver.policy));
    if (policy == nullptr) {
      if (policies_.sound) {
        emitter_.Report(kUnknownPolicy, waiver.policy.range, m_.Text(waiver.policy));
      }
      return;
    }
    if (!waiver.until || !Counts(waiver, WithBoundsOfBase(*policy))) {
      return;
    }
    bool used = false;
    for (Diagnostic& finding : verdict_.findings) {
      if (finding.policy == policy->id && finding.info.code == kPolicyFinding.info.code &&
          finding.entity == EntityOf(waiver)) {
        finding.suppression = "waived until " + waiver.until->ToString() + ": " + Printable(m_.Text(waiver.reason));
        finding.labels.push_back({waiver.policy.range, "waived here"});
        used = true;
      }
    }
    if (!used && HasJudged(*policy)) {
      ReportUnused(waiver, *policy);
    }
  }

  bool HasJudged(const Policy& policy) const {
    return std::any_of(verdict_.runs.begin(), verdict_.runs.end(),
                       [&](const PolicyRun& run) { return run.id == policy.id && run.state == RunState::Ran; });
  }

  // An entity that the policy found something about, and that may be meant: often only its kind is missing.
  std::string FoundNear(std::string_view entity, const Policy& policy) const {
    std::vector<std::string_view> found;
    for (const Diagnostic& finding : verdict_.findings) {
      if (finding.policy == policy.id && finding.suppression.empty()) {
        const std::string_view key = finding.entity;
        if (key.substr(key.find(':') + 1) == entity) {
          return std::string(key);
        }
        found.push_back(key);
      }
    }
    return world_.head().keys().Find(entity) ? "" : NearestName(entity, found).value_or("");
  }

  void ReportUnused(const model::Waiver& waiver, const Policy& policy) {
    auto builder = emitter_.Report(kWaiverUnused, waiver.entity.range, policy.id, EntityOf(waiver));
    if (const std::string near = FoundNear(EntityOf(waiver), policy); !near.empty()) {
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
  const ActiveSet* base_policies_;
  Verdict& verdict_;
  Emitter& emitter_;
};

}  // namespace

void ApplyWaivers(const World& world, const ActiveSet& policies, const ActiveSet* base_policies, Verdict& verdict,
                  Emitter& emitter) {
  Waiving(world, policies, base_policies, verdict, emitter).Run();
}

}  // namespace dpc::policy
