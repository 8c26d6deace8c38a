#include "access/access_diff.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "access/answers.h"
#include "access/reach.h"

namespace dpc::access {
namespace {

std::vector<std::string> PeopleInto(const model::Model& model, const resolve::Resolved& resolved, const Role& role) {
  std::set<std::string> people;
  for (const Way& way : WaysInto(model, resolved, role.product, role.environment)) {
    for (const model::Person& person : PeopleBy(model, resolved, role.product, way)) {
      people.emplace(model.Text(person.email));
    }
  }
  return {people.begin(), people.end()};
}

Range RangeOf(const model::Model& model, const resolve::Resolved& resolved, const Grant& grant) {
  if (grant.cause.agreement.has_value()) {
    return model.agreements[grant.cause.agreement].range;
  }
  if (grant.cause.input.has_value()) {
    return model.inputs[grant.cause.input].port.range;
  }
  return model.assets[resolved.placements[grant.placement].asset].name.range;
}

// "" is without end, which lasts longest.
bool LastsLonger(const std::string& left, const std::string& right) {
  return !right.empty() && (left.empty() || right < left);
}

}  // namespace

GrantTable TableOf(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                   const CoordinatesOf& coordinates) {
  GrantTable table;
  for (const RoleId id : access.roles.All()) {
    const Role& role = access.roles[id];
    const std::vector<std::string> people = PeopleInto(model, resolved, role);
    for (const GrantId grant_id : role.grants) {
      const Grant& grant = access.grants[grant_id];
      const resolve::Placement& placement = resolved.placements[grant.placement];
      GrantKey key = {std::string(model.Text(model.products[role.product].name)),
                      std::string(model.Text(model.environments[role.environment].name)),
                      model::AssetLabel(model, placement.asset),
                      std::string(model.Text(model.environments[placement.environment].name)),
                      std::string(RightName(grant.right)),
                      grant.cause.port.has_value() ? model::PortLabel(model, grant.cause.port) : "",
                      coordinates(grant.placement)};
      GrantFacts facts = {grant.until ? grant.until->ToString() : "", people, RangeOf(model, resolved, grant)};
      const auto [known, added] = table.try_emplace(std::move(key), facts);
      if (!added && LastsLonger(facts.until, known->second.until)) {
        known->second = std::move(facts);
      }
    }
  }
  return table;
}

PeopleTable PeopleTableOf(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access) {
  PeopleTable table;
  for (const RoleId id : access.roles.All()) {
    const Role& role = access.roles[id];
    table[{std::string(model.Text(model.products[role.product].name)),
           std::string(model.Text(model.environments[role.environment].name))}] = PeopleInto(model, resolved, role);
  }
  return table;
}

std::vector<GrantChange> CompareGrants(const GrantTable& base, const GrantTable& head) {
  std::vector<GrantChange> changes;
  for (const auto& [key, facts] : base) {
    const auto now = head.find(key);
    if (now == head.end()) {
      changes.push_back({ChangeKind::Lost, key, facts, ""});
    } else if (now->second.until != facts.until) {
      changes.push_back({ChangeKind::Until, key, now->second, facts.until});
    }
  }
  for (const auto& [key, facts] : head) {
    if (!base.contains(key)) {
      changes.push_back({ChangeKind::Gained, key, facts, ""});
    }
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const GrantChange& a, const GrantChange& b) { return a.key < b.key; });
  return changes;
}

std::vector<PersonChange> ComparePeople(const PeopleTable& base, const PeopleTable& head) {
  std::vector<PersonChange> changes;
  for (const auto& [role, before] : base) {
    const auto now = head.find(role);
    if (now == head.end()) {
      continue;
    }
    const auto only_in = [&changes, &role = role](const std::vector<std::string>& left,
                                                  const std::vector<std::string>& right, bool gained) {
      std::vector<std::string> people;
      std::set_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(people));
      for (std::string& person : people) {
        changes.push_back({gained, role.first, role.second, std::move(person)});
      }
    };
    only_in(before, now->second, false);
    only_in(now->second, before, true);
  }
  return changes;
}

}  // namespace dpc::access
