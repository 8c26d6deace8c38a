// Who may allow a row, and who has. From the base alone. Private to this folder.
#pragma once

#include <set>
#include <string>

#include "ledger/side.h"

namespace dpc::ledger {

class Bench {
 public:
  Bench(const Side& base, const Evidence& evidence);

  // The owners of data, or of a product. `needed` above one: members of theirs count as well, once an owner or
  // governance is among them. `gaining`: people who would gain, and do not count; lower case.
  Authority Owners(const Owner& owner, unsigned needed, const std::set<std::string>& gaining = {}) const;
  // The governance team; `affected` counts besides when more than one is needed.
  Authority Governance(unsigned needed, const Owner& affected = {}) const;
  // What an environment says: its owner, or governance.
  Authority Environment(const Side& base, const std::string& name, unsigned needed, const Owner& affected = {}) const;

  // It takes nobody's leave.
  static Authority Nobody() { return {}; }

  // Lower case.
  bool IsGovernance(const std::string& email) const { return governance_.contains(email); }

  const std::string& governance_team() const { return team_; }

  bool has_governance() const { return has_team_; }

 private:
  Authority Count(const std::set<std::string>& leads, const std::set<std::string>& all, unsigned needed,
                  const std::set<std::string>& gaining) const;

  // Who leads for what nobody owns: governance, or those who stand in for it.
  const std::set<std::string>& Governors() const { return has_team_ ? governance_ : stand_ins_; }

  std::string GovernanceText() const;
  std::string StandInText() const;

  std::string team_;
  bool has_team_ = false;
  std::set<std::string> governance_;  // its members
  std::set<std::string>
      stand_ins_;  // of a repository that declares no such team: owners of teams that the author is not in
  std::string author_;
  std::set<std::string> approvals_;
};

}  // namespace dpc::ledger
