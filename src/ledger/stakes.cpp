#include "ledger/stakes.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::ledger {
namespace {

using model::Classification;

Atom AtPlace(Atom atom, std::string_view place) {
  atom.place = place;
  return atom;
}

bool IsPlace(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

// As it tells who comes: names of service accounts and workers hold the product's.
std::string Comer(const Entry& entry) {
  const bool named = entry.kind == "serviceAccount" || entry.kind == "podIdentity" || entry.kind == "iamUser";
  return entry.kind + "\n" + (named ? "" : entry.principal) + "\n" + (entry.kind == "conveyor" ? "" : entry.within);
}

}  // namespace

Stake& StakeOf(std::vector<Stake>& stakes, Owner owner) {
  const auto found =
      std::find_if(stakes.begin(), stakes.end(), [&](const Stake& stake) { return stake.owner.names == owner.names; });
  if (found != stakes.end()) {
    Merge(found->owner, owner);
    return *found;
  }
  stakes.push_back({std::move(owner), Classification::Unset, {}, false});
  return stakes.back();
}

Stakes::Stakes(const Side& base, const Side& head, const Bench& bench)
    : base_(base), head_(head), bench_(bench), base_atoms_(base), entries_(base), head_entries_(head) {}

bool Stakes::Covers(const Atom& atom) const {
  const Holder* first = base_.FindHolder(*atom.holder);
  if (first == nullptr) {
    return false;
  }
  const auto [found, added] = held_.try_emplace(first);
  if (added) {
    for (const Holder* holder : base_.HoldersNamed(*first)) {
      found->second.Add(base_atoms_.Of(*holder));
    }
  }
  return found->second.Covers(atom);
}

const Stakes::ServicePlaces& Stakes::Services() const {
  if (services_) {
    return *services_;
  }
  services_.emplace();
  for (const Holder& holder : base_.holders()) {
    for (const Atom& atom : base_atoms_.Of(holder)) {
      const bool is_key = !atom.about.empty() && atom.about != atom.place;
      if (!atom.grant.has_value() && atom.action == Action::Own && !is_key) {
        services_->emplace(atom.place, base_.access().roles[holder.role].product);
      }
    }
  }
  return *services_;
}

Owner Stakes::OwnerInBase(model::ProductId head_product) const {
  if (!head_product.has_value()) {
    return {};
  }
  const model::ProductId there = base_.Product(head_.m().Text(head_.m().products[head_product].name));
  if (there.has_value()) {
    return base_.OwnerOf(there);
  }
  // A product that is new: its team answers, as it was; who is new as well has nobody else's data.
  const model::TeamId team = head_.r().product_owner[head_product.index()];
  const model::TeamId team_there = team.has_value() ? base_.Team(head_.m().Text(head_.m().teams[team].name)) : team;
  return team_there.has_value() ? base_.OwnerOf(team_there) : head_.OwnerOf(head_product);
}

std::vector<Stake> Stakes::Of(const Atom& atom, bool all) const {
  std::vector<Stake> stakes;
  const bool entry = IsPlace(atom.place) && atom.place != atom.about && atom.action != Action::List;
  if (entry) {
    AddPlace(atom, atom.place, all, stakes);  // of a table, what is written of it in the catalog is data, too
  }
  const bool known = !stakes.empty();
  AddPlace(atom, atom.about, all, stakes);
  AddServices(atom, all, stakes);
  if (stakes.empty()) {
    stakes.push_back(OfNew(atom));
  }
  // Its files could be had before: their key, or an entry in the catalog that was nobody's, gives nothing more.
  const bool beside =
      !known && atom.action != Action::List && atom.place != atom.about && Covers(AtPlace(atom, atom.about));
  for (Stake& stake : stakes) {
    stake.needs_nobody = stake.needs_nobody || beside || (!all && IsOpen(atom, stake));
  }
  return stakes;
}

void Stakes::AddPlace(const Atom& atom, std::string_view place, bool all, std::vector<Stake>& stakes) const {
  if (place.empty()) {
    return;
  }
  const bool harmless = IsHarmless(atom);
  for (const resolve::PlaceMap::Entry& entry : base_.places().Overlapping(place)) {
    const model::ProductId product = base_.m().assets[entry.asset].product;
    if (!all && product.has_value() && IsOwn(atom, product)) {
      continue;
    }
    const std::string label = model::AssetLabel(base_.m(), entry.asset);
    Stake& stake = StakeOf(stakes, base_.OwnerOf(entry.asset));
    stake.data.insert(label);
    Raise(stake.classification, harmless ? Classification::Unset : base_.ClassOf(entry.asset));
    if (const model::AssetId now = head_.Asset(label); now.has_value() && !harmless) {
      Raise(stake.classification, head_.ClassOf(now));
    }
  }
}

// The role's own product had a role here before, or goes on under another name. In an environment that it enters, its
// data is at stake: others come into roles there.
bool Stakes::IsOwn(const Atom& atom, model::ProductId base_product) const {
  if (base_.m().Text(base_.m().products[base_product].name) == atom.holder->product) {
    return base_.FindHolder(*atom.holder) != nullptr;
  }
  return IsRenamed(atom, base_product);
}

bool Stakes::IsRenamed(const Atom& atom, model::ProductId base_product) const {
  const model::ProductId now = head_.access().roles[atom.holder->role].product;
  const Owner owner = base_.OwnerOf(base_product);
  const std::string name = base_.Text(base_.m().products[base_product].name);
  Holder before = *atom.holder;
  before.product = name;
  return !head_.Product(name).has_value() && !base_.Product(atom.holder->product).has_value() && !owner.names.empty() &&
         owner == head_.OwnerOf(now) && SamePeople(before, *atom.holder);
}

// Nobody comes into the one role who did not come into the other.
bool Stakes::SamePeople(const Holder& before, const Holder& now) const {
  const std::vector<Entry>* then = entries_.Of(before);
  const std::vector<Entry>* after = head_entries_.Of(now);
  if (then == nullptr || after == nullptr) {
    return false;
  }
  std::set<std::string> known;
  for (const Entry& entry : *then) {
    known.insert(Comer(entry));
  }
  return std::all_of(after->begin(), after->end(), [&](const Entry& entry) { return known.contains(Comer(entry)); });
}

// Results of queries, parameters: they are the product's that got them.
void Stakes::AddServices(const Atom& atom, bool all, std::vector<Stake>& stakes) const {
  const std::string_view start = atom.about.empty() ? atom.place : atom.about;
  for (std::string_view place = start; !place.empty(); place = resolve::PlaceAround(place)) {
    const auto found = Services().find(place);
    if (found != Services().end() && (all || !IsOwn(atom, found->second))) {
      StakeOf(stakes, base_.OwnerOf(found->second));
    }
  }
}

Stake Stakes::OfNew(const Atom& atom) const {
  Stake stake;
  if (!atom.grant.has_value()) {
    stake.needs_nobody = true;
    return stake;
  }
  const access::Grant& grant = head_.access().grants[atom.grant];
  const model::AssetId asset = head_.r().placements[grant.placement].asset;
  stake.data.insert(model::AssetLabel(head_.m(), asset));
  stake.classification = head_.ClassOf(asset);
  const model::ProductId provider = head_.m().assets[asset].product;
  if (!grant.cause.port.has_value() || provider == head_.access().roles[atom.holder->role].product) {
    stake.needs_nobody = true;  // nobody's data before, and its own now
    return stake;
  }
  stake.owner = OwnerInBase(provider);
  stake.needs_nobody = WasRead(atom, grant, stake.classification);
  return stake;
}

// Of all that a port of the base offers, by whatever other port it is confidential.
Classification Stakes::ClassBehind(model::PortId port) const {
  Classification highest = base_.ClassOf(port);
  for (const resolve::AssetRefId reference : base_.r().port_assets[port.index()]) {
    if (const model::AssetId asset = base_.r().asset_refs[reference]; asset.has_value()) {
      Raise(highest, base_.ClassOf(asset));
    }
  }
  return highest;
}

// More data, of no higher class, behind a port that was read before for as long: its owner puts it there.
bool Stakes::WasRead(const Atom& atom, const access::Grant& grant, Classification classification) const {
  const model::PortId port = base_.Port(model::PortLabel(head_.m(), grant.cause.port));
  const Holder* holder = base_.FindHolder(*atom.holder);
  if (!port.has_value() || holder == nullptr || ClassBehind(port) < classification) {
    return false;
  }
  const auto grants = base_.access().roles[holder->role].grants;
  return std::any_of(grants.begin(), grants.end(), [&](access::GrantId id) {
    const access::Grant& row = base_.access().grants[id];
    return row.cause.port == port && FirstDay(row.from) <= atom.first && LastDay(row.until) >= atom.last;
  });
}

// The port by which head reads, where the base has it.
model::PortId Stakes::PortInBase(const Atom& atom) const {
  if (!atom.grant.has_value()) {
    return {};
  }
  const model::PortId port = head_.access().grants[atom.grant].cause.port;
  return port.has_value() ? base_.Port(model::PortLabel(head_.m(), port)) : port;
}

bool Stakes::HoldsInBase(model::PortId port, std::string_view place) const {
  const std::vector<resolve::PlaceMap::Entry> around = base_.places().Holding(place);
  return std::any_of(around.begin(), around.end(), [&](const resolve::PlaceMap::Entry& entry) {
    const auto& ports = base_.PortsOf(entry.asset);
    return std::find(ports.begin(), ports.end(), port) != ports.end();
  });
}

// Offered as harmless in the base already, and governance agreed there.
bool Stakes::IsHarmless(const Atom& atom) const {
  const model::PortId port = PortInBase(atom);
  if (!port.has_value() || !base_.m().ports[port].declassified.declared) {
    return false;
  }
  const auto& approvers = base_.m().ports[port].declassified.approved_by;
  const bool agreed = std::any_of(approvers.begin(), approvers.end(), [&](model::NameId name) {
    return bench_.IsGovernance(LowerCase(base_.m().Text(base_.m().names[name])));
  });
  return agreed && !IsGuarded(base_.ClassOf(port)) && HoldsInBase(port, atom.about);
}

// Its owner opened it to everybody before: reading it takes nobody's leave.
bool Stakes::IsOpen(const Atom& atom, const Stake& stake) const {
  const model::PortId port = PortInBase(atom);
  return port.has_value() && !IsGuarded(stake.classification) &&
         base_.m().ports[port].access == model::AccessType::Unrestricted && HoldsInBase(port, atom.about);
}

}  // namespace dpc::ledger
