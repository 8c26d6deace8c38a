#include "backend/state.h"

#include <nlohmann/json.hpp>
#include <string>

namespace dpc::backend {

void SetStateBackend(const model::Model& model, std::string_view root_name, terraform::Root& root) {
  const model::TerraformSettings& state = model.workspace.terraform;
  if (!state.state_bucket.has_value()) {
    return;
  }
  const std::string prefix = state.state_prefix.has_value() ? std::string(model.Text(state.state_prefix)) + "/" : "";
  root.SetBackend("s3", Json{{"bucket", std::string(model.Text(state.state_bucket))},
                             {"key", prefix + std::string(root_name) + "/terraform.tfstate"},
                             {"region", std::string(model.Text(state.state_region))},
                             {"encrypt", true}});
}

}  // namespace dpc::backend
