#include "driver/emit.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "driver/manifest.h"
#include "model/settings.h"

namespace dpc::driver {
namespace {

// `prd`, and what is applied for it: `prd-policies`.
bool IsOfProduction(const std::string& root, const model::Model& model) {
  const auto all = model.environments.All();
  return std::any_of(all.begin(), all.end(), [&](model::EnvironmentId id) {
    const std::string name(model.Text(model.environments[id].name));
    return model::IsProduction(model, id) && (root == name || root.starts_with(name + "-"));
  });
}

// The order in which roots are applied: environments as declared, then the others by name; of both, what is for real
// comes last, so that a pipeline tries everything before.
std::vector<std::string> RootOrder(const terraform::Roots& roots, const model::Model& model) {
  std::vector<std::string> order;
  for (const model::EnvironmentId id : model.environments.All()) {
    const std::string name(model.Text(model.environments[id].name));
    if (roots.all().contains(name)) {
      order.push_back(name);
    }
  }
  const auto environments = static_cast<std::ptrdiff_t>(order.size());
  for (const auto& [name, root] : roots.all()) {
    if (std::find(order.begin(), order.end(), name) == order.end()) {
      order.push_back(name);
    }
  }
  const auto for_trial = [&](const std::string& root) { return !IsOfProduction(root, model); };
  std::stable_partition(order.begin(), order.begin() + environments, for_trial);
  std::stable_partition(order.begin() + environments, order.end(), for_trial);
  return order;
}

std::vector<Artifact> RenderRoots(terraform::Roots& roots) {
  std::vector<Artifact> artifacts;
  for (auto& [name, root] : roots.all()) {
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
                           const std::vector<const backend::BackendSpec*>& targets, bool render, Emitter& emitter) {
  const backend::Input input{compilation.model, compilation.resolved, compilation.access, std::move(environments),
                             render};
  terraform::Roots roots;
  const std::size_t errors = emitter.errors();
  for (const backend::BackendSpec* target : targets) {
    target->emit(input, roots, emitter);
  }
  if (emitter.errors() != errors || !render) {
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
