// What of an environment holds data.
#pragma once

#include <vector>

#include "backend/backend.h"

namespace dpc::backend::aws {

// Glue databases, and the buckets and Redshift namespaces that dpc creates.
std::vector<Holder> Holders(const Input& input);

}  // namespace dpc::backend::aws
