// Conveyor environments: one for each emitted environment that has Conveyor settings, of the same name. Settings are
// its own, or the workspace's, which then hold for every environment. An environment without any is left to whoever
// made it: its projects may still run there.
//
//   deletion_protection   true unless the settings say otherwise (Conveyor's own default is false)
//   instance_lifecycle    what Airflow runs on: spot or on-demand; left to Conveyor when not said
//   cluster_id            likewise: the tenant's default cluster
//
// While deletion is protected Terraform does not replace the environment either (`prevent_destroy`): its history of
// runs would be lost. Who may deploy to an environment is not declared in data products and not emitted.
#pragma once

#include <vector>

#include "backend/backend.h"

namespace dpc::backend::conveyor {

// In model order.
std::vector<model::EnvironmentId> EnvironmentsWithSettings(const Input& input);

// Adds the environments. Reports names that cannot be (DPC7103), and environments where default identities of
// `products` would mean no role (DPC7106, DPC7107).
void AddEnvironments(const Input& input, const std::vector<model::EnvironmentId>& environments,
                     const std::vector<model::ProductId>& products, terraform::Root& root, Emitter& emitter);

}  // namespace dpc::backend::conveyor
