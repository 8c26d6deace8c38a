// Access that one revision has and another has not, as drafts of rows. Private to this folder.
#pragma once

#include <optional>
#include <unordered_map>

#include "ledger/authority.h"
#include "ledger/entries.h"
#include "ledger/reason.h"
#include "ledger/rows.h"

namespace dpc::ledger {

// Data of one owner, as the base knows it, and head where the base does not.
struct Stake {
  Owner owner;
  model::Classification classification = model::Classification::Unset;
  std::set<std::string> data;
  bool needs_nobody = false;
};

class Gains {
 public:
  // `sort`: Gained, or Lost with the two sides exchanged: then nobody is asked.
  Gains(const Side& base, const Side& head, const Bench& bench, Sort sort);

  void AddTo(std::vector<Row>& rows);

 private:
  void AddEntries(const std::vector<Entry>* before, const std::vector<Entry>& now);
  void AddAtom(const Atom& atom);
  void AddTo(const Atom& atom, const Reason& reason, const Stake& stake);
  void AddEntry(const Entry& entry);
  void AddEntry(const Entry& entry, const Stake& stake);
  // Who owns what lies there, apart from the holder itself unless `mine` too.
  std::vector<Stake> StakesOf(const Atom& atom, bool mine) const;
  void AddServices(const Atom& atom, bool mine, std::vector<Stake>& stakes) const;
  bool IsNewWay(const Entry& entry) const;
  Stake StakeOfNew(const Atom& atom) const;
  model::Classification ClassBehind(model::PortId port) const;
  bool WasRead(const Atom& atom, const access::Grant& grant, model::Classification classification) const;
  bool IsRenamed(const Atom& atom, model::ProductId product) const;
  bool IsHarmless(const Atom& atom) const;
  bool HoldsInBase(model::PortId port, std::string_view place) const;
  bool IsOpen(const Atom& atom, const Stake& stake) const;
  const std::vector<Stake>& ReachOf(const Holder& holder);
  Owner OwnerInBase(model::ProductId head_product) const;
  std::set<std::string> PeopleOf(const std::string& product) const;
  void Describe(Draft& draft) const;
  void Judge(Draft& draft, const Owner& owner, bool of_environment) const;

  const Side& base_;
  const Side& head_;
  const Bench& bench_;
  Sort sort_;
  Reasons reasons_;
  std::vector<Atom> atoms_;
  std::optional<Held> held_;  // what the base has
  // What products of the base got for themselves alone: by place, whose.
  std::map<std::string, model::ProductId, std::less<>> services_;
  std::set<std::string> opened_;  // doors of the base's environments, see Entry::door
  std::set<std::string> doors_;   // of environments of the base: the ways into some role
  Drafts drafts_;

  struct Court {
    Owner owner;
    bool of_environment = false;
  };

  std::map<Draft*, Court> courts_;
  std::unordered_map<const Holder*, std::vector<Stake>> reach_;
  std::unordered_map<const Holder*, std::vector<const Atom*>> by_holder_;
};

}  // namespace dpc::ledger
