#include "backend/backend.h"

#include <algorithm>

namespace dpc::backend {

bool Input::Wants(model::EnvironmentId environment) const {
  return std::find(environments.begin(), environments.end(), environment) != environments.end();
}

}  // namespace dpc::backend
