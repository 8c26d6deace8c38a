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
    Entry entry = {holder_,
                   KindOf(way),
                   way.name,
                   way.within + (way.audience.empty() ? "" : " " + way.audience),
                   access::WayText(m_, way),
                   way.range,
                   EntityOfEnvironment(),
                   true};
    if (way.kind == WayKind::IdentityCenter) {
      entry.entity = keys().Of(way.team);
      entry.of_environment = false;
    } else if (way.kind == WayKind::IamUser || way.kind == WayKind::Conveyor) {
      entry.entity = keys().Of(role_.product);
      entry.of_environment = false;
    }
    list_->push_back(entry);
    for (const model::Person& person : access::PeopleBy(m_, side_.r(), role_.product, way)) {
      AddPerson(person);
    }
  }

  void AddPerson(const model::Person& person) {
    const std::string email = side_.Text(person.email);
    const model::MemberId member = MemberOf(person.email);
    const std::string entity(member.has_value() ? keys().Of(member) : keys().Of(role_.product));
    list_->push_back(
        {holder_, "person", LowerCase(email), "", "`" + Printable(email) + "`", person.email.range, entity, false});
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
      list_->push_back({holder_, "ssoGroup", name, "", "group `" + Printable(name) + "`", m_.names[id].range,
                        std::string(keys().Of(team)), false});
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

Entries EntriesOf(const Side& side) {
  return Collector(side).Collect();
}

}  // namespace dpc::ledger
