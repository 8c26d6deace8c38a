// The root `conveyor`: one for all environments, as projects and teams are not of an environment. Credentials come from
// where Terraform runs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "backend/backend.h"
#include "backend/conveyor/diagnostics.h"
#include "backend/conveyor/environments.h"
#include "backend/conveyor/people.h"
#include "backend/conveyor/projects.h"
#include "backend/naming.h"
#include "backend/state.h"
#include "model/settings.h"

namespace dpc::backend {
namespace {

constexpr std::string_view kRootName = "conveyor";
// The schema that this was written against is 0.6.0 (24/09/2025); a first stable version may differ.
constexpr std::string_view kProviderVersion = ">= 0.6.0, < 1.0.0";

// The aws back end names roots for environments.
bool IsRootFree(const Input& input, Emitter& emitter) {
  const auto taken =
      std::find_if(input.environments.begin(), input.environments.end(), [&](model::EnvironmentId environment) {
        return input.model.Text(input.model.environments[environment].name) == kRootName;
      });
  if (taken != input.environments.end()) {
    emitter.Report(conveyor::kRootTaken, input.model.environments[*taken].name.range, kRootName);
  }
  return taken == input.environments.end();
}

void Emit(const Input& input, terraform::Roots& roots, Emitter& emitter) {
  const auto environments = conveyor::EnvironmentsWithSettings(input);
  const auto products = conveyor::ProductsWithProject(input);
  if ((environments.empty() && products.empty()) || !IsRootFree(input, emitter)) {
    return;
  }
  terraform::Root& root = roots.Get(kRootName);
  root.RequireProvider("conveyor", "datamindedbe/conveyor", kProviderVersion);
  SetStateBackend(input.model, kRootName, root);
  conveyor::AddEnvironments(input, environments, products, root, emitter);
  conveyor::AddPeople(input, conveyor::AddProjects(input, products, root, emitter), root, emitter);
}

// What Emit protects.
std::vector<Holder> Holders(const Input& input) {
  const model::Model& m = input.model;
  std::vector<Holder> all;
  for (const model::ProductId product : conveyor::ProductsWithProject(input)) {
    const std::string_view name = m.Text(m.products[product].name);
    all.push_back({std::string(kRootName), "conveyor_project." + terraform::Label({name}),
                   "the Conveyor project `" + ConveyorProject(input, product) + "`", ""});
  }
  for (const model::EnvironmentId environment : conveyor::EnvironmentsWithSettings(input)) {
    const std::string name(m.Text(m.environments[environment].name));
    if (model::EffectiveConveyor(m, environment).deletion_protection.value_or(true)) {
      all.push_back({std::string(kRootName), "conveyor_environment." + terraform::Label({name}),
                     "the Conveyor environment `" + name + "`", ""});
    }
  }
  return all;
}

}  // namespace

extern const BackendSpec backend_conveyor;
const BackendSpec backend_conveyor = {
    "conveyor", "Conveyor projects, environments, teams and who may work on what, as Terraform",
    Emit,       nullptr,
    nullptr,    nullptr,
    Holders,
};

}  // namespace dpc::backend
