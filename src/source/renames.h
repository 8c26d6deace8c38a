// Where a file went that has another path now. Private to `source`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "source/source_tree.h"

namespace dpc::source {

// A tree whose files are looked for by path.
struct PathsOf {
  const SourceTree& tree;
  std::vector<std::string> paths;
};

// For each path of `gone` the path of `added` with the same bytes, else with the most similar ones, if at least half of
// them are alike; each of `added` at most once.
std::map<std::string, std::string> FindRenames(const PathsOf& gone, const PathsOf& added);

}  // namespace dpc::source
