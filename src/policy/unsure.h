// One cause, one error: what a policy finds may be false where a declaration that it looked at could not be read
// completely, or names something that there is not. The error is reported; the finding comes, if it is one, when that
// is mended. A waiver with an error holds nothing back: it excuses nothing. Private to this folder.
#pragma once

#include <utility>
#include <vector>

#include "policy/engine.h"

namespace dpc::policy {

class Unsure {
 public:
  explicit Unsure(const Side& side);

  // Everything was read, and every name leads somewhere: nothing is held back.
  bool nothing() const { return whole_ && resolved_; }

  bool IsUnsure(const Policy& policy, const Diagnostic& finding) const;

 private:
  // `owners`: also where only the owner or the domain is not known, which matters to a policy that asks who it is.
  bool IsProductUnsure(model::ProductId product, bool owners) const;
  bool IsPortUnsure(model::PortId port, bool owners) const;
  bool IsInputUnsure(model::InputId input, bool owners) const;
  bool IsAgreementUnsure(model::AgreementId agreement, bool owners) const;
  bool IsEntityUnsure(resolve::Entity entity, bool owners) const;
  bool AllResolved() const;

  const Side& side_;
  const model::Model& m_;
  const resolve::Resolved& r_;
  bool whole_ = true;     // everything was read
  bool resolved_ = true;  // of what was read, every name leads somewhere
  // Agreements with an error: which port, for whom; None: not known.
  std::vector<std::pair<model::PortId, model::ProductId>> agreements_;
};

}  // namespace dpc::policy
