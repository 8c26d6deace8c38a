// The questions about the owner's side, asked as somebody else of the consumer's account.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "facts.h"
#include "json/json.h"
#include "world.h"

namespace dpc::oracle {

// `queries` and, for each call that the role may make, the same call by others, who must not: the account's root, an
// administrator, names that look alike, the name in another account.
std::vector<Json> WithIntruders(std::vector<Json> queries, const Facts& facts, const World& world);

}  // namespace dpc::oracle
