#include "ledger/gains.h"

#include <algorithm>

#include "base/text.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

using model::Classification;

bool IsGuarded(Classification classification) {
  return classification >= Classification::Confidential;
}

// Confidential data takes two people.
unsigned NeededFor(Classification classification) {
  return IsGuarded(classification) ? 2 : 1;
}

std::optional<Date> DayOf(std::int32_t day) {
  return day == kAlways || day == kForever ? std::nullopt : std::optional(Date(day));
}

// Names may hold the product's: of service accounts the cluster tells.
std::string DoorOf(const Entry& entry) {
  const bool by_cluster = entry.kind == "serviceAccount" || entry.kind == "podIdentity";
  return entry.holder->environment + "\n" + entry.kind + "\n" + entry.within + "\n" +
         (by_cluster ? "" : entry.principal);
}

Stake& StakeOf(std::vector<Stake>& stakes, Owner owner) {
  const auto found = std::find_if(stakes.begin(), stakes.end(),
                                  [&](const Stake& stake) { return stake.owner.name() == owner.name(); });
  if (found != stakes.end()) {
    Merge(found->owner, owner);
    return *found;
  }
  stakes.push_back({std::move(owner), Classification::Unset, {}, false});
  return stakes.back();
}

Atom AtPlace(Atom atom, std::string place) {
  atom.place = std::move(place);
  return atom;
}

void Raise(Classification& into, Classification found) {
  into = std::max(into, found);
}

}  // namespace

Gains::Gains(const Side& base, const Side& head, const Bench& bench, Sort sort)
    : base_(base), head_(head), bench_(bench), sort_(sort), reasons_(head, base), atoms_(AtomsOf(head)) {
  for (const Atom& atom : atoms_) {
    by_holder_[atom.holder].push_back(&atom);
  }
}

void Gains::AddTo(std::vector<Row>& rows) {
  const std::vector<Atom> known_atoms = AtomsOf(base_);
  held_.emplace(known_atoms);
  for (const Atom& atom : known_atoms) {
    const bool is_key = !atom.about.empty() && atom.about != atom.place;
    if (!atom.grant.has_value() && atom.action == Action::Own && !is_key) {
      services_.emplace(atom.place, base_.access().roles[atom.holder->role].product);
    }
  }
  for (const Atom& atom : atoms_) {
    if (!held_->Covers(atom)) {
      AddAtom(atom);
    }
  }
  opened_ = DoorsOf(base_);
  const Entries before = EntriesOf(base_);
  for (const auto& [holder, entries] : before) {
    for (const Entry& entry : entries) {
      doors_.insert(DoorOf(entry));
    }
  }
  for (const auto& [holder, entries] : EntriesOf(head_)) {
    const auto known = before.find(holder);
    AddEntries(known == before.end() ? nullptr : &known->second, entries);
  }
  for (auto& [key, draft] : drafts_.all()) {
    Describe(draft);
    const Court& court = courts_[&draft];
    Judge(draft, court.owner, court.of_environment);
    rows.push_back(Finished(std::move(draft)));
  }
}

void Gains::AddEntries(const std::vector<Entry>* before, const std::vector<Entry>& now) {
  std::set<std::string> known;
  for (std::size_t i = 0; before != nullptr && i < before->size(); ++i) {
    known.insert((*before)[i].KeyText());
  }
  for (const Entry& entry : now) {
    // Who comes by a way that is new itself is told by that.
    const bool told = !entry.way.empty() && !known.contains(entry.way);
    const bool is_new = before == nullptr ? IsNewWay(entry) : !told && !known.contains(entry.KeyText());
    if (is_new) {
      AddEntry(entry);
    }
  }
}

// Into a new role everybody gets whom its environment lets into roles: its atoms tell that. But not by a door that the
// environment had not.
bool Gains::IsNewWay(const Entry& entry) const {
  const model::EnvironmentId there = base_.Environment(entry.holder->environment);
  return entry.of_environment && there.has_value() && base_.m().environments[there].has_aws &&
         !doors_.contains(DoorOf(entry));
}

