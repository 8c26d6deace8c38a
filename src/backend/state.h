// Where Terraform keeps the state of a root, as the workspace says.
#pragma once

#include <string_view>

#include "model/model.h"
#include "terraform/terraform.h"

namespace dpc::backend {

// Sets the backend block when the workspace names a bucket for state. Each root has a key of its own:
// `<prefix>/<root>/terraform.tfstate`.
void SetStateBackend(const model::Model& model, std::string_view root_name, terraform::Root& root);

}  // namespace dpc::backend
