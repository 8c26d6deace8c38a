// What a build will write and remove, and whether it may: all of it is known before anything is changed. Private to
// `driver`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "driver/driver.h"
#include "driver/manifest.h"
#include "driver/output_directory.h"

namespace dpc::driver {

// A run stages its files in a folder of this name and a number.
inline constexpr std::string_view kStagingPrefix = ".dpc-tmp-";

struct Plan {
  std::vector<const Artifact*> writes;  // the manifest last, if it changes
  OutputDifference difference;
};

// The staging folders of runs that were killed. What else has such a name, a file or a link, is not dpc's.
std::vector<std::string> LeftOver(const OutputDirectory& directory);

// What the old manifest names, and what killed runs had finished. Throws when the manifest is not dpc's.
OwnedFiles ReadOwned(const OutputDirectory& directory);

// Throws when a file or folder is in the way that is not owned.
Plan MakePlan(const OutputDirectory& directory, const std::vector<Artifact>& artifacts, const OwnedFiles& owned,
              const KeepPatterns& keep);

}  // namespace dpc::driver
