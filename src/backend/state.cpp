#include "backend/state.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "base/check.h"
#include "resolve/places.h"

namespace dpc::backend {
namespace {

bool IsKeptClear(const model::Model& model, std::string_view folder) {
  const auto places = resolve::StatePlaces(model);
  return std::any_of(places.begin(), places.end(),
                     [&](const std::string& place) { return resolve::LiesIn(folder, place); });
}

}  // namespace

void SetStateBackend(const model::Model& model, std::string_view root_name, terraform::Root& root) {
  const model::TerraformSettings& state = model.workspace.terraform;
  if (!state.state_bucket.has_value()) {
    return;
  }
  const std::string prefix = state.state_prefix.has_value() ? std::string(model.Text(state.state_prefix)) + "/" : "";
  const std::string bucket(model.Text(state.state_bucket));
  const std::string folder = prefix + std::string(root_name) + "/";
  DPC_CHECK(IsKeptClear(model, "s3://" + bucket + "/" + folder), "an asset could lie over the state of this root");
  root.SetBackend("s3", Json{{"bucket", bucket},
                             {"key", folder + "terraform.tfstate"},
                             {"region", std::string(model.Text(state.state_region))},
                             {"encrypt", true}});
}

}  // namespace dpc::backend
