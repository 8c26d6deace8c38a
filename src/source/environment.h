// What git tells the programs that it starts, in hooks above all. Private to `source`.
#pragma once

#include <string>
#include <vector>

namespace dpc::source {

// "" and none: not said. Paths as they are given.
struct GitEnvironment {
  std::string git_dir;                  // GIT_DIR
  std::string work_tree;                // GIT_WORK_TREE
  std::string index_file;               // GIT_INDEX_FILE: relative to the top of the work tree
  std::string objects;                  // GIT_OBJECT_DIRECTORY
  std::vector<std::string> alternates;  // GIT_ALTERNATE_OBJECT_DIRECTORIES
  std::vector<std::string> ceilings;    // GIT_CEILING_DIRECTORIES
  bool across_file_systems = false;     // GIT_DISCOVERY_ACROSS_FILESYSTEM
};

GitEnvironment ReadGitEnvironment();

// A variable of the environment; "" when it is not set.
std::string Variable(const std::string& name);

// As git understands a boolean.
bool IsTrue(const std::string& text);

}  // namespace dpc::source
