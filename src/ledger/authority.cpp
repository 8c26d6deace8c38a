#include "ledger/authority.h"

#include <algorithm>

#include "base/text.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

std::set<std::string> SetOf(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

// In a repository without a governance team: the owners of all teams that somebody is not in.
std::set<std::string> OwnersOfOthers(const Side& base, const std::string& somebody) {
  std::set<std::string> owners;
  for (const model::TeamId id : base.m().teams.All()) {
    const Owner team = base.OwnerOf(id);
    if (!std::binary_search(team.members.begin(), team.members.end(), somebody)) {
      owners.insert(team.leads.begin(), team.leads.end());
    }
  }
  return owners;
}

}  // namespace

Bench::Bench(const Side& base, const Evidence& evidence)
    : team_(model::GovernanceTeam(base.m())), author_(LowerCase(evidence.author)) {
  for (const std::string& email : evidence.approvals) {
    approvals_.insert(LowerCase(email));
  }
  const model::TeamId team = base.Team(team_);
  has_team_ = team.has_value();
  if (has_team_) {
    governance_ = SetOf(base.OwnerOf(team).members);
  } else {
    stand_ins_ = OwnersOfOthers(base, author_);
  }
}

std::string Bench::GovernanceText() const {
  return "a member of `" + Printable(team_) + "`" + (has_team_ && governance_.empty() ? " (it has none)" : "");
}

std::string Bench::StandInText() const {
  return has_team_ ? GovernanceText()
                   : "an owner of another team than the author's (no team `" + Printable(team_) + "` is declared)";
}

Authority Bench::Count(const std::set<std::string>& leads, const std::set<std::string>& all, unsigned needed,
                       const std::set<std::string>& gaining) const {
  Authority authority;
  authority.needed = needed;
  for (const std::string& email : approvals_) {
    const bool leader = leads.contains(email);
    const bool counts = leader || (needed > 1 && all.contains(email));
    if (counts && email != author_ && !gaining.contains(email)) {
      authority.counted.push_back(email);
      authority.led = authority.led || leader;
    }
  }
  authority.given = static_cast<unsigned>(authority.counted.size());
  std::set<std::string> eligible = leads;
  if (needed > 1) {
    eligible.insert(all.begin(), all.end());
  }
  eligible.erase(author_);
  for (const std::string& email : gaining) {
    eligible.erase(email);
  }
  authority.eligible = static_cast<unsigned>(eligible.size());
  for (const std::string& email : leads) {
    if (email != author_ && !gaining.contains(email)) {
      authority.owners.push_back(email);
    }
  }
  return authority;
}

Authority Bench::Owners(const Owner& owner, unsigned needed, const std::set<std::string>& gaining) const {
  std::set<std::string> leads = SetOf(owner.leads);
  const bool nobodys = owner.names.empty();
  const std::set<std::string>& others = nobodys ? Governors() : governance_;
  leads.insert(others.begin(), others.end());
  Authority authority = Count(leads, SetOf(owner.members), needed, gaining);
  std::vector<std::string> people;
  std::erase_if(authority.owners, [&](const std::string& email) {
    return !std::binary_search(owner.leads.begin(), owner.leads.end(), email);
  });
  for (const std::string& email : authority.owners) {
    people.push_back("`" + Printable(email) + "`");
  }
  std::string could = needed > 1 ? "two people, members of " : "an owner: ";
  could += nobodys ? "nobody (it has no owner)" : owner.name();
  could += people.empty() ? "" : " (" + Join(people, ", ") + ")";
  authority.could = could + (nobodys || has_team_ ? ", or " + StandInText() : "");
  return authority;
}

Authority Bench::Environment(const Side& base, const std::string& name, unsigned needed, const Owner& affected) const {
  const model::EnvironmentId id = base.Environment(name);
  const model::TeamId team =
      id.has_value() ? base.Team(base.m().Text(base.m().environments[id].owner)) : model::TeamId::None();
  if (!team.has_value()) {
    return Governance(needed, affected);
  }
  Owner owner = base.OwnerOf(team);
  Owner all = owner;
  Merge(all, affected);
  owner.members = all.members;
  return Owners(owner, needed);
}

Authority Bench::Governance(unsigned needed, const Owner& affected) const {
  Authority authority = Count(Governors(), SetOf(affected.members), needed, {});
  authority.owners.clear();
  authority.could = needed > 1 ? "two people: " + StandInText() + ", and another one" +
                                     (affected.name().empty() ? "" : " or somebody of " + affected.name())
                               : StandInText();
  return authority;
}

}  // namespace dpc::ledger
