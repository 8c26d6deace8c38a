// What a run as a whole leads to, or does not: seen only where targets, policies and both sides are known. Private to
// `driver`.
#pragma once

#include <vector>

#include "backend/backend.h"
#include "driver/driver.h"

namespace dpc::driver {

// DPC7109, DPC7110: products ask for a service whose target the workspace does not name.
void CheckServices(const Compilation& compilation, Emitter& emitter);

// DPC3042: policies about production, and no environment counts as production.
void CheckProduction(const Compilation& compilation, Emitter& emitter);

// DPC7028: what the base has Terraform make, the head no longer has, and holds data. Needs `base`.
void CheckHolders(const Compilation& compilation, const std::vector<const backend::BackendSpec*>& targets,
                  Emitter& emitter);

}  // namespace dpc::driver
