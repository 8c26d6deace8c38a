// By which declaration an atom is new: the first link of its chain that the other revision has not. Private to this
// folder.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ledger/atoms.h"

namespace dpc::ledger {

struct Reason {
  std::string entity;  // key of the declaration, in the revision of the atom
  std::string at;
  Range range;
  bool of_environment = false;  // an environment or the workspace, for all products at once
};

class Reasons {
 public:
  // `side` has the atoms, `other` lacks them.
  Reasons(const Side& side, const Side& other) : side_(side), other_(other) {}

  Reason Of(const Atom& atom) const;

 private:
  bool IsEnvironmentNew(const Holder& holder) const;
  bool IsMovedByEnvironment(const resolve::Placement& placement, const Atom& atom) const;
  bool IsNewlyListed(const resolve::Placement& placement, const Atom& atom) const;
  bool ReadsFrom(model::EnvironmentId environment, std::string_view name) const;
  bool HasAgreement(const access::Cause& cause, const Atom& atom) const;
  bool HasInput(const Holder& holder, model::PortId port) const;
  bool Offers(model::PortId port, model::AssetId asset) const;
  Reason OfService(const Atom& atom) const;
  Reason OfEnvironment(const Holder& holder, std::string at) const;
  Reason OfRead(const Atom& atom, const access::Grant& grant) const;
  Reason OfAsset(const Atom& atom, model::AssetId asset) const;

  using Agreements = std::multimap<std::string, model::AgreementId>;

  const Agreements& OtherAgreements() const;

  const Side& side_;
  const Side& other_;
  mutable std::optional<Agreements> other_agreements_;  // by port label and consumer; made when first asked for
};

// The same relative coordinates.
bool IsSameAsset(const model::Model& m, const model::Asset& one, const model::Model& other_m,
                 const model::Asset& other);

}  // namespace dpc::ledger
