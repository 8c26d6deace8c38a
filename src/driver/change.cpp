#include "driver/change.h"

#include "base/text.h"

namespace dpc::driver {
namespace {

std::string TextOf(const policy::ParameterValue& value) {
  return value.is_list ? "[" + Join(value.values, ", ") + "]" : Join(value.values, "");
}

// What tells one version of a policy from another, beside what stands by itself in a rule.
std::string TextOf(const policy::Policy& policy) {
  std::string text = policy.table + "\n" + policy.at + "\n" + policy.sql;
  text += policy.needs_base ? "\nbase" : "";
  text += policy.needs_approvals ? "\napprovals" : "";
  return text + (policy.needs_today ? "\ntoday" : "");
}

ledger::Rule RuleOf(const policy::ActivePolicy& active) {
  ledger::Rule rule;
  rule.id = active.policy.id;
  rule.text = TextOf(active.policy);
  rule.severity = static_cast<int>(active.severity);
  rule.disabled = active.disabled;
  rule.waivable = active.policy.waivable;
  rule.max_waiver_days = active.policy.max_waiver_days;
  rule.enforce_from = active.enforce_from;
  for (const auto& [name, value] : active.parameters) {
    rule.parameters.emplace_back(name, TextOf(value));
  }
  rule.range = active.disabled ? active.disabled_range : active.policy.range;
  return rule;
}

ledger::Rule RuleOf(const policy::OwnRule& own) {
  ledger::Rule rule;
  rule.id = own.code;
  rule.severity = static_cast<int>(own.severity);
  rule.waivable = true;
  rule.enforce_from = own.enforce_from;
  rule.range = own.range;
  return rule;
}

// Errors in them have been reported, or are those of a base, which nobody can mend here.
ledger::Revision RevisionOf(const Compilation& c, const resolve::Keys& keys) {
  DiagnosticList said;
  Emitter emitter(said);
  ledger::Revision revision{c.model, c.resolved, c.sources, keys, {}};
  const policy::ActiveSet set = ReadPolicies(c, emitter);
  for (const policy::ActivePolicy& active : set.policies) {
    revision.rules.push_back(RuleOf(active));
  }
  for (const policy::OwnRule& own : set.own) {
    revision.rules.push_back(RuleOf(own));
  }
  return revision;
}

}  // namespace

ledger::Ledger LedgerOf(const Compilation& head, const Compilation& base, const policy::PullRequest& request) {
  const resolve::Keys base_keys(base.model, base.resolved);
  const resolve::Keys head_keys(head.model, head.resolved);
  return ledger::Compare(RevisionOf(base, base_keys), RevisionOf(head, head_keys),
                         {request.known, request.author, request.approvals}, head.today);
}

}  // namespace dpc::driver
