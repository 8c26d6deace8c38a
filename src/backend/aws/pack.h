// Statements into managed policy documents within the quotas of IAM (reference/iam.md sections a and c), without
// changing what they mean: groups are only split, never merged across actions, resources or conditions.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "backend/aws/statements.h"

namespace dpc::backend::aws {

// A managed policy: 6,144 characters without white space; counted here as bytes of compact JSON, an upper bound of
// every reading of the rule. Source: IAM and AWS STS quotas, AWS documentation, March 2026.
inline constexpr std::size_t kManagedPolicyBytes = 6144;

struct Document {
  std::string part;  // completes the policy's name: "bucket-read-Part0", "service"
  Json policy;
  std::size_t bytes = 0;  // of the compact form
  std::vector<Range> sources;
};

// Documents by topic, in the order of `topics`; within a topic items in byte order, first fit.
std::vector<Document> Pack(const Groups& groups, const std::vector<Topic>& topics);

}  // namespace dpc::backend::aws
