#include "ledger/entries.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

using access::Way;
using access::WayKind;

// "permissionSet", not "identityCenter": rows name who gets in, not how.
std::string KindOf(const Way& way) {
  return way.kind == WayKind::IdentityCenter ? "permissionSet" : std::string(access::WayKindName(way.kind));
}

std::string Door(const std::string& environment, WayKind kind, std::string_view what, std::string_view audience) {
  return environment + "\n" + std::string(access::WayKindName(kind)) + "\n" + std::string(what) + "\n" +
         std::string(audience);
}

class Collector {
 public:
  explicit Collector(const Side& side) : side_(side), m_(side.m()) {}

  Entries Collect() {
    for (const Holder& holder : side_.holders()) {
      holder_ = &holder;
      role_ = side_.access().roles[holder.role];
      list_ = &all_[holder.Name()];
      for (const Way& way : access::WaysInto(m_, side_.r(), role_.product, role_.environment)) {
        AddWay(way);
      }
      AddGroups();
    }
    return std::move(all_);
  }

 private:
  const resolve::Keys& keys() const { return side_.revision().keys; }

  // Where `assumedBy` stands: the environment's replaces the workspace's.
  std::string EntityOfEnvironment() const {
    const bool own = m_.environments[role_.environment].aws.assumed_by.declared;
    return std::string(own ? keys().Of(role_.environment) : keys().OfWorkspace());
  }

  void AddWay(const Way& way) {
    Entry entry;
    entry.holder = holder_;
    entry.kind = KindOf(way);
    entry.principal = way.name;
    entry.within = way.within + (way.audience.empty() ? "" : " " + way.audience);
    entry.text = access::WayText(m_, way);
    entry.range = way.range;
    entry.entity = EntityOfEnvironment();
    entry.of_environment = true;
    if (way.kind == WayKind::IdentityCenter || way.kind == WayKind::Conveyor) {
      const bool team = way.kind == WayKind::IdentityCenter;
      entry.door = Door(holder_->environment, way.kind, team ? way.within : way.name, way.audience);
      entry.door_entity = entry.entity;
      entry.entity = team ? keys().Of(way.team) : keys().Of(role_.product);
      entry.of_environment = false;
    } else if (way.kind == WayKind::IamUser) {
      entry.entity = keys().Of(role_.product);
      entry.of_environment = false;
    }
    list_->push_back(entry);
    for (const model::Person& person : access::PeopleBy(m_, side_.r(), role_.product, way)) {
      AddPerson(person, entry.KeyText());
    }
  }

  void AddPerson(const model::Person& person, std::string way) {
    Entry entry;
    entry.holder = holder_;
    entry.kind = "person";
    entry.principal = LowerCase(side_.Text(person.email));
    entry.text = "`" + Printable(side_.Text(person.email)) + "`";
    entry.range = person.email.range;
    const model::MemberId member = MemberOf(person.email);
    entry.entity = member.has_value() ? keys().Of(member) : keys().Of(role_.product);
    entry.way = std::move(way);
    list_->push_back(std::move(entry));
  }

  model::MemberId MemberOf(const model::Name& email) const {
    const auto in = [&](IdRange<model::MemberId> members) {
      const auto found = std::find_if(members.begin(), members.end(),
                                      [&](model::MemberId id) { return m_.members[id].email.text == email.text; });
      return found == members.end() ? model::MemberId() : *found;
    };
    const model::MemberId own = in(m_.products[role_.product].members);
    const model::TeamId team = side_.r().product_owner[role_.product.index()];
    return own.has_value() || !team.has_value() ? own : in(m_.teams[team].members);
  }

  // Who is in a group is not declared: whoever it is gets in with the team.
  void AddGroups() {
    const model::TeamId team = side_.r().product_owner[role_.product.index()];
    if (!team.has_value()) {
      return;
    }
    for (const model::NameId id : m_.teams[team].sso_groups) {
      const std::string name = side_.Text(m_.names[id]);
      Entry entry;
      entry.holder = holder_;
      entry.kind = "ssoGroup";
      entry.principal = name;
      entry.text = "group `" + Printable(name) + "`";
      entry.range = m_.names[id].range;
      entry.entity = keys().Of(team);
      list_->push_back(std::move(entry));
    }
  }

  const Side& side_;
  const model::Model& m_;
  const Holder* holder_ = nullptr;
  access::Role role_;
  std::vector<Entry>* list_ = nullptr;
  Entries all_;
};

}  // namespace

std::set<std::string> DoorsOf(const Side& side) {
  std::set<std::string> doors;
  for (const model::EnvironmentId id : side.m().environments.All()) {
    const model::AssumedBy by = model::EffectiveAws(side.m(), id).assumed_by;
    const std::string name = side.Text(side.m().environments[id].name);
    if (by.conveyor_issuer.has_value()) {
      doors.insert(Door(name, WayKind::Conveyor, side.Text(by.conveyor_issuer), side.Text(by.conveyor_audience)));
    }
    if (by.identity_center_region.has_value()) {
      doors.insert(Door(name, WayKind::IdentityCenter, side.Text(by.identity_center_region), ""));
    }
  }
  return doors;
}

Entries EntriesOf(const Side& side) {
  return Collector(side).Collect();
}

}  // namespace dpc::ledger
