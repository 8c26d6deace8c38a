// Rows of access in words, and what one side has and the other has not. Private to this folder.
#pragma once

#include <vector>

#include "policy/tables/side.h"

namespace dpc::policy {

// The name of the product, or the email of the person.
Cell PrincipalOf(const Side& side, const PortAccess& row);
// The agreement, else the input port, else the port itself.
Cell ViaOf(const Side& side, const PortAccess& row);

struct AccessChange {
  PortAccess access;
  bool product_too = true;  // false: only the person's access is on one side, the product's on both
};

// Rows of `of` whose principal does not get at the port of that name on the other side.
std::vector<AccessChange> AccessWithout(const Side& of, const Side& other);

// The declaration that makes the difference: what lets the product in, else the person's membership.
Cell CauseOf(const Side& side, const AccessChange& change);

}  // namespace dpc::policy
