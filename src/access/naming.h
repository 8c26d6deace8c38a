// The naming templates' common holes, filled for one product, and the names by which platforms know who comes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/model.h"
#include "model/naming.h"
#include "resolve/resolve.h"

namespace dpc::access {

// `{prefix}` `{account}` `{product}` `{environment}` `{domain}` ("" without one), and `own`, a hole of the resource's
// own. Nothing for a template that cannot be filled.
std::optional<std::string> FillForProduct(const model::Model& model, const resolve::Resolved& resolved,
                                          std::string_view template_text, model::ProductId product,
                                          std::string_view environment, model::NamingValue own = {});

// The Conveyor project of a product; "" when the template cannot be filled.
std::string ConveyorProject(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product);

// What Conveyor names the service accounts of a project's workers by: `.` for `_`. Two projects may meet in it.
std::string ConveyorWorker(std::string_view project);

}  // namespace dpc::access
