// The naming templates' common holes, filled for one product.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/model.h"
#include "model/naming.h"
#include "resolve/resolve.h"

namespace dpc::resolve {

// `{prefix}` `{account}` `{product}` `{environment}` `{domain}` ("" without one), and `own`, a hole of the resource's
// own. Nothing for a template that cannot be filled.
std::optional<std::string> FillForProduct(const model::Model& model, const Resolved& resolved,
                                          std::string_view template_text, model::ProductId product,
                                          std::string_view environment, model::NamingValue own = {});

}  // namespace dpc::resolve
