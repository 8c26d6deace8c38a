// Identities that are meant for one product each must not get into the roles of another one. Private to `access`.
#pragma once

#include "access/access.h"

namespace dpc::access {

// Reports DPC6014: a service account that a template with `{product}` gives to a product, and that gets into another
// product's role as well, by whatever declaration, be it as a worker of Conveyor by its looks. A name without
// `{product}` is declared for all roles of the environment on purpose, like a principal, as long as no product gets the
// same one for itself.
void CheckIdentities(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                     Emitter& emitter);

}  // namespace dpc::access
