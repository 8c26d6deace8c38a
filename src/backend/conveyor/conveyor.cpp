// The root `conveyor`: one for all environments, as projects and teams are not of an environment. Credentials come from
// where Terraform runs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "backend/backend.h"
#include "backend/conveyor/diagnostics.h"
#include "backend/conveyor/environments.h"
#include "backend/conveyor/people.h"
#include "backend/conveyor/projects.h"
#include "backend/state.h"

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

}  // namespace

extern const BackendSpec backend_conveyor;
const BackendSpec backend_conveyor = {
    "conveyor",
    "Conveyor projects, environments, teams and who may work on what, as Terraform",
    Emit,
};

}  // namespace dpc::backend
