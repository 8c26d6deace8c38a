// Whose repository it is: git reads none of another user unless `safe.directory` says so. Private to `source`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dpc::source {

// `shown`: what the user calls the folder; `top`: what may be allowed; `parts`: what has to belong to the user, links
// not followed. Throws EnvironmentError with the command to type.
void CheckOwner(const std::string& shown, const std::filesystem::path& top,
                const std::vector<std::filesystem::path>& parts);

}  // namespace dpc::source
