// One cause, one error: what a policy finds may be false where a declaration that it looked at could not be read
// completely. The error is reported; the finding comes, if it is one, when that is mended. Private to this folder.
#pragma once

#include <vector>

#include "policy/engine.h"

namespace dpc::policy {

class Unsure {
 public:
  explicit Unsure(const Side& side);

  // Everything was read: nothing is held back.
  bool nothing() const { return whole_; }

  bool IsUnsure(const Policy& policy, const Diagnostic& finding) const;

 private:
  bool IsProductUnsure(model::ProductId product) const;
  bool IsPortUnsure(model::PortId port) const;
  bool IsInputUnsure(model::InputId input) const;
  bool IsAgreementUnsure(model::AgreementId agreement) const;
  bool IsEntityUnsure(resolve::Entity entity) const;

  const Side& side_;
  const model::Model& m_;
  const resolve::Resolved& r_;
  bool whole_ = true;
};

}  // namespace dpc::policy
