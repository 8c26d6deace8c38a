// The first stage: which files are read, and their bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/emitter.h"
#include "source/source_manager.h"
#include "source/source_tree.h"

namespace dpc::driver {

// Where a workspace that says nothing has its build.
inline constexpr std::string_view kDefaultOutput = "generated";

// What was listed and not read: excluded paths, the output folder, links, other repositories. Sorted.
using SkippedPaths = std::vector<std::string>;

// It was read as a policy, and is no YAML.
bool IsPolicyFile(std::string_view path);

// Reads every file of the tree that the workspace does not exclude into `sources`, in path order, and the SQL files of
// its policy folders among them, by so many threads. Reports DPC9001, DPC9002, DPC9004 and DPC9005, all without a
// place, since nothing was read there.
SkippedPaths Read(const source::SourceTree& tree, unsigned threads, source::SourceManager& sources, Emitter& emitter);

}  // namespace dpc::driver
