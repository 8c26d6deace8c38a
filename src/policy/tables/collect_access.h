// Who gets at the data of which port. Private to this folder.
#pragma once

#include <vector>

#include "policy/tables/side.h"

namespace dpc::policy {

// By product, then person, then port; each (person, product, port) once, or once for each port through which it is
// read.
std::vector<PortAccess> CollectAccess(const Side& side);

}  // namespace dpc::policy
