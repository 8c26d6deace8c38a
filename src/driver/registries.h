// What this dpc knows by name, for commands that list it.
#pragma once

#include <string_view>
#include <vector>

#include "fields/spec.h"

namespace dpc::driver {

struct NamedThing {
  std::string_view name;
  std::string_view summary;
};

// Sorted by name.
std::vector<NamedThing> Dialects();
std::vector<NamedThing> Targets();

// The kinds of one dialect in the order of its table; none for a dialect that does not exist.
std::vector<const fields::KindSpec*> KindsOf(std::string_view dialect);

}  // namespace dpc::driver
