#include "ledger/gains.h"

#include <algorithm>

#include "base/text.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

using model::Classification;

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
  return std::string(entry.holder->environment) + "\n" + entry.kind + "\n" + entry.within + "\n" +
         (by_cluster ? "" : entry.principal);
}

}  // namespace

Gains::Gains(const Side& base, const Side& head, const Bench& bench, const Different& different, Sort sort)
    : base_(base),
      head_(head),
      bench_(bench),
      sort_(sort),
      reasons_(head, base),
      stakes_(base, head, bench),
      different_(different),
      head_atoms_(head),
      opened_(DoorsOf(base)) {}

void Gains::AddAllAtoms() {
  for (const Holder& holder : head_.holders()) {
    if (!different_.atoms[holder.role.index()]) {
      continue;
    }
    for (const Atom& atom : head_atoms_.Of(holder)) {
      if (!stakes_.Covers(atom)) {
        AddAtom(atom);
      }
    }
  }
}

// By the names of roles, each once.
void Gains::AddAllEntries() {
  std::map<std::string, const Holder*> holders;
  for (const Holder& holder : head_.holders()) {
    if (different_.entries[holder.role.index()]) {
      holders.emplace(holder.Name(), &holder);
    }
  }
  for (const auto& [name, holder] : holders) {
    AddEntries(stakes_.entries().Of(*holder), *stakes_.head_entries().Of(*holder));
  }
}

void Gains::AddTo(std::vector<Row>& rows) {
  AddAllAtoms();
  AddAllEntries();
  for (auto& [key, draft] : drafts_.all()) {
    Describe(draft);
    const Court& court = courts_[&draft];
    Judge(draft, court.owner, court.of_environment);
    rows.push_back(Finished(std::move(draft)));
    if (sort_ == Sort::Lost) {
      std::swap(rows.back().cause, rows.back().cause_before);  // it is declared in the base
    }
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
bool Gains::IsNewWay(const Entry& entry) {
  const model::EnvironmentId there = base_.Environment(entry.holder->environment);
  if (!there.has_value() || !base_.m().environments[there].has_aws) {
    return false;
  }
  return entry.of_environment ? !HasDoor(DoorOf(entry)) : !entry.door.empty() && !opened_.contains(entry.door);
}

// Role by role until it is found: those of one environment have most doors in common.
bool Gains::HasDoor(const std::string& door) {
  while (!doors_.contains(door) && doors_of_ < base_.holders().size()) {
    for (const Entry& entry : EntriesOf(base_, base_.holders()[doors_of_])) {
      doors_.insert(DoorOf(entry));
    }
    ++doors_of_;
  }
  return doors_.contains(door);
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

void Gains::AddAtom(const Atom& atom) {
  const Reason reason = reasons_.Of(atom);
  std::vector<Stake> stakes = stakes_.Of(atom, reason.of_environment);
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
  draft.who.emplace(atom.holder->product);
  draft.products.emplace(atom.holder->product);
  draft.environments.emplace(atom.holder->environment);
  draft.people.merge(head_.PeopleIn(atom.holder->role));
  draft.places.emplace(atom.place);
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
  for (const Atom& atom : head_atoms_.Of(holder)) {
    for (Stake& stake : stakes_.Of(atom, true)) {
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
  mine.owner = stakes_.OwnerInBase(head_.access().roles[entry.holder->role].product);
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
  row.after = entry.within;
  row.what = draft.who.empty() || draft.who.contains(entry.principal) ? entry.text : "";
  Raise(row.classification, stake.classification);
  row.cause = {entry.entity, "", head_.PlaceText(entry.range)};
  row.authority.needed = NeededFor(row.classification);
  draft.who.insert(entry.principal);
  draft.products.emplace(entry.holder->product);
  draft.environments.emplace(entry.holder->environment);
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
  const std::string& verb = kVerbs.at(row.action);
  row.what = SomeOf(draft.who) + " can " + verb + " ";
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
    const bool same = id.has_value() && stakes_.OwnerInBase(id).name() == owner.name();
    if (row.action != "enter" && !same) {
      gaining.merge(PeopleOf(product));
    }
  }
  row.authority = bench_.Owners(owner, row.authority.needed, gaining);
}

}  // namespace dpc::ledger
