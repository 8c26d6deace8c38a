// What one revision grants and another does not. Compared by names and coordinates, never by ids: what only moves in
// the files is no difference.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "access/access.h"

namespace dpc::access {

// A grant in words.
struct GrantKey {
  std::string product;
  std::string environment;  // the role's
  std::string asset;
  std::string place;  // the environment that the asset lies in
  std::string right;
  std::string port;                      // "": the product's own
  std::vector<std::string> coordinates;  // on the platform
  auto operator<=>(const GrantKey&) const = default;
};

// What is not part of a grant's identity.
struct GrantFacts {
  std::string until;                // "": without end
  std::vector<std::string> people;  // who get into the role, by email
  Range range;                      // the agreement, else the input port, else the asset
};

using GrantTable = std::map<GrantKey, GrantFacts>;

using CoordinatesOf = std::function<std::vector<std::string>(resolve::PlacementId)>;

// Of a placement that is granted several times for one port, what lasts longest.
GrantTable TableOf(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                   const CoordinatesOf& coordinates);

// By role ("product", "environment"): who get in.
using PeopleTable = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

PeopleTable PeopleTableOf(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access);

enum class ChangeKind : std::uint8_t { Gained, Lost, Until };

struct GrantChange {
  ChangeKind kind = ChangeKind::Gained;
  GrantKey key;
  GrantFacts facts;    // of the head; of the base for what is lost
  std::string before;  // Until: the former last day
};

struct PersonChange {
  bool gained = false;
  std::string product;
  std::string environment;
  std::string person;
};

// In the order of keys.
std::vector<GrantChange> CompareGrants(const GrantTable& base, const GrantTable& head);
// Of roles that are on both sides.
std::vector<PersonChange> ComparePeople(const PeopleTable& base, const PeopleTable& head);

}  // namespace dpc::access
