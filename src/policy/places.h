// From an entity and a JSON pointer to a place. Private to this folder.
#pragma once

#include <string_view>

#include "policy/tables/side.h"

namespace dpc::policy {

class Places {
 public:
  explicit Places(const Side& side) : side_(side) {}

  // The key of the field that the pointer names, or the value where it is an item of a list; of a missing field the
  // nearest enclosing one; at last the entity's own name.
  Range Find(Entity entity, std::string_view pointer);

 private:
  const Side& side_;
};

}  // namespace dpc::policy
