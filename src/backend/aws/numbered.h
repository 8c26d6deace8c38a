// Permissions as numbers, for one proof: most of what is asked for is emitted word for word, and that much is found by
// comparing numbers. Private to this folder.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backend/aws/permissions.h"
#include "backend/aws/policy_reader.h"

namespace dpc::backend::aws {

// Equal numbers are equal texts, to the byte; the other way too.
struct NumberedPermission {
  std::uint32_t action = 0;
  std::uint32_t resource = 0;
  std::uint32_t limits = 0;
  auto operator<=>(const NumberedPermission&) const = default;
};

class PermissionNumbers {
 public:
  // Every combination, appended. False when there would be too many.
  bool Add(const StatementParts& parts, std::vector<NumberedPermission>& permissions);

  Permission Of(const NumberedPermission& permission) const;

  const std::string& Action(const NumberedPermission& permission) const { return actions_[permission.action]; }

  // Those of `wanted`, in their order, that `given` does not hold as they are.
  static std::vector<NumberedPermission> NotSame(const std::vector<NumberedPermission>& wanted,
                                                 std::vector<NumberedPermission> given);
  // The same of what `given` does not cover, where the action may be about the resource at all.
  std::vector<Permission> Missing(const std::vector<NumberedPermission>& wanted,
                                  const std::vector<NumberedPermission>& given) const;

 private:
  using Numbers = std::unordered_map<std::string, std::uint32_t>;

  template <class Value>
  static std::uint32_t NumberOf(Numbers& numbers, std::string key, std::vector<Value>& values, const Value& value);

  Numbers action_numbers_;
  Numbers resource_numbers_;
  Numbers limit_numbers_;
  std::vector<std::string> actions_;
  std::vector<Pattern> resources_;
  std::vector<std::vector<Limit>> limits_;
};

}  // namespace dpc::backend::aws
