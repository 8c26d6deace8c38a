#include "policy/tables/collect_access.h"

#include <algorithm>
#include <set>

#include "access/reach.h"
#include "model/settings.h"
#include "policy/tables/openings.h"

namespace dpc::policy {
namespace {

// Lists who gets at each port, by the grants that were really made.
class Collector {
 public:
  explicit Collector(const Side& side)
      : side_(side), m_(side.m()), r_(side.r()), access_(side.access()), reach_(side.m(), side.r()), openings_(side) {
    for (const model::EnvironmentId environment : m_.environments.All()) {
      const model::AssumedBy by = model::EffectiveAws(m_, environment).assumed_by;
      people_come_.push_back(by.conveyor_issuer.has_value() || by.identity_center_region.has_value());
    }
  }

  std::vector<PortAccess> Collect() {
    for (const access::RoleId role : access_.roles.All()) {
      const access::Role& row = access_.roles[role];
      if (product_ != row.product) {
        FinishProduct();
        product_ = row.product;
      }
      Role(row);
    }
    FinishProduct();
    return std::move(all_);
  }

 private:
  // Who gets in, and by which membership.
  struct Comer {
    Symbol email;
    model::MemberId member;
  };

  void Role(const access::Role& row) {
    std::vector<PortAccess> here;
    for (const access::GrantId grant : row.grants) {
      const access::Grant& given = access_.grants[grant];
      if (given.cause.port.has_value()) {
        Add(here,
            {given.cause.port, row.product, {}, {}, false, given.cause.input, given.cause.agreement, given.until, {}});
      }
    }
    for (const model::PortId port : side_.flow().PortsOf(row.product)) {
      Add(here, {port, row.product, {}, {}, true, {}, {}, std::nullopt, {}});
    }
    AddOpened(row, here);
    std::vector<Comer> people = PeopleOf(row);
    if (!IsAsBefore(here, people)) {
      AddAll(here, people);
      here_ = std::move(here);
      people_ = std::move(people);
    }
  }

  // The role of one more environment gives mostly what the one before gave, and of two equal rows the first counts.
  bool IsAsBefore(const std::vector<PortAccess>& here, const std::vector<Comer>& people) const {
    const auto same_place = [](const PortAccess& a, const PortAccess& b) {
      return a.port == b.port && a.through == b.through;
    };
    const auto same_person = [](const Comer& a, const Comer& b) { return a.email == b.email; };
    return !of_product_.empty() && std::equal(here.begin(), here.end(), here_.begin(), here_.end(), same_place) &&
           (people.empty() || std::equal(people.begin(), people.end(), people_.begin(), people_.end(), same_person));
  }

  void AddAll(const std::vector<PortAccess>& here, const std::vector<Comer>& people) {
    for (const PortAccess& access : here) {
      of_product_.push_back(access);
      for (const Comer& person : people) {
        PortAccess personal = access;
        personal.person = person.email;
        personal.member = person.member;
        of_product_.push_back(personal);
      }
    }
  }

  // Ports whose data the role gets at because it reads what holds that.
  void AddOpened(const access::Role& row, std::vector<PortAccess>& here) {
    std::set<std::pair<model::PortId, model::PortId>> known;
    for (const access::GrantId grant : row.grants) {
      const access::Grant& given = access_.grants[grant];
      const access::Cause& cause = given.cause;
      if (!cause.port.has_value()) {
        continue;
      }
      for (const model::PortId port : openings_.By(given.placement)) {
        if (port != cause.port && known.emplace(port, cause.port).second) {
          here.push_back({port, row.product, {}, {}, false, cause.input, cause.agreement, given.until, cause.port});
        }
      }
    }
  }

  // One port is granted as often as it has assets.
  static void Add(std::vector<PortAccess>& list, const PortAccess& access) {
    const bool known = std::any_of(list.begin(), list.end(), [&](const PortAccess& other) {
      return other.port == access.port && other.person == access.person;
    });
    if (!known) {
      list.push_back(access);
    }
  }

  std::vector<Comer> PeopleOf(const access::Role& row) {
    std::vector<Comer> people;
    if (!people_come_[row.environment.index()]) {
      return people;
    }
    for (const access::Way& way : reach_.WaysInto(row.product, row.environment)) {
      for (const model::Person& person : reach_.PeopleBy(row.product, way)) {
        people.push_back({person.email.text, MemberOf(row.product, person.email)});
      }
    }
    return people;
  }

  // The product's own members come before its team's, as model::PeopleOf has it.
  model::MemberId MemberOf(model::ProductId product, const model::Name& email) const {
    const auto in = [&](IdRange<model::MemberId> members) {
      const auto found = std::find_if(members.begin(), members.end(),
                                      [&](model::MemberId id) { return m_.members[id].email.text == email.text; });
      return found == members.end() ? model::MemberId() : *found;
    };
    const model::MemberId own = in(m_.products[product].members);
    const model::TeamId team = r_.product_owner[product.index()];
    return own.has_value() || !team.has_value() ? own : in(m_.teams[team].members);
  }

  // What rows of a product are sorted by; smaller than a row.
  struct Order {
    Symbol person;
    model::PortId port;
    std::uint32_t through;  // 0: none
    std::uint32_t row = 0;
  };

  bool IsBefore(const Order& a, const Order& b) const {
    if (a.person != b.person) {
      return IsBefore(a.person, b.person);
    }
    return a.port == b.port ? a.through < b.through : a.port < b.port;
  }

  void Sort() {
    order_.clear();
    for (const PortAccess& row : of_product_) {
      const std::uint32_t through = row.through.has_value() ? row.through.index() + 1 : 0;
      order_.push_back({row.person, row.port, through, static_cast<std::uint32_t>(order_.size())});
    }
    // Each role's rows are nearly in order.
    std::stable_sort(order_.begin(), order_.end(), [&](const Order& a, const Order& b) { return IsBefore(a, b); });
  }

  // The same access comes in several environments and by several ways. Who reads a port itself is not said to read it
  // through others.
  void FinishProduct() {
    Sort();
    const PortAccess* last = nullptr;
    for (const Order& order : order_) {
      const PortAccess& row = of_product_[order.row];
      const bool known = last != nullptr && last->person == row.person && last->port == row.port &&
                         (!last->through.has_value() || last->through == row.through);
      if (!known) {
        all_.push_back(row);
        last = &row;
      }
    }
    of_product_.clear();
  }

  // The product itself, then people by name.
  bool IsBefore(Symbol a, Symbol b) const {
    return a.has_value() != b.has_value() ? b.has_value() : m_.Text(a) < m_.Text(b);
  }

  const Side& side_;
  const model::Model& m_;
  const resolve::Resolved& r_;
  const access::AccessModel& access_;
  access::Reach reach_;
  std::vector<bool> people_come_;
  model::ProductId product_;
  Openings openings_;
  std::vector<PortAccess> here_;  // of the role added last, with the next
  std::vector<Comer> people_;
  std::vector<PortAccess> of_product_;
  std::vector<Order> order_;
  std::vector<PortAccess> all_;
};

}  // namespace

std::vector<PortAccess> CollectAccess(const Side& side) {
  return Collector(side).Collect();
}

}  // namespace dpc::policy
