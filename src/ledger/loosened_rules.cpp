// Of approvers, consent, policies and waivers.
#include <algorithm>
#include <functional>
#include <unordered_map>

#include "base/text.h"
#include "ledger/loosenings.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

std::string DayText(const std::optional<Date>& day) {
  return day ? day->ToString() : "";
}

// Where there are not as many people as needed, all of them will do: else nobody could ever change who approves.
Authority AsManyAsThereAre(unsigned needed, const std::function<Authority(unsigned needed)>& judge) {
  return judge(std::min(needed, std::max(judge(needed).eligible, 1U)));
}

// In how far `now` judges less than `before`; "" when it does not.
std::string Loosening(const Rule& before, const Rule* now) {
  if (now == nullptr) {
    return "gone";
  }
  if (now->disabled) {
    return "disabled";
  }
  if (now->severity > before.severity) {
    return "of a lower severity";
  }
  if (now->enforce_from && (!before.enforce_from || *before.enforce_from < *now->enforce_from)) {
    return "enforced later";
  }
  if (now->waivable && !before.waivable) {
    return "open to waivers";
  }
  if (before.max_waiver_days && (!now->max_waiver_days || *now->max_waiver_days > *before.max_waiver_days)) {
    return "open to longer waivers";
  }
  if (now->parameters != before.parameters) {
    return "asked with other parameters";
  }
  return now->text == before.text ? "" : "another one";
}

std::vector<std::string> ListOf(const Side& side, const model::Names& names) {
  std::vector<std::string> list;
  for (const model::NameId id : names) {
    list.push_back(side.Text(side.m().names[id]));
  }
  std::sort(list.begin(), list.end());
  return list;
}

// No finding is waived that was not: without a list, all are.
bool IsWithin(const Side& now, const model::Names& findings, const Side& before, const model::Names& known) {
  const std::vector<std::string> wide = ListOf(before, known);
  const std::vector<std::string> list = ListOf(now, findings);
  return wide.empty() || (!list.empty() && std::includes(wide.begin(), wide.end(), list.begin(), list.end()));
}

std::string ParametersText(const Rule& rule) {
  std::string text;
  for (const auto& [name, value] : rule.parameters) {
    text += (text.empty() ? "" : ", ") + name + ": " + value;
  }
  return text;
}

}  // namespace

void Loosenings::Rules() {
  std::map<std::string, const Rule*> now;
  for (const Rule& rule : head_.revision().rules) {
    now[rule.id] = &rule;
  }
  // What one line does to many policies is one row.
  std::map<std::string, std::vector<const Rule*>> by_loosening;
  for (const Rule& rule : base_.revision().rules) {
    const auto found = now.find(rule.id);
    const std::string how = rule.disabled ? "" : Loosening(rule, found == now.end() ? nullptr : found->second);
    if (!how.empty()) {
      by_loosening[how].push_back(&rule);
    }
  }
  for (const auto& [how, rules] : by_loosening) {
    std::set<std::string> names;
    std::string before;
    std::string after;
    Range range;
    for (const Rule* rule : rules) {
      names.insert(rule->id);
      const auto found = now.find(rule->id);
      before += rule->id + " " + ParametersText(*rule) + "\n";
      after += found == now.end() ? "" : found->second->id + " " + ParametersText(*found->second) + "\n";
      range = found == now.end() ? range : found->second->range;
    }
    Add({"policy", std::string(head_.revision().keys.OfWorkspace()), "/policies", range,
         std::string(base_.revision().keys.OfWorkspace()), rules.front()->range,
         (names.size() == 1 ? "policy " : "policies ") + SomeOf(names) + (names.size() == 1 ? " is " : " are ") + how,
         before, how + "\n" + after},
        bench_.Governance(1));
  }
}

