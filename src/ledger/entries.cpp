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

std::string Door(std::string_view environment, WayKind kind, std::string_view what, std::string_view audience) {
  return std::string(environment) + "\n" + std::string(access::WayKindName(kind)) + "\n" + std::string(what) + "\n" +
         std::string(audience);
}

class Collector {
 public:
  Collector(const Side& side, const Holder& holder)
      : side_(side), m_(side.m()), holder_(&holder), role_(side.access().roles[holder.role]) {}

  std::vector<Entry> Collect() {
    for (const Way& way : access::WaysInto(m_, side_.r(), role_.product, role_.environment)) {
      AddWay(way);
    }
    AddGroups();
    return std::move(list_);
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
    list_.push_back(entry);
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
    list_.push_back(std::move(entry));
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
      list_.push_back(std::move(entry));
    }
  }

  const Side& side_;
  const model::Model& m_;
  const Holder* holder_;
  access::Role role_;
  std::vector<Entry> list_;
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

std::vector<Entry> EntriesOf(const Side& side, const Holder& holder) {
  return Collector(side, holder).Collect();
}

const std::vector<Entry>* Entries::Of(const Holder& name) const {
  const Holder* first = side_.FindHolder(name);
  if (first == nullptr) {
    return nullptr;
  }
  const auto [found, added] = known_.try_emplace(first);
  if (added) {
    for (const Holder* holder : side_.HoldersNamed(name)) {
      std::vector<Entry> entries = EntriesOf(side_, *holder);
      std::move(entries.begin(), entries.end(), std::back_inserter(found->second));
    }
  }
  return &found->second;
}

EntryComparison::EntryComparison(const Side& base, const Side& head)
    : base_(base), head_(head), base_reach_(base.m(), base.r()), head_reach_(head.m(), head.r()) {}

bool EntryComparison::IsSame(const Holder& base, const Holder& head) {
  const access::Role& before = base_.access().roles[base.role];
  const access::Role& now = head_.access().roles[head.role];
  return std::ranges::equal(base_reach_.WaysInto(before.product, before.environment),
                            head_reach_.WaysInto(now.product, now.environment),
                            [&](const Way& was, const Way& is) {
                              return IsSameWay(was, is) && HaveSamePeople(base_reach_.PeopleBy(before.product, was),
                                                                          head_reach_.PeopleBy(now.product, is));
                            }) &&
         HaveSameGroups(base_.r().product_owner[before.product.index()], head_.r().product_owner[now.product.index()]);
}

// All that stands in Entry::KeyText.
bool EntryComparison::IsSameWay(const Way& base, const Way& head) const {
  return base.kind == head.kind && base.name == head.name && base.within == head.within &&
         base.audience == head.audience;
}

bool EntryComparison::HaveSamePeople(const People& base, const People& head) {
  const auto [found, added] = same_people_.try_emplace({&base, &head});
  if (added) {
    found->second = std::ranges::equal(base, head, [&](const model::Person& was, const model::Person& is) {
      return base_.m().Text(was.email) == head_.m().Text(is.email);
    });
  }
  return found->second;
}

bool EntryComparison::HaveSameGroups(model::TeamId base, model::TeamId head) const {
  const auto groups = [](const Side& side, model::TeamId team) {
    return team.has_value() ? side.m().teams[team].sso_groups : model::Names();
  };
  const model::Names before = groups(base_, base);
  const model::Names now = groups(head_, head);
  return std::equal(before.begin(), before.end(), now.begin(), now.end(), [&](model::NameId was, model::NameId is) {
    return base_.m().Text(base_.m().names[was]) == head_.m().Text(head_.m().names[is]);
  });
}

}  // namespace dpc::ledger
