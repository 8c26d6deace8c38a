#include <algorithm>

#include "policy/diagnostics.h"
#include "policy/engine.h"

namespace dpc::policy {
namespace {

class Waiving {
 public:
  Waiving(const World& world, const std::vector<ActivePolicy>& policies, Verdict& verdict, Emitter& emitter)
      : world_(world), m_(world.head().m()), policies_(policies), verdict_(verdict), emitter_(emitter) {}

  void Run() {
    for (const model::WaiverId id : m_.waivers.All()) {
      if (!m_.waivers[id].poisoned) {
        Apply(m_.waivers[id]);
      }
    }
  }

 private:
  const Policy* PolicyOf(const model::Waiver& waiver) const {
    const auto found = std::find_if(policies_.begin(), policies_.end(), [&](const ActivePolicy& active) {
      return active.policy.id == m_.Text(waiver.policy);
    });
    return found == policies_.end() ? nullptr : &found->policy;
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
    const std::int64_t days = waiver.until->days_since_epoch() - today->days_since_epoch();
    if (policy.max_waiver_days && days > *policy.max_waiver_days) {
      emitter_.Report(kWaiverTooLong, waiver.until_range, policy.id, static_cast<std::size_t>(days),
                      static_cast<std::size_t>(*policy.max_waiver_days));
      return false;
    }
    if (!IsApproved(waiver)) {
      emitter_.Report(kWaiverNotApproved, waiver.policy.range, policy.id, EntityOf(waiver));
      return false;
    }
    return true;
  }

  // Without a base there is no change that could excuse itself.
  bool IsApproved(const model::Waiver& waiver) const {
    return world_.base() == nullptr || IsInBase(waiver) ||
           std::any_of(waiver.approved_by.begin(), waiver.approved_by.end(), [&](model::NameId name) {
             const PullRequest& request = world_.pull_request();
             const std::string_view email = m_.Text(m_.names[name]);
             return email != request.author &&
                    std::find(request.approvals.begin(), request.approvals.end(), email) != request.approvals.end();
           });
  }

  // With the same end at least: a longer one is new.
  bool IsInBase(const model::Waiver& waiver) const {
    const model::Model& base = world_.base()->m();
    const auto all = base.waivers.All();
    return std::any_of(all.begin(), all.end(), [&](model::WaiverId id) {
      const model::Waiver& other = base.waivers[id];
      return base.Text(other.policy) == m_.Text(waiver.policy) && base.Text(other.entity) == m_.Text(waiver.entity) &&
             other.until && *waiver.until <= *other.until;
    });
  }

  void Apply(const model::Waiver& waiver) {
    const Policy* policy = PolicyOf(waiver);
    if (policy == nullptr) {
      emitter_.Report(kUnknownPolicy, waiver.policy.range, m_.Text(waiver.policy));
      return;
    }
    if (!waiver.until || !Counts(waiver, *policy)) {
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

  void ReportUnused(const model::Waiver& waiver, const Policy& policy) {
    auto builder = emitter_.Report(kWaiverUnused, waiver.entity.range, policy.id, EntityOf(waiver));
    if (!world_.head().keys().Find(EntityOf(waiver))) {
      builder.Hint("this repository has no such entity: findings name theirs, `dpc check --format json` shows it");
    } else {
      builder.Hint("delete the waiver");
    }
  }

  const World& world_;
  const model::Model& m_;
  const std::vector<ActivePolicy>& policies_;
  Verdict& verdict_;
  Emitter& emitter_;
};

}  // namespace

void ApplyWaivers(const World& world, const std::vector<ActivePolicy>& policies, Verdict& verdict, Emitter& emitter) {
  Waiving(world, policies, verdict, emitter).Run();
}

}  // namespace dpc::policy