void Loosenings::Waivers() {
  for (const model::WaiverId id : head_.m().waivers.All()) {
    const model::Waiver& row = head_.m().waivers[id];
    const auto all = base_.m().waivers.All();
    const bool known = std::any_of(all.begin(), all.end(), [&](model::WaiverId other) {
      const model::Waiver& was = base_.m().waivers[other];
      if (!IsWithin(head_, row.findings, base_, was.findings)) {
        return false;
      }
      return base_.Text(was.policy) == head_.Text(row.policy) && base_.Text(was.entity) == head_.Text(row.entity) &&
             was.until && row.until && *row.until <= *was.until;
    });
    const bool over = row.until && head_.today() && *row.until < *head_.today();
    if (known || over || row.poisoned) {
      continue;
    }
    Add({"waiver",
         std::string(head_.revision().keys.Of(id)),
         "",
         row.policy.range,
         "",
         {},
         "policy " + Quoted(head_.Text(row.policy)) + " is waived for " + Quoted(head_.Text(row.entity)) + " until " +
             DayText(row.until),
         "",
         head_.Text(row.policy) + " " + head_.Text(row.entity) + " " + DayText(row.until)},
        bench_.Governance(1));
  }
}

// The highest class of what each team of the base owns.
std::vector<model::Classification> Loosenings::ClassesOfTeams() const {
  std::vector<model::Classification> classes(base_.m().teams.size(), model::Classification::Unset);
  for (const model::ProductId product : base_.m().products.All()) {
    if (const model::TeamId team = base_.r().product_owner[product.index()]; team.has_value()) {
      classes[team.index()] = std::max(classes[team.index()], ClassOf(product));
    }
  }
  return classes;
}

// Whoever may approve from now on.
void Loosenings::Teams() {
  const std::vector<model::Classification> classes = ClassesOfTeams();
  const std::string governance = bench_.governance_team();
  const model::TeamId there = head_.Team(model::GovernanceTeam(head_.m()));
  if (bench_.has_governance() && (!there.has_value() || head_.OwnerOf(there).members.empty())) {
    const model::TeamId before = base_.Team(governance);
    Add({"approver",
         "",
         "",
         {},
         std::string(base_.revision().keys.Of(before)),
         base_.m().teams[before].name.range,
         "nobody governs any more: team " + Quoted(governance) + " is gone, or has no member",
         governance,
         ""},
        AsManyAsThereAre(2, [&](unsigned needed) { return bench_.Governance(needed, base_.OwnerOf(before)); }));
  }
  for (const model::TeamId id : head_.m().teams.All()) {
    const model::Team& row = head_.m().teams[id];
    const std::string name = head_.Text(row.name);
    const bool governs = name == governance;
    const model::TeamId before = base_.Team(name);
    if (!before.has_value() && !governs) {
      continue;  // it owns nothing yet
    }
    const Owner was = before.has_value() ? base_.OwnerOf(before) : Owner();
    const Owner now = head_.OwnerOf(id);
    const model::Classification highest = before.has_value() ? classes[before.index()] : model::Classification::Unset;
    const bool counts_two = governs || highest >= model::Classification::Confidential;
    Leaving(id, was, now, governs);
    for (const model::MemberId member : row.members) {
      const std::string email = LowerCase(head_.Text(head_.m().members[member].email));
      const auto in = [&](const std::vector<std::string>& list) {
        return std::binary_search(list.begin(), list.end(), email);
      };
      const bool leads = in(now.leads) && !in(was.leads);
      const bool counts = counts_two && in(now.members) && !in(was.members);
      if (!leads && !counts) {
        continue;
      }
      Add({"approver", std::string(head_.revision().keys.Of(member)), "", head_.m().members[member].email.range,
           before.has_value() ? std::string(base_.revision().keys.Of(before)) : "",
           before.has_value() ? base_.m().teams[before].name.range : Range(),
           Quoted(email) + " may approve for team " + Quoted(name), "", email},
          AsManyAsThereAre(counts_two ? 2 : 1,
                           [&](unsigned needed) {
                             return governs ? bench_.Governance(needed, was) : bench_.Owners(was, needed, {email});
                           }),
          highest);
    }
  }
}

