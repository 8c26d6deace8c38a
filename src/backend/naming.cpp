#include "backend/naming.h"

#include <algorithm>
#include <vector>

namespace dpc::backend {

std::optional<std::string> FillForProduct(const Input& input, std::string_view template_text, model::ProductId product,
                                          std::string_view environment, model::NamingValue own) {
  const model::Model& m = input.model;
  const model::DomainId domain = input.resolved.product_domain[product.index()];
  std::vector<model::NamingValue> values = {
      {"prefix", m.Text(m.workspace.naming.prefix)},
      {"account", m.Text(m.workspace.naming.account)},
      {"product", m.Text(m.products[product].name)},
      {"environment", environment},
      {"domain", domain.has_value() ? m.Text(m.domains[domain].name) : std::string_view()},
  };
  if (!own.first.empty()) {
    values.push_back(own);
  }
  return model::FillTemplate(template_text, values);
}

std::string ConveyorProject(const Input& input, model::ProductId product) {
  return FillForProduct(input, input.model.workspace.naming.project, product, "").value_or("");
}

std::string ConveyorWorker(std::string_view project) {
  std::string name(project);
  std::replace(name.begin(), name.end(), '_', '.');
  return name;
}

}  // namespace dpc::backend
