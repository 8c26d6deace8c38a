#include "driver/manifest.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/sha256.h"
#include "base/text.h"
#include "driver/driver.h"
#include "json/json.h"

namespace dpc::driver {
namespace {

// Changes when a reader of the manifest would have to change.
constexpr int kManifestVersion = 1;

Json SourcesJson(const Artifact& artifact, const source::SourceManager& sources) {
  std::set<source::FileId> files;
  for (const Range& range : artifact.sources) {
    if (range.has_value()) {
      files.insert(sources.FileOf(range.begin));
    }
  }
  Json paths = Json::array();
  for (const source::FileId file : files) {
    paths.push_back(sources.Path(file));
  }
  return paths;
}

// With sorted keys: an ordered object would be read in quadratic time.
using SortedJson = nlohmann::json;

bool HasManifestHead(const SortedJson& manifest) {
  return manifest.is_object() && manifest.value("generatedBy", SortedJson()) == "dpc" &&
         manifest.value("manifestVersion", SortedJson()) == kManifestVersion && manifest.contains("files") &&
         manifest["files"].is_object();
}

}  // namespace

// No version of dpc in here: an upgrade that changes no output must not make a committed tree stale.
std::string Manifest(const std::vector<Artifact>& artifacts, const source::SourceManager& sources,
                     const std::vector<std::string>& root_order) {
  Json roots = Json::array();
  for (const std::string& root : root_order) {
    roots.push_back(std::string(kRootsFolder) + root);
  }
  // Paths are unique; without this, an ordered object would look for each among all before it.
  Json::object_t files;
  files.reserve(artifacts.size());
  for (const Artifact& artifact : artifacts) {
    files.emplace_back(artifact.path, Json{{"sha256", Sha256Hex(artifact.bytes)},
                                           {"size", artifact.bytes.size()},
                                           {"sources", SourcesJson(artifact, sources)}});
  }
  return PrettyJson(Json{{"generatedBy", "dpc"},
                         {"manifestVersion", kManifestVersion},
                         {"applyInOrder", std::move(roots)},
                         {"files", std::move(files)}});
}

std::optional<OwnedFiles> ReadManifest(std::string_view text) {
  const SortedJson manifest = SortedJson::parse(text, nullptr, false);
  if (!HasManifestHead(manifest)) {
    return std::nullopt;
  }
  OwnedFiles owned;
  for (const auto& [path, file] : manifest["files"].items()) {
    if (!IsSafePath(path) || !file.is_object() || !file.value("sha256", SortedJson()).is_string()) {
      return std::nullopt;
    }
    owned.emplace(path, file["sha256"].get<std::string>());
  }
  return owned;
}

bool IsSafePath(std::string_view path) {
  if (path.find('\0') != std::string_view::npos || path.find('\\') != std::string_view::npos) {
    return false;
  }
  for (const std::string_view segment : Split(path, '/')) {
    // Case does not matter to some file systems.
    if (segment.empty() || segment == "." || segment == ".." || LowerCase(segment) == ".git") {
      return false;
    }
  }
  return !path.empty();
}

}  // namespace dpc::driver
