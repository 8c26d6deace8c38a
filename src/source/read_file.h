// The bytes of a file on disk, or why not. Private to `source`.
#pragma once

#include <optional>
#include <string>

namespace dpc::source {

// `shown` names the file in messages. Throws EnvironmentError for everything that is not all of its bytes.
std::string ReadDiskFile(const std::string& path, const std::string& shown);

// Nothing for what cannot be read.
std::optional<std::string> TryReadDiskFile(const std::string& path);

}  // namespace dpc::source
