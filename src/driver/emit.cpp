#include "driver/emit.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "base/parallel.h"
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

// Each root by itself.
std::vector<std::vector<terraform::File>> FilesOf(const std::vector<terraform::Root*>& roots, unsigned threads) {
  std::vector<std::vector<terraform::File>> files(roots.size());
  Portions portions(roots.size(), 1);
  InThreads(ThreadCount(threads, roots.size()), [&] {
    while (const auto portion = portions.Next()) {
      files[portion->first] = roots[portion->first]->Render();
    }
  });
  return files;
}

std::vector<Artifact> RenderRoots(terraform::Roots& roots, unsigned threads) {
  std::vector<std::string_view> names;
  std::vector<terraform::Root*> all;
  for (auto& [name, root] : roots.all()) {
    names.push_back(name);
    all.push_back(&root);
  }
  std::vector<Artifact> artifacts;
  auto files = FilesOf(all, threads);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string folder = std::string(kRootsFolder) + std::string(names[i]) + "/";
    for (terraform::File& file : files[i]) {
      artifacts.push_back({folder + file.path, std::move(file.bytes), std::move(file.sources)});
    }
  }
  std::sort(artifacts.begin(), artifacts.end(),
            [](const Artifact& left, const Artifact& right) { return left.path < right.path; });
  return artifacts;
}

}  // namespace

std::vector<Artifact> Emit(const Compilation& compilation, std::vector<model::EnvironmentId> environments,
                           const std::vector<const backend::BackendSpec*>& targets, const Options& options,
                           Emitter& emitter) {
  const backend::Input input{compilation.model,       compilation.resolved, compilation.access,
                             std::move(environments), options.render,       options.threads};
  terraform::Roots roots;
  const std::size_t errors = emitter.errors();
  for (const backend::BackendSpec* target : targets) {
    target->emit(input, roots, emitter);
  }
  if (emitter.errors() != errors || !options.render) {
    return {};
  }
  std::vector<Artifact> artifacts = RenderRoots(roots, options.threads);
  std::string manifest = Manifest(artifacts, compilation.sources, RootOrder(roots, compilation.model));
  const auto place =
      std::lower_bound(artifacts.begin(), artifacts.end(), kManifestPath,
                       [](const Artifact& artifact, std::string_view path) { return artifact.path < path; });
  artifacts.insert(place, {std::string(kManifestPath), std::move(manifest), {}});
  return artifacts;
}

}  // namespace dpc::driver
