#include "driver/manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "driver/driver.h"
#include "json/json.h"
#include "json/writer.h"

namespace dpc::driver {
namespace {

// Changes when a reader of the manifest would have to change.
constexpr int kManifestVersion = 1;

void WriteSources(const Artifact& artifact, const source::SourceManager& sources, JsonWriter& out) {
  std::vector<source::FileId> files;
  for (const Range& range : artifact.sources) {
    if (range.has_value()) {
      files.push_back(sources.FileOf(range.begin));
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  out.BeginArray();
  for (const source::FileId file : files) {
    out.Text(sources.Path(file));
  }
  out.EndArray();
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
  JsonWriter out;
  out.BeginObject();
  out.Key("generatedBy");
  out.Text("dpc");
  out.Key("manifestVersion");
  out.Number(kManifestVersion);
  out.Key("applyInOrder");
  out.BeginArray();
  for (const std::string& root : root_order) {
    out.Text(std::string(kRootsFolder) + root);
  }
  out.EndArray();
  out.Key("files");
  out.BeginObject();
  for (const Artifact& artifact : artifacts) {  // paths are unique
    out.Key(artifact.path);
    out.BeginObject();
    out.Key("sha256");
    out.Text(Sha256Hex(artifact.bytes));
    out.Key("size");
    out.Number(artifact.bytes.size());
    out.Key("sources");
    WriteSources(artifact, sources, out);
    out.EndObject();
  }
  out.EndObject();
  out.EndObject();
  return out.Take() + "\n";
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
