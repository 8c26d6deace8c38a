#include "backend/aws/numbered.h"

#include <algorithm>
#include <set>

#include "backend/aws/resource_types.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

// A text with its length in front: no two lists of texts are one when put together.
void AppendText(std::string& key, std::string_view text) {
  key += std::to_string(text.size());
  key += ':';
  key += text;
}

void AppendPattern(std::string& key, const Pattern& pattern) {
  key += static_cast<char>('0' + static_cast<int>(pattern.form));
  AppendText(key, pattern.text);
}

std::string KeyOf(const Pattern& pattern) {
  std::string key;
  AppendPattern(key, pattern);
  return key;
}

std::string KeyOf(const std::vector<Limit>& limits) {
  std::string key;
  for (const Limit& limit : limits) {
    key += static_cast<char>('0' + static_cast<int>(limit.kind));
    AppendText(key, limit.key);
    AppendPattern(key, limit.value);
  }
  return key;
}

}  // namespace

template <class Value>
std::uint32_t PermissionNumbers::NumberOf(Numbers& numbers, std::string key, std::vector<Value>& values,
                                          const Value& value) {
  const auto [found, added] = numbers.try_emplace(std::move(key), static_cast<std::uint32_t>(values.size()));
  if (added) {
    values.push_back(value);
  }
  return found->second;
}

bool PermissionNumbers::Add(const StatementParts& parts, std::vector<NumberedPermission>& permissions) {
  const std::size_t combinations = Combinations(parts);
  if (combinations > kMostPermissions) {  // nobody asks for so much at once
    return false;
  }
  std::vector<std::uint32_t> resources;
  for (const Pattern& resource : parts.resources) {
    resources.push_back(NumberOf(resource_numbers_, KeyOf(resource), resources_, resource));
  }
  std::vector<std::uint32_t> limits;
  for (const std::vector<Limit>& one : CombinedLimits(parts)) {
    limits.push_back(NumberOf(limit_numbers_, KeyOf(one), limits_, one));
  }
  for (const std::string& text : parts.actions) {
    const std::uint32_t action = NumberOf(action_numbers_, text, actions_, text);
    for (const std::uint32_t resource : resources) {
      for (const std::uint32_t limit : limits) {
        permissions.push_back({action, resource, limit});
      }
    }
  }
  return true;
}

Permission PermissionNumbers::Of(const NumberedPermission& permission) const {
  return {actions_[permission.action], resources_[permission.resource], limits_[permission.limits]};
}

std::vector<NumberedPermission> PermissionNumbers::NotSame(const std::vector<NumberedPermission>& wanted,
                                                           std::vector<NumberedPermission> given) {
  std::sort(given.begin(), given.end());
  std::vector<NumberedPermission> rest;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(rest), [&](const NumberedPermission& permission) {
    return !std::binary_search(given.begin(), given.end(), permission);
  });
  return rest;
}

// What is the same is covered; only the rest is asked of a set, and only of what is given with the same actions.
std::vector<Permission> PermissionNumbers::Missing(const std::vector<NumberedPermission>& wanted,
                                                   const std::vector<NumberedPermission>& given) const {
  const std::vector<NumberedPermission> rest = NotSame(wanted, given);
  if (rest.empty()) {
    return {};
  }
  std::set<std::string> actions;
  for (const NumberedPermission& permission : rest) {
    actions.insert(LowerCase(Action(permission)));
  }
  PermissionSet set;
  for (const NumberedPermission& permission : given) {
    if (actions.contains(LowerCase(Action(permission)))) {
      set.Add(Of(permission));
    }
  }
  std::vector<Permission> missing;
  for (const NumberedPermission& one : rest) {
    Permission permission = Of(one);
    // An action on what is no resource of it allows nothing.
    if (!set.Covers(permission) && MayApply(permission.action, PatternText(permission.resource))) {
      missing.push_back(std::move(permission));
    }
  }
  return missing;
}

}  // namespace dpc::backend::aws
