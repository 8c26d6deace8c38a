// Access that one revision has and another has not, as drafts of rows. Private to this folder.
#pragma once

#include <optional>
#include <unordered_map>

#include "ledger/authority.h"
#include "ledger/differences.h"
#include "ledger/entries.h"
#include "ledger/reason.h"
#include "ledger/rows.h"
#include "ledger/stakes.h"

namespace dpc::ledger {

class Gains {
 public:
  // `sort`: Gained, or Lost with the two sides exchanged: then nobody is asked.
  // `different`: the roles of head that are to be looked at; all others gain nothing.
  Gains(const Side& base, const Side& head, const Bench& bench, const Different& different, Sort sort);

  void AddTo(std::vector<Row>& rows);

 private:
  void AddAllAtoms();
  void AddAllEntries();
  bool HasDoor(const std::string& door);
  void AddEntries(const std::vector<Entry>* before, const std::vector<Entry>& now);
  void AddAtom(const Atom& atom);
  void AddTo(const Atom& atom, const Reason& reason, const Stake& stake);
  void AddEntry(const Entry& entry);
  void AddEntry(const Entry& entry, const Stake& stake);
  bool IsNewWay(const Entry& entry);
  const std::vector<Stake>& ReachOf(const Holder& holder);
  std::set<std::string> PeopleOf(const std::string& product) const;
  void Describe(Draft& draft) const;
  void Judge(Draft& draft, const Owner& owner, bool of_environment) const;

  const Side& base_;
  const Side& head_;
  const Bench& bench_;
  Sort sort_;
  Reasons reasons_;
  Stakes stakes_;
  const Different& different_;
  AtomReader head_atoms_;
  std::set<std::string> opened_;  // doors of the base's environments, see Entry::door
  std::set<std::string> doors_;   // of environments of the base: the ways into some role, of those looked at
  std::size_t doors_of_ = 0;      // so many roles of the base were looked at for doors
  Drafts drafts_;

  struct Court {
    Owner owner;
    bool of_environment = false;
  };

  std::map<Draft*, Court> courts_;
  std::unordered_map<const Holder*, std::vector<Stake>> reach_;
};

}  // namespace dpc::ledger
