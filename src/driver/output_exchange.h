// The new tree takes the place of the old one in one step. Private to `driver`.
#pragma once

#include <string>
#include <vector>

#include "driver/output_directory.h"
#include "driver/output_plan.h"

namespace dpc::driver {

// Beside the folder, makes another one of what is to be in it: new files, and hard links to all that stays, of whoever.
// Both change places by one system call; the old one is removed. `directory` must be locked, and stays so, as the new
// folder.
//
// False, and nothing was changed, where that cannot be done. Throws EnvironmentError, and the old tree is in place,
// when it fails; when the old tree cannot be removed afterwards the message says so.
bool ReplaceByExchange(OutputDirectory& directory, const Plan& plan);

// Removes what killed runs left beside the folder, which must be locked. Returns the files of others that are nowhere
// else: they stay.
std::vector<std::string> RemoveStaged(const OutputDirectory& directory, const OwnedFiles& owned);

}  // namespace dpc::driver
