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

// What follows that in a worker's name, as IAM compares it: `-` and a UUID, one `?` for each character, so that nothing
// longer or shorter fits.
std::string RunIdPattern();

}  // namespace dpc::access
