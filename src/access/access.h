// The door of `access`: who may do what to which placement, until when, and because of which declarations.
// Platform-free: back ends turn rights into actions.
//
// The rules (DESIGN section 5, reference/access-contract.md): product P in environment E owns its assets in E; reads
// the assets of every output port it has access to, in E; and reads (one level, never owns) all of that in each
// environment of E.canReadFrom. P has access to a port when it declares the input port and the port is unrestricted, or
// an agreement in force today covers P, or its source records the consent. Grants are not transitive.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "diag/emitter.h"
#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::access {

using RoleId = Id<struct RoleTag>;
using GrantId = Id<struct GrantTag>;

// The identity of one product in one environment with AWS. Retired products have none.
struct Role {
  model::ProductId product;
  model::EnvironmentId environment;
  IdRange<GrantId> grants;
};

enum class Right : std::uint8_t { Read, Own };

// The declarations that caused a grant; None where a step does not apply. Their rows hold the places.
struct Cause {
  model::InputId input;            // the consumer's input port; None: the product's own asset
  model::PortId port;              // what it reads
  model::AgreementId agreement;    // the consent; None: unrestricted, or recorded in the source
  model::EnvironmentId read_from;  // canReadFrom: the placement lies in this environment, not the role's own
};

struct Grant {
  RoleId role;
  Right right = Right::Read;
  resolve::PlacementId placement;
  Cause cause;
  std::optional<Date> until;  // last day, from the agreement
  std::optional<Date> from;   // first day, of a grant that is to come; nothing: today already
};

enum class PendingReason : std::uint8_t { NoAgreement, NotYet, Expired };

// A declared input port without consent in force: nothing is granted for it.
struct Pending {
  model::InputId input;
  model::PortId port;
  PendingReason reason = PendingReason::NoAgreement;
  model::AgreementId agreement;  // NotYet: the one that begins first; Expired: the one that ended last
};

// Whether an input port may be read today, and by which agreement.
struct Consent {
  bool granted = false;
  model::AgreementId agreement;  // None: none was needed
  std::optional<Date> until;
  std::optional<Date> from;  // of consent that is to come; nothing: it is in force
};

struct AccessModel {
  Store<RoleId, Role> roles;  // by product, then environment
  // By role; within a role by placement, right, cause. One placement may be granted several times with different
  // causes.
  Store<GrantId, Grant> grants;
  std::vector<Consent> consents;  // by InputId
  std::vector<Pending> pending;   // by input
};

// Reports DPC6xxx: pending, expired and not-yet consent (the file that would settle it, and whom to ask), agreements
// that change nothing, dates without a known today, reads across accounts, identities that two products share.
AccessModel DeriveAccess(const model::Model& model, const resolve::Resolved& resolved, std::optional<Date> today,
                         Emitter& emitter);

// All that is granted from `today` on, whenever it begins: roles and grants as of DeriveAccess, a grant for each
// agreement that has not ended. Nothing is reported. What nobody has to commit any more is judged when it is declared.
AccessModel DeriveLastingAccess(const model::Model& model, const resolve::Resolved& resolved,
                                std::optional<Date> today);

// The row of `pending` of an input port; null when there is none.
const Pending* FindPending(const AccessModel& access, model::InputId input);

// "granted", "missing", "not-yet", "ended"; "retired" when the reader or the provider is; "" when there is no such
// port.
std::string_view ConsentName(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                             model::InputId input);

}  // namespace dpc::access
