// What a process inherits and would stumble over.
#pragma once

namespace dpc::cli {

// Once, before anything is opened: a full disk, a limit on file sizes and a reader that went away become errors of
// calls, which end in exit code 2; a standard stream that is closed stays closed, and no file takes its number.
void PrepareProcess();

}  // namespace dpc::cli
