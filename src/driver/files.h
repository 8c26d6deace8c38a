// One file that the user named, as --format NAME=FILE does.
#pragma once

#include <string>
#include <string_view>

namespace dpc::driver {

// False when there is nothing of that name, also behind a link; throws EnvironmentError when that cannot be told.
bool IsThere(const std::string& path);

// Throws EnvironmentError.
std::string ReadFile(const std::string& path);

// Whole or not at all: through a temporary beside it and a rename. What is there and is not a plain file (a pipe, a
// device, an open file as /dev/stdout) is written to directly; a link is followed, the user named it. Throws
// EnvironmentError.
void WriteFile(const std::string& path, std::string_view bytes);

}  // namespace dpc::driver
