// Who really gets at data differs between two revisions although the grants are the same: other ways into roles, other
// settings that change what a grant is worth. Compared by names, as access_diff.h compares grants.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "access/access.h"
#include "access/reach.h"

namespace dpc::access {

// A way into a role, with everything that tells who comes by it.
struct WayKey {
  std::string environment;
  std::string product;
  WayKind kind = WayKind::Conveyor;
  std::string name;
  std::string within;
  std::string audience;
  auto operator<=>(const WayKey&) const = default;
};

struct WayFacts {
  std::string text;  // in words
  Range range;
};

// Something that an environment, or a product in it, says about all of its grants.
struct SettingKey {
  std::string environment;
  std::string product;  // "": of the environment itself
  std::string setting;  // "listing", "buckets.lake.key", "services", ...: as it is declared
  auto operator<=>(const SettingKey&) const = default;
};

struct SettingFacts {
  std::string value;  // with its default; "": nothing
  Range range;        // of the product or the environment
};

// Of all roles of one revision.
struct Entry {
  std::map<WayKey, WayFacts> ways;
  std::map<SettingKey, SettingFacts> settings;
  std::set<std::pair<std::string, std::string>> without_grants;  // roles: environment, product
};

Entry EntryOf(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access);

struct WayChange {
  bool gained = false;
  WayKey key;
  WayFacts facts;  // of the side that has it
};

// Everybody in the account whose own policy allows it newly gets in.
bool OpensAccount(const WayChange& change);

struct SettingChange {
  SettingKey key;
  std::string before;
  SettingFacts facts;  // of the head
};

// What the whole account gains first, then in the order of keys. A new role gains
// its ways; a role that is gone has lost its grants, which says it all, or else its ways.
std::vector<WayChange> CompareWays(const Entry& base, const Entry& head);
// Of environments, roles and buckets that are on both sides.
std::vector<SettingChange> CompareSettings(const Entry& base, const Entry& head);

}  // namespace dpc::access
