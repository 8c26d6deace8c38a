// The bytes of a file on disk, or why not. Private to `source`.
#pragma once

#include <string>

namespace dpc::source {

// `shown` names the file in messages. Throws EnvironmentError for everything that is not all of its bytes.
std::string ReadDiskFile(const std::string& path, const std::string& shown);

}  // namespace dpc::source
