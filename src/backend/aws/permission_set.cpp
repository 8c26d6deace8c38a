#include <algorithm>

#include "backend/aws/permissions.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

// A pattern with other wildcards equals only itself.
std::string ExactKey(const Pattern& pattern) {
  return pattern.form == PatternForm::Verbatim ? std::string(1, '\0') + pattern.text : pattern.text;
}

}  // namespace

PermissionSet::PermissionSet(const std::vector<Permission>& permissions) {
  for (const Permission& permission : permissions) {
    Add(permission);
  }
}

void PermissionSet::Add(const Permission& permission) {
  std::vector<Key> keys;
  for (const Limit& limit : permission.limits) {
    keys.emplace_back(limit.kind, limit.key);
  }
  Level* level = &actions_[LowerCase(permission.action)][keys];
  const auto descend = [&](LimitKind kind, const Pattern& pattern) {
    const bool prefix = pattern.form == PatternForm::Prefix || kind == LimitKind::Before;
    if (prefix) {
      level->lengths.insert(pattern.text.size());
    }
    auto& next = (prefix ? level->prefix : level->exact)[ExactKey(pattern)];
    if (next == nullptr) {
      next = std::make_unique<Level>();
    }
    level = next.get();
  };
  descend(LimitKind::Text, permission.resource);
  for (const Limit& limit : permission.limits) {
    descend(limit.kind, limit.value);
  }
}

// NOLINTBEGIN(misc-no-recursion): as deep as a permission of dpc's own has conditions, at most four.

// Calls `visit` for what lies below each pattern that covers `wanted`, until it says true.
template <class Visit>
bool PermissionSet::AnyCover(const Level& level, LimitKind kind, const Pattern& wanted, const Visit& visit) {
  if (kind == LimitKind::Before) {
    return std::any_of(level.prefix.lower_bound(wanted.text), level.prefix.end(),
                       [&](const auto& entry) { return visit(*entry.second); });
  }
  if (wanted.form != PatternForm::Prefix) {
    const auto found = level.exact.find(ExactKey(wanted));
    if (found != level.exact.end() && visit(*found->second)) {
      return true;
    }
  }
  // What a verbatim pattern matches begins with what stands before its first wildcard.
  const std::string_view fixed = wanted.form == PatternForm::Verbatim
                                     ? std::string_view(wanted.text).substr(0, wanted.text.find_first_of("*?$"))
                                     : std::string_view(wanted.text);
  for (const std::size_t length : level.lengths) {
    if (length > fixed.size()) {
      return false;
    }
    const auto found = level.prefix.find(fixed.substr(0, length));
    if (found != level.prefix.end() && visit(*found->second)) {
      return true;
    }
  }
  return false;
}

// Below `level`, which decides on condition `depth`: is there a permission whose conditions all follow from those of
// `wanted`?
bool PermissionSet::Find(const Level& level, const std::vector<Key>& keys, std::size_t depth,
                         const Permission& wanted) {
  if (depth == keys.size()) {
    return true;
  }
  return std::any_of(wanted.limits.begin(), wanted.limits.end(), [&](const Limit& limit) {
    return limit.kind == keys[depth].first && limit.key == keys[depth].second &&
           AnyCover(level, limit.kind, limit.value,
                    [&](const Level& next) { return Find(next, keys, depth + 1, wanted); });
  });
}

// NOLINTEND(misc-no-recursion)

bool PermissionSet::Covers(const Permission& permission) const {
  const auto shapes = actions_.find(LowerCase(permission.action));
  if (shapes == actions_.end()) {
    return false;
  }
  return std::any_of(shapes->second.begin(), shapes->second.end(), [&](const auto& shape) {
    const auto& [keys, level] = shape;
    return AnyCover(level, LimitKind::Text, permission.resource,
                    [&keys = keys, &permission](const Level& next) { return Find(next, keys, 0, permission); });
  });
}

std::vector<Permission> Missing(const std::vector<Permission>& wanted, const PermissionSet& given) {
  std::vector<Permission> missing;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(missing),
               [&](const Permission& permission) { return !given.Covers(permission); });
  return missing;
}

}  // namespace dpc::backend::aws
