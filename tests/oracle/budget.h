// Which questions are asked when not all can be.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

#include "json/json.h"

namespace dpc::oracle {

// Of each answer those with the lowest hashes: the same ones on every machine, and a mix of everything. Allowed calls
// are few; they get half of the room before the denied ones fill it.
std::vector<Json> Cut(std::vector<Json> queries, std::size_t limit);

// The most questions that a document may keep so that all of them fit the budget: small documents leave room to large
// ones.
std::size_t LimitOf(std::vector<std::size_t> sizes, std::size_t budget);

}  // namespace dpc::oracle
