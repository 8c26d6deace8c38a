// What the options ask for by name: dialect, environments, targets.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "diag/emitter.h"
#include "driver/driver.h"
#include "model/model.h"

namespace dpc::driver {

// "`foo` is not a KIND: did you mean `bar`? (there are ...)"; for names in options.
std::string UnknownName(std::string_view kind, std::string_view name, std::span<const std::string_view> candidates);

// Throws EnvironmentError for a dialect that does not exist.
void CheckDialect(const std::string& dialect);

// In model order; all when none is named. Throws EnvironmentError for an unknown one, unless files with errors may
// declare it.
std::vector<model::EnvironmentId> SelectEnvironments(const std::vector<std::string>& wanted, const model::Model& model,
                                                     bool failed);

// In registry order. --target, else the workspace's, else aws. Throws EnvironmentError for an unknown one of an option;
// reports DPC9003 for one of the workspace.
std::vector<const backend::BackendSpec*> SelectTargets(const std::vector<std::string>& wanted,
                                                       const model::Model& model, Emitter& emitter);

}  // namespace dpc::driver
