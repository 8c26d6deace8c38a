// Builds written into temporary folders: what the tests of output share.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "../temporary_folder.h"
#include "driver/driver.h"
#include "driver/manifest.h"

namespace dpc::driver {

using Build = std::map<std::string, std::string>;  // path to bytes

// What `dpc build` would write: the files, and the manifest that owns them.
inline std::vector<Artifact> ArtifactsOf(const Build& build) {
  std::vector<Artifact> artifacts;
  for (const auto& [path, bytes] : build) {
    artifacts.push_back({path, bytes, {}});
  }
  Build all = build;
  all[std::string(kManifestPath)] = Manifest(artifacts, {}, {});
  artifacts.clear();
  for (const auto& [path, bytes] : all) {
    artifacts.push_back({path, bytes, {}});
  }
  return artifacts;
}

// Every file below a folder with its bytes; links as "-> target", empty folders as "(empty)".
inline Build Contents(const std::string& folder) {
  namespace fs = std::filesystem;
  Build contents;
  if (!fs::exists(folder)) {
    return contents;
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_symlink()) {
      contents[path] = "-> " + fs::read_symlink(entry.path()).string();
    } else if (entry.is_regular_file()) {
      std::ifstream file(entry.path(), std::ios::binary);
      contents[path] = std::string(std::istreambuf_iterator<char>(file), {});
    } else if (fs::is_empty(entry.path())) {
      contents[path] = "(empty)";
    }
  }
  return contents;
}

inline Build ContentsWithoutManifest(const std::string& folder) {
  Build contents = Contents(folder);
  contents.erase(std::string(kManifestPath));
  return contents;
}

}  // namespace dpc::driver
