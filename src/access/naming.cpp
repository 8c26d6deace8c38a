#include "access/naming.h"

#include <algorithm>

namespace dpc::access {

std::string ConveyorProject(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product) {
  return FillForProduct(model, resolved, model.workspace.naming.project, product, "").value_or("");
}

std::string ConveyorWorker(std::string_view project) {
  std::string name(project);
  std::replace(name.begin(), name.end(), '_', '.');
  return name;
}

std::string RunIdPattern() {
  std::string pattern;
  for (const std::size_t group : {8U, 4U, 4U, 4U, 12U}) {
    pattern += "-" + std::string(group, '?');
  }
  return pattern;
}

}  // namespace dpc::access
