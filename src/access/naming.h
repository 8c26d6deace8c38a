// The names by which platforms know who comes.
#pragma once

#include <string>
#include <string_view>

#include "model/model.h"
#include "resolve/naming.h"
#include "resolve/resolve.h"

namespace dpc::access {

using resolve::FillForProduct;

// The Conveyor project of a product; "" when the template cannot be filled.
std::string ConveyorProject(const model::Model& model, const resolve::Resolved& resolved, model::ProductId product);

// What Conveyor names the service accounts of a project's workers by: `.` for `_`. Two projects may meet in it.
std::string ConveyorWorker(std::string_view project);

}  // namespace dpc::access
