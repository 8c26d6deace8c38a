// Oracle documents: what was emitted for a role beside what it is asked.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

#include "driver/driver.h"
#include "json/json.h"
#include "world.h"

namespace dpc::oracle {

struct Asked {
  std::vector<Json> documents;
  // The emitted policies of buckets, keys and catalogs: would AWS take them?
  Json resource_policies = Json::array();
  std::size_t left_out = 0;  // questions that did not fit the budget
};

// For each role of the selected environments: its rights, its trust and, with an IAM user, the user's rights; with
// reads across accounts the owners' sides; with dated grants both sides of each end. At most about `budget` questions
// in all; which ones depends on nothing but the questions.
Asked DocumentsOf(const driver::Compilation& c, std::size_t budget);

}  // namespace dpc::oracle
