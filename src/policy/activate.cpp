// Policies under the settings of `dpc.yaml`.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "model/settings.h"
#include "policy/diagnostics.h"
#include "policy/engine.h"
#include "policy/own.h"

namespace dpc::policy {
namespace {

class Activation {
 public:
  Activation(const PolicySet& set, const model::Model& model, Emitter& emitter)
      : m_(model), settings_(model.workspace.policies), sound_(set.sound), emitter_(emitter) {
    for (const Policy& policy : set.policies) {
      active_.push_back({policy, policy.severity, std::nullopt, false, policy.parameters, {}});
      NameGovernance(active_.back());
    }
  }

  ActiveSet Run() {
    for (const model::NameId name : settings_.disabled) {
      Disable(m_.names[name]);
    }
    EnforceAllFrom();
    for (const model::SettingId id : settings_.severity) {
      const model::Setting& row = m_.settings[id];
      const auto severity = SeverityOf(m_.Text(row.value));
      if (IsCode(m_.Text(row.key))) {
        SetOwn(row.key, severity, std::nullopt);
      } else if (ActivePolicy* policy = Find(row.key)) {
        policy->severity = severity.value_or(policy->severity);
      }
    }
    for (const model::SettingId id : settings_.enforce_from) {
      const model::Setting& row = m_.settings[id];
      const auto day = Date::Parse(m_.Text(row.value));
      if (IsCode(m_.Text(row.key))) {
        SetOwn(row.key, std::nullopt, day);
      } else if (m_.Text(row.key) == kAllPolicies) {
        continue;
      } else if (ActivePolicy* policy = Find(row.key)) {
        policy->enforce_from = day;
      }
    }
    for (const model::ParameterId id : settings_.parameters) {
      SetParameter(m_.parameters[id]);
    }
    ActiveSet set{std::move(active_), sound_, {}};
    for (auto& [code, rule] : own_) {
      set.own.push_back(std::move(rule));
    }
    return set;
  }

 private:
  static constexpr std::string_view kAllPolicies = "*";

  // `"*"`: every policy that has no day of its own.
  void EnforceAllFrom() {
    for (const model::SettingId id : settings_.enforce_from) {
      if (m_.Text(m_.settings[id].key) == kAllPolicies) {
        for (ActivePolicy& active : active_) {
          active.enforce_from = Date::Parse(m_.Text(m_.settings[id].value));
        }
      }
    }
  }

  // Of a code there may be a severity, a day, or both.
  void SetOwn(const model::Name& key, std::optional<Severity> severity, std::optional<Date> day) {
    const std::string code(m_.Text(key));
    const auto rule = OwnRuleOf(code, key.range, severity, day, emitter_);
    if (!rule) {
      return;
    }
    const auto [known, added] = own_.try_emplace(code, *rule);
    if (!added) {
      known->second.enforce_from = day ? day : known->second.enforce_from;
    }
  }

  // The governance team is named once, for all policies that ask for it; a policy's own parameter comes after.
  void NameGovernance(ActivePolicy& active) const {
    for (auto& [name, value] : active.parameters) {
      if (name == "governance_team" && value.is_text && !value.is_list) {
        value.values = {std::string(model::GovernanceTeam(m_))};
      }
    }
  }

  // Reports an unknown one, unless it may be one of those that could not be read.
  ActivePolicy* Find(const model::Name& name) {
    const std::string_view id = m_.Text(name);
    const auto found = std::find_if(active_.begin(), active_.end(),
                                    [&](const ActivePolicy& active) { return active.policy.id == id; });
    if (found != active_.end()) {
      return &*found;
    }
    // Once is enough, however often it is named.
    if (sound_ && unknown_.insert(std::string(id)).second) {
      std::vector<std::string_view> known;
      for (const ActivePolicy& active : active_) {
        known.push_back(active.policy.id);
      }
      auto builder = emitter_.Report(kUnknownPolicy, name.range, id);
      const auto near = NearestName(id, known);
      builder.Hint(near ? "did you mean `" + *near + "`?" : "`dpc policy list` names them");
    }
    return nullptr;
  }

  void Disable(const model::Name& name) {
    if (ActivePolicy* policy = Find(name)) {
      policy->disabled = true;
      policy->disabled_range = name.range;
      emitter_.Report(kPolicyDisabled, name.range, policy->policy.id);
    }
  }

  void SetParameter(const model::Parameter& row) {
    ActivePolicy* policy = Find(row.policy);
    if (policy == nullptr) {
      return;
    }
    const std::string_view name = m_.Text(row.name);
    auto& parameters = policy->parameters;
    const auto found =
        std::find_if(parameters.begin(), parameters.end(), [&](const auto& p) { return p.first == name; });
    if (found == parameters.end()) {
      ReportUnknown(policy->policy, row.name);
      return;
    }
    ParameterValue value{row.is_list, row.is_text, {}};
    for (const model::NameId id : row.values) {
      value.values.emplace_back(m_.Text(m_.names[id]));
    }
    if (!Fits(value, found->second)) {
      emitter_.Report(kParameterType, row.name.range, policy->policy.id, name, SortOf(found->second))
          .Hint("like `" + std::string(name) + ": " + Written(found->second) + "`, which it is by default");
      return;
    }
    found->second = std::move(value);
  }

  void ReportUnknown(const Policy& policy, const model::Name& name) {
    std::string known;
    std::vector<std::string_view> names;
    for (const auto& [parameter, value] : policy.parameters) {
      names.push_back(parameter);
      known += (known.empty() ? ": it has `" : ", `") + parameter + "`";
    }
    auto report = emitter_.Report(kUnknownParameter, name.range, policy.id, m_.Text(name), known);
    const auto near = NearestName(m_.Text(name), names);
    report.Hint(near ? "did you mean `" + *near + "`?" : "take it out");
  }

  const model::Model& m_;
  const model::PolicySettings& settings_;
  bool sound_;
  Emitter& emitter_;
  std::set<std::string> unknown_;
  std::map<std::string, OwnRule> own_;
  std::vector<ActivePolicy> active_;
};

}  // namespace

ActiveSet Activate(const PolicySet& set, const model::Model& model, Emitter& emitter) {
  return Activation(set, model, emitter).Run();
}

}  // namespace dpc::policy
