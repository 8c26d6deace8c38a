// Where the new tree cannot take the place of the old one in one step: file by file, with the way back written down
// first. Private to `driver`.
#pragma once

#include "driver/output_directory.h"
#include "driver/output_plan.h"

namespace dpc::driver {

// Replaces and removes as planned, the manifest last. Throws EnvironmentError when something fails, after what was
// replaced has been put back. The folder must be locked.
void ReplaceInPlace(OutputDirectory& directory, const Plan& plan);

// Puts back what a killed run had replaced. True when there was such a run. The folder must be locked.
bool RollBackKilled(OutputDirectory& directory);

// A killed run left the way back.
bool HasJournal(const OutputDirectory& directory);

}  // namespace dpc::driver
