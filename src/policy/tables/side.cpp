#include "policy/tables/side.h"

#include <algorithm>
#include <tuple>

#include "access/reach.h"
#include "model/settings.h"
#include "resolve/places.h"

namespace dpc::policy {
namespace {

// Lists who gets at each port, by the grants that were really made.
class Collector {
 public:
  Collector(const model::Model& model, const resolve::Resolved& resolved, const access::AccessModel& access)
      : m_(model), r_(resolved), access_(access) {
    for (const model::EnvironmentId environment : model.environments.All()) {
      const model::AssumedBy by = model::EffectiveAws(model, environment).assumed_by;
      people_come_.push_back(by.conveyor_issuer.has_value() || by.identity_center_region.has_value());
    }
  }

  std::vector<PortAccess> Collect(const Flow& flow) {
    for (const access::RoleId role : access_.roles.All()) {
      const access::Role& row = access_.roles[role];
      if (product_ != row.product) {
        FinishProduct();
        product_ = row.product;
      }
      Role(row, flow);
    }
    FinishProduct();
    return std::move(all_);
  }

 private:
  void Role(const access::Role& row, const Flow& flow) {
    std::vector<PortAccess> here;
    for (const access::GrantId grant : row.grants) {
      const access::Grant& given = access_.grants[grant];
      if (given.cause.port.has_value()) {
        Add(here,
            {given.cause.port, row.product, {}, {}, false, given.cause.input, given.cause.agreement, given.until});
      }
    }
    for (const model::PortId port : flow.PortsOf(row.product)) {
      Add(here, {port, row.product, {}, {}, true, {}, {}, std::nullopt});
    }
    const std::vector<model::Person> people = PeopleOf(row);
    for (const PortAccess& access : here) {
      of_product_.push_back(access);
      for (const model::Person& person : people) {
        PortAccess personal = access;
        personal.person = person.email.text;
        personal.member = MemberOf(row.product, person.email);
        of_product_.push_back(personal);
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

  std::vector<model::Person> PeopleOf(const access::Role& row) const {
    std::vector<model::Person> people;
    if (!people_come_[row.environment.index()]) {
      return people;
    }
    for (const access::Way& way : access::WaysInto(m_, r_, row.product, row.environment)) {
      for (const model::Person& person : access::PeopleBy(m_, r_, row.product, way)) {
        people.push_back(person);
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

  // The same access comes in several environments and by several ways.
  void FinishProduct() {
    const auto key = [&](const PortAccess& row) {
      return std::tuple(row.person.has_value(), m_.Text(row.person), row.port);
    };
    std::stable_sort(of_product_.begin(), of_product_.end(),
                     [&](const PortAccess& a, const PortAccess& b) { return key(a) < key(b); });
    const auto end = std::unique(of_product_.begin(), of_product_.end(),
                                 [&](const PortAccess& a, const PortAccess& b) { return key(a) == key(b); });
    all_.insert(all_.end(), of_product_.begin(), end);
    of_product_.clear();
  }

  const model::Model& m_;
  const resolve::Resolved& r_;
  const access::AccessModel& access_;
  std::vector<bool> people_come_;
  model::ProductId product_;
  std::vector<PortAccess> of_product_;
  std::vector<PortAccess> all_;
};

}  // namespace

Side::Side(const World& world, Snapshot snapshot)
    : world_(world),
      snapshot_(std::move(snapshot)),
      keys_(std::make_unique<Keys>(*snapshot_.model, *snapshot_.resolved)),
      flow_(std::make_unique<Flow>(*snapshot_.model, *snapshot_.resolved)),
      files_(std::make_unique<ParsedFiles>(*snapshot_.sources)) {
  for (const model::EnvironmentId environment : m().environments.All()) {
    production_.push_back(model::IsProduction(m(), environment));
  }
}

Side::~Side() = default;

bool Side::IsProduction(model::ProductId product) const {
  const auto environments = r().product_environments[product.index()];
  return std::any_of(environments.begin(), environments.end(), [&](resolve::EnvironmentRefId reference) {
    return IsProduction(r().environment_refs[reference]);
  });
}

std::string_view Side::EntityAt(Range place) const {
  if (!place.has_value()) {
    return "";
  }
  if (!finder_) {
    finder_ = std::make_unique<EntityFinder>(*keys_, *snapshot_.sources, *files_);
  }
  const auto entity = finder_->Find(place.begin);
  return entity ? keys_->KeyOf(*entity) : std::string_view();
}

const resolve::PlaceMap& Side::places() const {
  if (!places_) {
    places_ = std::make_unique<resolve::PlaceMap>(m(), r());
  }
  return *places_;
}

const std::vector<PortAccess>& Side::PortAccesses() const {
  if (!port_accesses_) {
    port_accesses_ = Collector(m(), r(), access()).Collect(*flow_);
  }
  return *port_accesses_;
}

World::World(Snapshot head, std::optional<Snapshot> base, std::optional<Date> today, PullRequest pull_request,
             MakeLedger make_ledger, std::optional<Snapshot> tip)
    : today_(today),
      pull_request_(std::move(pull_request)),
      head_(std::make_unique<Side>(*this, std::move(head))),
      make_ledger_(std::move(make_ledger)) {
  if (base) {
    base_ = std::make_unique<Side>(*this, std::move(*base));
  }
  if (tip) {
    tip_ = std::make_unique<Side>(*this, std::move(*tip));
  }
}

std::vector<const Side*> World::Before() const {
  std::vector<const Side*> sides;
  if (base_) {
    sides.push_back(base_.get());
  }
  if (tip_) {
    sides.push_back(tip_.get());
  }
  return sides;
}

const ledger::Ledger& World::ledger() const {
  if (!ledger_) {
    ledger_ = make_ledger_ ? make_ledger_(pull_request_) : ledger::Ledger();
  }
  return *ledger_;
}

}  // namespace dpc::policy
