#include "ledger/side.h"

#include <algorithm>
#include <set>

#include "access/reach.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

template <class Map, class IdT>
IdT Find(const Map& map, std::string_view name, IdT none) {
  const auto found = map.find(name);
  return found == map.end() ? none : found->second;
}

void Settle(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

std::vector<std::string> NamesOf(const OwnerTitle& title) {
  switch (title.sort) {
    case OwnerTitle::Sort::Nobody:
      return {};
    case OwnerTitle::Sort::Team:
      return {"team `" + Printable(title.text) + "`"};
    case OwnerTitle::Sort::Person:
      return {"`" + Printable(title.text) + "`"};
    case OwnerTitle::Sort::Members:
      return {"an owner of `" + Printable(title.text) + "`"};
  }
  return {};
}

}  // namespace

std::string Owner::name() const {
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> some(names.begin(),
                                names.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, names.size())));
  const std::string more = names.size() > kNamed ? " or " + Plural(names.size() - kNamed, "other owner") : "";
  return Join(some, " or ") + more;
}

void Merge(Owner& owner, const Owner& more) {
  owner.names.insert(owner.names.end(), more.names.begin(), more.names.end());
  Settle(owner.names);
  owner.leads.insert(owner.leads.end(), more.leads.begin(), more.leads.end());
  owner.members.insert(owner.members.end(), more.members.begin(), more.members.end());
  Settle(owner.leads);
  Settle(owner.members);
}

Side::Side(const Revision& revision, std::optional<Date> today)
    : revision_(revision),
      today_(today),
      access_(access::DeriveLastingAccess(revision.model, revision.resolved, today)),
      place_texts_(revision.model, revision.resolved) {
  for (const model::EnvironmentId id : m().environments.All()) {
    aws_.push_back(model::EffectiveAws(m(), id));
    partitions_.push_back(model::PartitionOf(m(), id));
    accounts_.push_back(partitions_.back() + "/" + Text(aws_.back().account));
  }
  MakeHolders();
  IndexNames();
  IndexClasses();
}

std::size_t Side::Hash::operator()(const Holder* holder) const {
  constexpr std::size_t kMix = 31;
  const std::hash<std::string_view> hash;
  return (hash(holder->product) * kMix + hash(holder->environment)) * kMix + hash(holder->account);
}

void Side::MakeHolders() {
  holders_.reserve(access_.roles.size());
  first_holders_.reserve(access_.roles.size());
  for (const access::RoleId id : access_.roles.All()) {
    const access::Role& role = access_.roles[id];
    const Holder& holder = holders_.emplace_back(Holder{id, m().Text(m().products[role.product].name),
                                                        m().Text(m().environments[role.environment].name),
                                                        accounts_[role.environment.index()]});
    if (!first_holders_.emplace(&holder, &holder).second) {
      later_holders_[&holder].push_back(&holder);
    }
  }
}

// The first of a name: a second one is an error.
void Side::IndexNames() {
  products_.reserve(m().products.size());
  for (const auto id : m().products.All()) {
    products_.try_emplace(m().Text(m().products[id].name), id);
  }
  labels_.reserve(m().ports.size() + m().assets.size());
  ports_.reserve(m().ports.size());
  for (const auto id : m().ports.All()) {
    ports_.try_emplace(labels_.emplace_back(model::PortLabel(m(), id)), id);
  }
  assets_.reserve(m().assets.size());
  for (const auto id : m().assets.All()) {
    assets_.try_emplace(labels_.emplace_back(model::AssetLabel(m(), id)), id);
  }
  for (const auto id : m().teams.All()) {
    teams_.try_emplace(m().Text(m().teams[id].name), id);
  }
  for (const auto id : m().domains.All()) {
    domains_.try_emplace(m().Text(m().domains[id].name), id);
  }
  for (const auto id : m().environments.All()) {
    environments_.try_emplace(m().Text(m().environments[id].name), id);
  }
}

const resolve::PlaceMap& Side::places() const {
  if (!places_) {
    places_ = std::make_unique<resolve::PlaceMap>(m(), r(), place_texts_);
  }
  return *places_;
}

std::optional<model::Classification> Side::HighestClassAt(std::string_view place) const {
  if (class_at_.empty()) {
    class_at_.reserve(2 * r().placements.size());
    for (const resolve::PlacementId id : r().placements.All()) {
      const model::AssetId asset = r().placements[id].asset;
      for (std::size_t i = 0; i < PlacesOf(id).size() && !m().assets[asset].poisoned; ++i) {
        model::Classification& highest = class_at_[PlacesOf(id)[i]];
        highest = std::max(highest, ClassOf(asset));
      }
    }
  }
  const auto found = class_at_.find(place);
  return found == class_at_.end() ? std::nullopt : std::optional(found->second);
}

void Side::IndexClasses() {
  asset_class_.assign(m().assets.size(), model::Classification::Unset);
  asset_ports_.resize(m().assets.size());
  for (const model::PortId port : m().ports.All()) {
    for (const resolve::AssetRefId reference : r().port_assets[port.index()]) {
      const model::AssetId asset = r().asset_refs[reference];
      if (asset.has_value()) {
        asset_ports_[asset.index()].push_back(port);
        asset_class_[asset.index()] = std::max(asset_class_[asset.index()], ClassOf(port));
      }
    }
  }
  for (const model::AssetId asset : m().assets.All()) {
    const model::ProductId product = m().assets[asset].product;
    if (asset_ports_[asset.index()].empty() && product.has_value()) {
      asset_class_[asset.index()] = m().products[product].classification;
    }
  }
}

