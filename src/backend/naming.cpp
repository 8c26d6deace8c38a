#include "backend/naming.h"

namespace dpc::backend {

std::optional<std::string> FillForProduct(const Input& input, std::string_view template_text, model::ProductId product,
                                          std::string_view environment, model::NamingValue own) {
  return access::FillForProduct(input.model, input.resolved, template_text, product, environment, own);
}

std::string ConveyorProject(const Input& input, model::ProductId product) {
  return access::ConveyorProject(input.model, input.resolved, product);
}

}  // namespace dpc::backend
