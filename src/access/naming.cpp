#include "access/naming.h"

#include <algorithm>
#include <vector>

namespace dpc::access {

std::optional<std::string> FillForProduct(const model::Model& model, const resolve::Resolved& resolved,
                                          std::string_view template_text, model::ProductId product,
                                          std::string_view environment, model::NamingValue own) {
  const model::DomainId domain = resolved.product_domain[product.index()];
  std::vector<model::NamingValue> values = {
      {"prefix", model.Text(model.workspace.naming.prefix)},
      {"account", model.Text(model.workspace.naming.account)},
      {"product", model.Text(model.products[product].name)},
      {"environment", environment},
      {"domain", domain.has_value() ? model.Text(model.domains[domain].name) : std::string_view()},
  };
  if (!own.first.empty()) {
    values.push_back(own);
  }
  return model::FillTemplate(template_text, values);
}

std::string ConveyorProject(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product) {
  return FillForProduct(model, resolved, model.workspace.naming.project, product, "").value_or("");
}

std::string ConveyorWorker(std::string_view project) {
  std::string name(project);
  std::replace(name.begin(), name.end(), '_', '.');
  return name;
}

}  // namespace dpc::access
