// The last stage: back ends, and their root modules as artifacts.
#pragma once

#include <vector>

#include "driver/driver.h"
#include "driver/selection.h"

namespace dpc::driver {

// Runs the back ends over a compilation without errors. Artifacts are sorted by path and end with the manifest in its
// place; none when a back end reported an error, or when nothing is to be rendered: then back ends only report.
std::vector<Artifact> Emit(const Compilation& compilation, std::vector<model::EnvironmentId> environments,
                           const std::vector<const backend::BackendSpec*>& targets, const Options& options,
                           Emitter& emitter);

}  // namespace dpc::driver
