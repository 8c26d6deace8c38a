#include "driver/emit.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "driver/manifest.h"

namespace dpc::driver {
namespace {

// The order in which roots are applied: environments as declared, then the others by name.
std::vector<std::string> RootOrder(const terraform::Roots& roots, const model::Model& model) {
  std::vector<std::string> order;
  for (const model::EnvironmentId id : model.environments.All()) {
    const std::string name(model.Text(model.environments[id].name));
    if (roots.all().contains(name)) {
      order.push_back(name);
    }
  }
  for (const auto& [name, root] : roots.all()) {
    if (std::find(order.begin(), order.end(), name) == order.end()) {
      order.push_back(name);
    }
  }
  return order;
}

std::vector<Artifact> RenderRoots(const terraform::Roots& roots) {
  std::vector<Artifact> artifacts;
  for (const auto& [name, root] : roots.all()) {
    for (terraform::File& file : root.Render()) {
      artifacts.push_back(
          {std::string(kRootsFolder) + name + "/" + file.path, std::move(file.bytes), std::move(file.sources)});
    }
  }
  std::sort(artifacts.begin(), artifacts.end(),
            [](const Artifact& left, const Artifact& right) { return left.path < right.path; });
  return artifacts;
}

}  // namespace

std::vector<Artifact> Emit(const Compilation& compilation, std::vector<model::EnvironmentId> environments,
                           const std::vector<const backend::BackendSpec*>& targets, Emitter& emitter) {
  const backend::Input input{compilation.model, compilation.resolved, compilation.access, std::move(environments)};
  terraform::Roots roots;
  const std::size_t errors = emitter.errors();
  for (const backend::BackendSpec* target : targets) {
    target->emit(input, roots, emitter);
  }
  if (emitter.errors() != errors) {
    return {};
  }
  std::vector<Artifact> artifacts = RenderRoots(roots);
  std::string manifest = Manifest(artifacts, compilation.sources, RootOrder(roots, compilation.model));
  const auto place =
      std::lower_bound(artifacts.begin(), artifacts.end(), kManifestPath,
                       [](const Artifact& artifact, std::string_view path) { return artifact.path < path; });
  artifacts.insert(place, {std::string(kManifestPath), std::move(manifest), {}});
  return artifacts;
}

}  // namespace dpc::driver
