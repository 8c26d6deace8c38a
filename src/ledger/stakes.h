// Whose data an atom of head touches, by what the base knows of the place. Private to this folder.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/atoms.h"
#include "ledger/authority.h"
#include "ledger/entries.h"

namespace dpc::ledger {

// Data of one owner, as the base knows it, and head where the base does not.
struct Stake {
  Owner owner;
  model::Classification classification = model::Classification::Unset;
  std::set<std::string> data;
  bool needs_nobody = false;
};

// Confidential and above.
inline bool IsGuarded(model::Classification classification) {
  return classification >= model::Classification::Confidential;
}

inline void Raise(model::Classification& into, model::Classification found) {
  into = std::max(into, found);
}

// The stake of this owner among `stakes`, made when there is none.
Stake& StakeOf(std::vector<Stake>& stakes, Owner owner);

class Stakes {
 public:
  Stakes(const Side& base, const Side& head, const Bench& bench);

  // The same role could do all of it in the base.
  bool Covers(const Atom& atom) const;

  const Entries& entries() const { return entries_; }  // of the base

  const Entries& head_entries() const { return head_entries_; }

  // Never empty. `all`: also what is the holder's own, and what everybody might read already: where somebody else comes
  // into the role, or an environment gives it, these are at stake like others.
  std::vector<Stake> Of(const Atom& atom, bool all) const;

  // The owner of a product of head, as the base has it.
  Owner OwnerInBase(model::ProductId head_product) const;

 private:
  void AddPlace(const Atom& atom, std::string_view place, bool all, std::vector<Stake>& stakes) const;
  void AddServices(const Atom& atom, bool all, std::vector<Stake>& stakes) const;
  Stake OfNew(const Atom& atom) const;
  bool IsOwn(const Atom& atom, model::ProductId base_product) const;
  bool IsRenamed(const Atom& atom, model::ProductId base_product) const;
  bool SamePeople(const Holder& before, const Holder& now) const;
  bool WasRead(const Atom& atom, const access::Grant& grant, model::Classification classification) const;
  model::Classification ClassBehind(model::PortId port) const;
  bool IsHarmless(const Atom& atom) const;
  bool IsOpen(const Atom& atom, const Stake& stake) const;
  model::PortId PortInBase(const Atom& atom) const;
  bool HoldsInBase(model::PortId port, std::string_view place) const;

  const Side& base_;
  const Side& head_;
  const Bench& bench_;
  using ServicePlaces = std::map<std::string, model::ProductId, std::less<>>;

  const ServicePlaces& Services() const;

  mutable AtomReader base_atoms_;
  mutable std::unordered_map<const Holder*, Held> held_;  // of roles of the base that were asked for
  Entries entries_;
  Entries head_entries_;
  // What products of the base got for themselves alone: by place, whose. Made when first asked for.
  mutable std::optional<ServicePlaces> services_;
};

}  // namespace dpc::ledger