model::ProductId Side::Product(std::string_view name) const {
  return Find(products_, name, model::ProductId::None());
}

model::PortId Side::Port(std::string_view label) const {
  return Find(ports_, label, model::PortId::None());
}

model::AssetId Side::Asset(std::string_view label) const {
  return Find(assets_, label, model::AssetId::None());
}

model::TeamId Side::Team(std::string_view name) const {
  return Find(teams_, name, model::TeamId::None());
}

model::DomainId Side::Domain(std::string_view name) const {
  return Find(domains_, name, model::DomainId::None());
}

model::EnvironmentId Side::Environment(std::string_view name) const {
  return Find(environments_, name, model::EnvironmentId::None());
}

const Holder* Side::FindHolder(const Holder& name) const {
  const auto found = first_holders_.find(&name);
  return found == first_holders_.end() ? nullptr : found->second;
}

std::vector<const Holder*> Side::HoldersNamed(const Holder& name) const {
  std::vector<const Holder*> found;
  if (const Holder* first = FindHolder(name)) {
    found.push_back(first);
  }
  if (const auto later = later_holders_.find(&name); later != later_holders_.end()) {
    found.insert(found.end(), later->second.begin(), later->second.end());
  }
  return found;
}

model::Classification Side::ClassOf(model::PortId port) const {
  const model::OutputPort& row = m().ports[port];
  if (row.classification != model::Classification::Unset || !row.product.has_value()) {
    return row.classification;
  }
  return m().products[row.product].classification;
}

Owner Side::OwnerOf(model::TeamId team) const {
  Owner owner;
  owner.names = NamesOf({OwnerTitle::Sort::Team, m().Text(m().teams[team].name)});
  for (const model::MemberId id : m().teams[team].members) {
    const model::Member& row = m().members[id];
    if (row.active) {
      owner.members.push_back(LowerCase(m().Text(row.email)));
      if (row.role == model::MemberRole::Owner) {
        owner.leads.push_back(owner.members.back());
      }
    }
  }
  Settle(owner.leads);
  Settle(owner.members);
  return owner;
}

OwnerTitle Side::TitleOf(model::ProductId product) const {
  const model::Product& row = m().products[product];
  if (const model::TeamId team = r().product_owner[product.index()]; team.has_value()) {
    return {OwnerTitle::Sort::Team, m().Text(m().teams[team].name)};
  }
  if (row.owner_person.has_value()) {
    return {OwnerTitle::Sort::Person, m().Text(row.owner_person)};
  }
  return row.owned_by_members ? OwnerTitle{OwnerTitle::Sort::Members, m().Text(row.name)} : OwnerTitle();
}

Owner Side::OwnerOf(model::ProductId product) const {
  const OwnerTitle title = TitleOf(product);
  if (title.sort == OwnerTitle::Sort::Team) {
    return OwnerOf(r().product_owner[product.index()]);
  }
  const model::Product& row = m().products[product];
  Owner owner;
  owner.names = NamesOf(title);
  if (title.sort == OwnerTitle::Sort::Person) {
    owner.leads = {LowerCase(title.text)};
    owner.members = owner.leads;
  } else if (title.sort == OwnerTitle::Sort::Members) {
    for (const model::MemberId id : row.members) {
      if (m().members[id].active && m().members[id].role == model::MemberRole::Owner) {
        owner.leads.push_back(LowerCase(m().Text(m().members[id].email)));
      }
    }
    Settle(owner.leads);
    owner.members = owner.leads;
  }
  return owner;
}

Owner Side::OwnerOf(model::PortId port) const {
  const model::OutputPort& row = m().ports[port];
  Owner owner = row.product.has_value() ? OwnerOf(row.product) : Owner();
  if (row.owner.has_value()) {
    const std::string email = LowerCase(m().Text(row.owner));
    Owner decider = {{"`" + Printable(m().Text(row.owner)) + "`"}, {email}, {email}};
    if (!owner.names.empty()) {
      decider.names.clear();  // one of the team, or one who decides for it
    }
    Merge(owner, decider);
  }
  return owner;
}

Owner Side::OwnerOf(model::AssetId asset) const {
  const model::ProductId product = m().assets[asset].product;
  Owner owner = product.has_value() ? OwnerOf(product) : Owner();
  for (const model::PortId port : PortsOf(asset)) {
    Owner of_port = OwnerOf(port);
    if (!owner.names.empty()) {
      of_port.names.clear();
    }
    Merge(owner, of_port);
  }
  return owner;
}

std::string Side::PlaceText(Range range) const {
  if (!range.has_value()) {
    return "";
  }
  const auto& sources = revision_.sources;
  return std::string(sources.Path(sources.FileOf(range.begin))) + ":" +
         std::to_string(sources.Locate(range.begin).line);
}

std::set<std::string> Side::PeopleIn(access::RoleId role) const {
  const access::Role& row = access_.roles[role];
  std::set<std::string> people;
  for (const access::Way& way : access::WaysInto(m(), r(), row.product, row.environment)) {
    for (const model::Person& person : access::PeopleBy(m(), r(), row.product, way)) {
      people.insert(LowerCase(m().Text(person.email)));
    }
  }
  return people;
}

}  // namespace dpc::ledger
