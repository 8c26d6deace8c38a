// The naming templates' common holes, filled for one product. Every name that a back end makes of a product goes
// through here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/naming.h"
#include "backend/backend.h"
#include "model/naming.h"

namespace dpc::backend {

// `{prefix}` `{account}` `{product}` `{environment}` `{domain}` ("" without one), and `own`, a hole of the resource's
// own. Nothing for a template that cannot be filled.
std::optional<std::string> FillForProduct(const Input& input, std::string_view template_text, model::ProductId product,
                                          std::string_view environment, model::NamingValue own = {});

// The Conveyor project of a product; "" when the template cannot be filled.
std::string ConveyorProject(const Input& input, model::ProductId product);

using access::ConveyorWorker;

}  // namespace dpc::backend