Owner Gains::OwnerInBase(model::ProductId head_product) const {
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

std::set<std::string> Gains::PeopleOf(const std::string& product) const {
  std::set<std::string> people;
  for (const Side* side : {&base_, &head_}) {
    const model::ProductId id = side->Product(product);
    if (!id.has_value()) {
      continue;
    }
    for (const model::Person& person : model::PeopleOf(side->m(), id, side->r().product_owner[id.index()])) {
      people.insert(LowerCase(side->m().Text(person.email)));
    }
  }
  return people;
}

// Offered as harmless in the base already, and governance agreed there.
bool Gains::IsHarmless(const Atom& atom) const {
  if (!atom.grant.has_value()) {
    return false;
  }
  const access::Grant& grant = head_.access().grants[atom.grant];
  const model::PortId port =
      grant.cause.port.has_value() ? base_.Port(model::PortLabel(head_.m(), grant.cause.port)) : model::PortId::None();
  if (!port.has_value() || !base_.m().ports[port].declassified.declared) {
    return false;
  }
  const auto& approvers = base_.m().ports[port].declassified.approved_by;
  const bool agreed = std::any_of(approvers.begin(), approvers.end(), [&](model::NameId name) {
    return bench_.IsGovernance(LowerCase(base_.m().Text(base_.m().names[name])));
  });
  return agreed && !IsGuarded(base_.ClassOf(port)) && HoldsInBase(port, atom.about);
}

bool Gains::HoldsInBase(model::PortId port, std::string_view place) const {
  const std::vector<resolve::PlaceMap::Entry> around = base_.places().Holding(place);
  return std::any_of(around.begin(), around.end(), [&](const resolve::PlaceMap::Entry& entry) {
    const auto& ports = base_.PortsOf(entry.asset);
    return std::find(ports.begin(), ports.end(), port) != ports.end();
  });
}

// Its owner opened it to everybody before: reading it takes nobody's leave.
bool Gains::IsOpen(const Atom& atom, const Stake& stake) const {
  if (!atom.grant.has_value() || IsGuarded(stake.classification)) {
    return false;
  }
  const access::Grant& grant = head_.access().grants[atom.grant];
  if (!grant.cause.port.has_value()) {
    return false;
  }
  const model::PortId port = base_.Port(model::PortLabel(head_.m(), grant.cause.port));
  return port.has_value() && base_.m().ports[port].access == model::AccessType::Unrestricted &&
         HoldsInBase(port, atom.about);
}

Stake Gains::StakeOfNew(const Atom& atom) const {
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
Classification Gains::ClassBehind(model::PortId port) const {
  Classification highest = base_.ClassOf(port);
  for (const resolve::AssetRefId reference : base_.r().port_assets[port.index()]) {
    if (const model::AssetId asset = base_.r().asset_refs[reference]; asset.has_value()) {
      Raise(highest, base_.ClassOf(asset));
    }
  }
  return highest;
}

// More data, of no higher class, behind a port that was read before for as long: its owner puts it there.
bool Gains::WasRead(const Atom& atom, const access::Grant& grant, Classification classification) const {
  const model::PortId port = base_.Port(model::PortLabel(head_.m(), grant.cause.port));
  if (!port.has_value() || ClassBehind(port) < classification) {
    return false;
  }
  const Holder* holder = base_.FindHolder(atom.holder->Name());
  if (holder == nullptr) {
    return false;
  }
  const auto grants = base_.access().roles[holder->role].grants;
  return std::any_of(grants.begin(), grants.end(), [&](access::GrantId id) {
    const access::Grant& row = base_.access().grants[id];
    const std::int32_t first = row.from ? row.from->days_since_epoch() : kAlways;
    const std::int32_t last = row.until ? row.until->days_since_epoch() : kForever;
    return row.cause.port == port && first <= atom.first && last >= atom.last;
  });
}

// The product of the base goes on under another name, with the same owner.
bool Gains::IsRenamed(const Atom& atom, model::ProductId product) const {
  const model::ProductId now = head_.access().roles[atom.holder->role].product;
  const Owner owner = base_.OwnerOf(product);
  return !head_.Product(base_.m().Text(base_.m().products[product].name)).has_value() && !owner.names.empty() &&
         owner.names == head_.OwnerOf(now).names && !base_.Product(atom.holder->product).has_value();
}

std::vector<Stake> Gains::StakesOf(const Atom& atom, bool mine) const {
  std::vector<Stake> stakes;
  const bool harmless = IsHarmless(atom);
  if (!atom.about.empty()) {
    for (const resolve::PlaceMap::Entry& entry : base_.places().Overlapping(atom.about)) {
      const model::ProductId product = base_.m().assets[entry.asset].product;
      const bool own =
          product.has_value() &&
          (base_.m().Text(base_.m().products[product].name) == atom.holder->product || IsRenamed(atom, product));
      if (own && !mine) {
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
  AddServices(atom, mine, stakes);
  if (stakes.empty()) {
    stakes.push_back(StakeOfNew(atom));
  }
  // Its files could be had before: their key, or an entry in the catalog, gives nothing more.
  const bool beside =
      atom.action != Action::List && atom.place != atom.about && held_ && held_->Covers(AtPlace(atom, atom.about));
  for (Stake& stake : stakes) {
    stake.needs_nobody = stake.needs_nobody || beside || IsOpen(atom, stake);
  }
  return stakes;
}

// Results of queries, parameters: they are the product's that got them.
void Gains::AddServices(const Atom& atom, bool mine, std::vector<Stake>& stakes) const {
  const std::string& start = atom.about.empty() ? atom.place : atom.about;
  for (std::string_view place = start; !place.empty(); place = resolve::PlaceAround(place)) {
    const auto found = services_.find(place);
    if (found == services_.end()) {
      continue;
    }
    if (mine || base_.m().Text(base_.m().products[found->second].name) != atom.holder->product) {
      StakeOf(stakes, base_.OwnerOf(found->second));
    }
  }
}

void Gains::AddAtom(const Atom& atom) {
  const Reason reason = reasons_.Of(atom);
  std::vector<Stake> stakes = StakesOf(atom, reason.of_environment);
  if (reason.of_environment) {
    // One question to governance, whoever owns the data.
    Stake all;
    all.needs_nobody = true;
    for (const Stake& stake : stakes) {
      Merge(all.owner, stake.owner);
      Raise(all.classification, stake.classification);
      all.data.insert(stake.data.begin(), stake.data.end());
      all.needs_nobody = all.needs_nobody && stake.needs_nobody;
    }
    stakes = {all};
  }
  for (const Stake& stake : stakes) {
    AddTo(atom, reason, stake);
  }
}

void Gains::AddTo(const Atom& atom, const Reason& reason, const Stake& stake) {
  const std::string owner = reason.of_environment ? "" : stake.owner.name();
  Draft& draft = drafts_.Of({reason.entity, reason.at, std::string(ActionName(atom.action)), owner,
                             std::to_string(atom.first), std::to_string(atom.last), stake.needs_nobody ? "free" : ""});
  Row& row = draft.row;
  row.sort = sort_;
  row.action = ActionName(atom.action);
  row.who_kind = "product";
  row.owner = owner;
  row.first = DayOf(atom.first);
  row.last = DayOf(atom.last);
  Raise(row.classification, stake.classification);
  row.cause = {reason.entity, reason.at, head_.PlaceText(reason.range)};
  row.authority.needed = stake.needs_nobody ? 0 : NeededFor(row.classification);
  draft.who.insert(atom.holder->product);
  draft.products.insert(atom.holder->product);
  draft.environments.insert(atom.holder->environment);
  draft.people.merge(head_.PeopleIn(atom.holder->role));
  draft.places.insert(atom.place);
  draft.data.insert(stake.data.begin(), stake.data.end());
  if (atom.grant.has_value()) {
    const access::Grant& grant = head_.access().grants[atom.grant];
    draft.data.insert(model::AssetLabel(head_.m(), head_.r().placements[grant.placement].asset));
    if (grant.cause.port.has_value()) {
      draft.ports.insert(model::PortLabel(head_.m(), grant.cause.port));
    }
  }
  Court& court = courts_[&draft];
  Merge(court.owner, stake.owner);
  court.of_environment = reason.of_environment;
}

const std::vector<Stake>& Gains::ReachOf(const Holder& holder) {
  const auto [found, added] = reach_.try_emplace(&holder);
  if (!added) {
    return found->second;
  }
  std::vector<Stake> all;
  for (const Atom* atom : by_holder_[&holder]) {
    for (Stake& stake : StakesOf(*atom, true)) {
      Stake& into = StakeOf(all, std::move(stake.owner));
      Raise(into.classification, stake.classification);
      into.data.insert(stake.data.begin(), stake.data.end());
    }
  }
  found->second = std::move(all);
  return found->second;
}

// Who gets in gets at all that the role gets at. The owner of the role's product answers for it, but for confidential
// data of others; an environment's door is governance's.
void Gains::AddEntry(const Entry& declared) {
  Entry entry = declared;
  // A way that its environment did not open before is the environment's doing.
  if (!entry.door.empty() && !opened_.contains(entry.door)) {
    entry.of_environment = true;
    entry.entity = entry.door_entity;
    entry.within = entry.door.substr(entry.door.find('\n') + 1);
  }
  Stake mine;
  mine.owner = OwnerInBase(head_.access().roles[entry.holder->role].product);
  std::vector<Stake> others;
  for (const Stake& stake : ReachOf(*entry.holder)) {
    const bool apart =
        IsGuarded(stake.classification) && !entry.of_environment && stake.owner.name() != mine.owner.name();
    if (apart) {
      others.push_back(stake);
      continue;
    }
    Raise(mine.classification, stake.classification);
    mine.data.insert(stake.data.begin(), stake.data.end());
    if (entry.of_environment) {
      Merge(mine.owner, stake.owner);
    }
  }
  AddEntry(entry, mine);
  for (const Stake& stake : others) {
    AddEntry(entry, stake);
  }
}

void Gains::AddEntry(const Entry& entry, const Stake& stake) {
  const std::string owner = entry.of_environment ? "" : stake.owner.name();
  // A name with a hole for the product is one declaration, whatever comes of it.
  const bool by_cluster = entry.kind == "serviceAccount" || entry.kind == "podIdentity";
  Draft& draft =
      drafts_.Of({entry.entity, "", "enter", entry.kind,
                  by_cluster ? std::to_string(entry.range.begin.offset()) : entry.principal, entry.within, owner});
  Row& row = draft.row;
  row.sort = sort_;
  row.action = "enter";
  row.who_kind = entry.kind;
  row.owner = owner;
  row.before = "";
  row.after = entry.within;
  row.what = draft.who.empty() || draft.who.contains(entry.principal) ? entry.text : "";
  Raise(row.classification, stake.classification);
  row.cause = {entry.entity, "", head_.PlaceText(entry.range)};
  row.authority.needed = NeededFor(row.classification);
  draft.who.insert(entry.principal);
  draft.products.insert(entry.holder->product);
  draft.environments.insert(entry.holder->environment);
  draft.data.insert(stake.data.begin(), stake.data.end());
  Court& court = courts_[&draft];
  Merge(court.owner, stake.owner);
  court.of_environment = entry.of_environment;
}

// In words, for people.
void Gains::Describe(Draft& draft) const {
  Row& row = draft.row;
  const std::string in = draft.environments.empty() ? "" : " in " + SomeOf(draft.environments);
  if (row.action == "enter") {
    const bool one = draft.who.size() == 1;
    row.what = one ? row.what + " gets into the " : "service accounts " + SomeOf(draft.who) + " get into the ";
    row.what += (draft.products.size() == 1 ? "role of " : "roles of ") + SomeOf(draft.products) + in;
    return;
  }
  static const std::map<std::string, std::string> kVerbs = {
      {"own", "own"}, {"read", "read"}, {"list", "list the names of"}};
  const std::string verb = kVerbs.at(row.action);
  const bool one = draft.who.size() == 1;
  row.what = SomeOf(draft.who) + (one ? " can " : " can ") + verb + " ";
  row.what += draft.ports.empty() ? (draft.data.empty() ? SomeOf(draft.places) : SomeOf(draft.data))
                                  : std::string(draft.ports.size() == 1 ? "port " : "ports ") + SomeOf(draft.ports);
  row.what += in;
  row.what += row.first ? " from " + row.first->ToString() + " on" : "";
  row.what += row.last ? " until " + row.last->ToString() : "";
}

void Gains::Judge(Draft& draft, const Owner& owner, bool of_environment) const {
  Row& row = draft.row;
  if (sort_ == Sort::Lost || row.authority.needed == 0) {
    row.authority = Bench::Nobody();
    return;
  }
  if (of_environment) {
    const std::string& entity = row.cause.entity;
    row.authority = bench_.Environment(base_, entity.substr(entity.find(':') + 1), row.authority.needed, owner);
    return;
  }
  std::set<std::string> gaining;
  for (const std::string& product : draft.products) {
    const model::ProductId id = head_.Product(product);
    const bool same = id.has_value() && OwnerInBase(id).name() == owner.name();
    if (row.action != "enter" && !same) {
      gaining.merge(PeopleOf(product));
    }
  }
  row.authority = bench_.Owners(owner, row.authority.needed, gaining);
}

}  // namespace dpc::ledger
