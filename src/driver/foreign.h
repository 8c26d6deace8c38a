// What lies in the output folder, is not dpc's, and may not lie there: a Terraform root is dpc's as a whole. Private to
// `driver`.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "driver/driver.h"
#include "driver/output_directory.h"

namespace dpc::driver {

// Everything below `terraform` is taken for a root, at any depth, whether a manifest knows it or not: engines look for
// roots themselves. There, what Terraform would read is foreign unless its path is in `known` (what is written, or is
// removed by this build); so is a link to a folder, and what some file systems take for a file of dpc. What Terraform
// itself leaves (`.terraform`, a state) and folders with a dot in front may stay as long as git does not track them.
// Elsewhere `keep` decides; without it, whatever lies there stays. Sorted by path.
std::vector<ForeignFile> FindForeign(const OutputDirectory& directory, const std::set<std::string_view>& known,
                                     const KeepPatterns& keep);

}  // namespace dpc::driver
