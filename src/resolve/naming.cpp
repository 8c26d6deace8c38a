#include "resolve/naming.h"

#include <vector>

namespace dpc::resolve {

std::optional<std::string> FillForProduct(const model::Model& model, const Resolved& resolved,
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

}  // namespace dpc::resolve