// Where those who may approve become fewer, fewer have to.
void Loosenings::Leaving(model::TeamId team, const Owner& was, const Owner& now, bool governs) {
  const std::vector<std::string>& before = governs ? was.members : was.leads;
  const std::vector<std::string>& after = governs ? now.members : now.leads;
  for (const std::string& email : before) {
    if (!std::binary_search(after.begin(), after.end(), email)) {
      const std::string name = head_.Text(head_.m().teams[team].name);
      Add({"approver", std::string(head_.revision().keys.Of(team)), "", head_.m().teams[team].name.range,
           std::string(base_.revision().keys.Of(base_.Team(name))), base_.m().teams[base_.Team(name)].name.range,
           Quoted(email) + " may approve no more for team " + Quoted(name), email, ""},
          governs ? bench_.Governance(1) : bench_.Owners(was, 1));
    }
  }
}

// Word for word: then `terms`, below, says the same of both.
bool Loosenings::HaveSameTerms(model::AgreementId base, model::AgreementId head) const {
  const model::Agreement& before = base_.m().agreements[base];
  const model::Agreement& now = head_.m().agreements[head];
  return base_.m().Text(before.purpose) == head_.m().Text(now.purpose) && before.break_glass == now.break_glass &&
         before.reassess == now.reassess &&
         std::equal(before.approved_by.begin(), before.approved_by.end(), now.approved_by.begin(),
                    now.approved_by.end(), [&](model::NameId was, model::NameId is) {
                      return base_.m().Text(base_.m().names[was]) == head_.m().Text(head_.m().names[is]);
                    });
}

// Consent is to what it was given for. What lengthens or widens it is access gained.
void Loosenings::Agreements() {
  std::unordered_map<std::string, model::AgreementId> before;
  const auto name = [](const Side& side, model::AgreementId id) {
    const model::Agreement& row = side.m().agreements[id];
    const model::PortId port = side.r().agreement_port[id.index()];
    return (port.has_value() ? side.Label(port) : side.Text(row.port)) + ">" + side.Text(row.consumer) + " " +
           DayText(row.from);
  };
  for (const model::AgreementId id : base_.m().agreements.All()) {
    before[name(base_, id)] = id;
  }
  const auto terms = [](const Side& side, const model::Agreement& row) {
    std::string text = side.Text(row.purpose) + (row.break_glass ? " (emergency)" : "");
    std::vector<std::string> approvers;
    for (const model::NameId id : row.approved_by) {
      approvers.push_back(LowerCase(side.Text(side.m().names[id])));
    }
    std::sort(approvers.begin(), approvers.end());
    return text + "; " + Join(approvers, ", ") + "; " + DayText(row.reassess);
  };
  for (const model::AgreementId id : head_.m().agreements.All()) {
    const auto found = before.find(name(head_, id));
    if (found == before.end() || HaveSameTerms(found->second, id)) {
      continue;
    }
    const model::Agreement& row = head_.m().agreements[id];
    const model::PortId port = base_.r().agreement_port[found->second.index()];
    const bool over = row.until && head_.today() && *row.until < *head_.today();
    if (!port.has_value() || over) {
      continue;
    }
    const std::string was = terms(base_, base_.m().agreements[found->second]);
    const std::string now = terms(head_, row);
    if (was != now) {
      Add({"consent", std::string(head_.revision().keys.Of(id)), "", row.range,
           std::string(base_.revision().keys.Of(found->second)), base_.m().agreements[found->second].range,
           "the agreement on " + Quoted(model::PortLabel(base_.m(), port)) + " with " +
               Quoted(head_.Text(row.consumer)) + " says something else about its purpose, its approvers or its review",
           was, now},
          bench_.Owners(base_.OwnerOf(port), 1), base_.ClassOf(port));
    }
  }
}

}  // namespace dpc::ledger
