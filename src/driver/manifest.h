// manifest.json of a build: what dpc wrote, so that it never removes or replaces anything else.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dpc::driver {

inline constexpr std::string_view kManifestPath = "manifest.json";
// All else lies below: a folder for each root. Whatever a manifest says, dpc owns nothing elsewhere.
inline constexpr std::string_view kRootsFolder = "terraform/";

// Path below the output folder to the SHA-256 of what was written there; several where a merge has several sides, or a
// run was killed.
using OwnedFiles = std::multimap<std::string, std::string, std::less<>>;

// Nothing when the text is not a manifest of dpc, or names a path that leaves the folder: it comes from a repository
// and is not trusted.
std::optional<OwnedFiles> ReadManifest(std::string_view text);

// Relative, with `/`, without empty, `.` or `..` segments and without `.git`.
bool IsSafePath(std::string_view path);

}  // namespace dpc::driver
