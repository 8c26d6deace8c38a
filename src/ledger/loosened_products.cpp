// Of products, ports and assets.
#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "ledger/loosenings.h"

namespace dpc::ledger {
namespace {

using model::Classification;

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

std::string ClassText(Classification classification) {
  return classification == Classification::Unset ? "none" : std::string(model::ClassificationName(classification));
}

bool IsPersonal(const model::Model& m, const model::OutputPort& port) {
  return port.personal || std::any_of(port.columns.begin(), port.columns.end(),
                                      [&](model::ColumnId id) { return m.columns[id].personal; });
}

// The same people in the same roles, one after the other.
bool HaveSameMembers(const model::Model& base, IdRange<model::MemberId> before, const model::Model& head,
                     IdRange<model::MemberId> now) {
  return std::equal(before.begin(), before.end(), now.begin(), now.end(), [&](model::MemberId was, model::MemberId is) {
    return base.members[was].role == head.members[is].role &&
           base.Text(base.members[was].email) == head.Text(head.members[is].email);
  });
}

// Judged no more, or less.
bool IsMilder(model::Status before, model::Status now) {
  const auto judged = [](model::Status status) {
    return status == model::Status::Active || status == model::Status::Deprecated;
  };
  return judged(before) && !judged(now);
}

}  // namespace

// The highest class of its data in the base.
Classification Loosenings::ClassOf(model::ProductId base) const {
  Classification highest = base_.m().products[base].classification;
  for (const model::AssetId asset : base_.r().product_assets[base.index()]) {
    highest = std::max(highest, base_.ClassOf(asset));
  }
  return highest;
}

void Loosenings::Products() {
  for (const model::ProductId id : base_.m().products.All()) {
    const model::ProductId now = head_.Product(base_.m().Text(base_.m().products[id].name));
    if (now.has_value()) {
      Product(id, now);
    }
  }
}

void Loosenings::Product(model::ProductId base, model::ProductId head) {
  const model::Product& before = base_.m().products[base];
  const model::Product& now = head_.m().products[head];
  const auto add = [&](const char* action, const char* at, const std::string& what, std::string old,
                       std::string value) {
    Add({action, std::string(head_.revision().keys.Of(head)), at, now.name.range,
         std::string(base_.revision().keys.Of(base)), before.name.range, Quoted(base_.Text(before.name)) + what,
         std::move(old), std::move(value)},
        bench_.Owners(base_.OwnerOf(base), NeededFor(ClassOf(base))), ClassOf(base));
  };
  if (IsMilder(before.status, now.status)) {
    add("status", "/status", " is " + std::string(model::StatusName(now.status)) + " now, and judged less",
        std::string(model::StatusName(before.status)), std::string(model::StatusName(now.status)));
  }
  if (now.classification < before.classification) {
    add("class", "/classification", " is of a lower class", ClassText(before.classification),
        ClassText(now.classification));
  }
  if (base_.m().Text(before.domain) != head_.m().Text(now.domain)) {
    add("domain", "/domain", " is of another domain", base_.Text(before.domain), head_.Text(now.domain));
  }
  OwnerOfProduct(base, head);
  RolesOnProduct(base, head);
}

void Loosenings::OwnerOfProduct(model::ProductId base, model::ProductId head) {
  if (base_.TitleOf(base) == head_.TitleOf(head)) {
    return;
  }
  const Owner before = base_.OwnerOf(base);
  const Owner now = head_.OwnerOf(head);
  if (before.name() == now.name()) {
    return;
  }
  const model::Product& row = head_.m().products[head];
  const std::string name = Quoted(head_.Text(row.name));
  Add({"owner", std::string(head_.revision().keys.Of(head)), "/owner", row.name.range,
       std::string(base_.revision().keys.Of(base)), base_.m().products[base].name.range,
       name + " belongs to " + (now.name().empty() ? "nobody" : now.name()), before.name(), now.name()},
      bench_.Owners(before, NeededFor(ClassOf(base))), ClassOf(base));
}

// Products that name no owner, now or later, belong to their domain's.
void Loosenings::Domains() {
  for (const model::DomainId id : base_.m().domains.All()) {
    const model::Domain& before = base_.m().domains[id];
    const model::DomainId there = head_.Domain(base_.Text(before.name));
    const std::string now = there.has_value() ? head_.Text(head_.m().domains[there].owner) : "";
    if (now == base_.Text(before.owner)) {
      continue;
    }
    const model::TeamId team = base_.Team(base_.Text(before.owner));
    Add({"owner", std::string(head_.revision().keys.Of(there)), "/owner",
         there.has_value() ? head_.m().domains[there].name.range : Range(), std::string(base_.revision().keys.Of(id)),
         before.name.range,
         "domain " + Quoted(base_.Text(before.name)) + " belongs to " +
             (now.empty() ? std::string("nobody") : "team " + Quoted(now)),
         base_.Text(before.owner), now},
        team.has_value() ? bench_.Owners(base_.OwnerOf(team), 1) : bench_.Governance(1));
  }
}

// Who has a role on a product answers for it where a platform asks.
void Loosenings::RolesOnProduct(model::ProductId base, model::ProductId head) {
  if (HaveSameMembers(base_.m(), base_.m().products[base].members, head_.m(), head_.m().products[head].members)) {
    return;
  }
  std::set<std::string> known;
  for (const model::MemberId id : base_.m().products[base].members) {
    const model::Member& row = base_.m().members[id];
    known.insert(LowerCase(base_.Text(row.email)) + " " + std::string(model::MemberRoleName(row.role)));
  }
  for (const model::MemberId id : head_.m().products[head].members) {
    const model::Member& row = head_.m().members[id];
    const std::string role(model::MemberRoleName(row.role));
    if (known.contains(LowerCase(head_.Text(row.email)) + " " + role)) {
      continue;
    }
    Add({"role", std::string(head_.revision().keys.Of(id)), "", row.email.range,
         std::string(base_.revision().keys.Of(base)), base_.m().products[base].name.range,
         Quoted(head_.Text(row.email)) + " gets the role " + role + " on " +
             Quoted(base_.Text(base_.m().products[base].name)),
         "", LowerCase(head_.Text(row.email)) + ": " + role},
        bench_.Owners(base_.OwnerOf(base), NeededFor(ClassOf(base))), ClassOf(base));
  }
}

void Loosenings::Ports() {
  for (const model::PortId id : base_.m().ports.All()) {
    const std::string& label = base_.Label(id);
    if (const model::PortId now = head_.Port(label); now.has_value()) {
      Port(id, now);
    } else if (const model::ProductId product = base_.m().ports[id].product;
               product.has_value() && head_.Product(base_.Text(base_.m().products[product].name)).has_value()) {
      const model::ProductId stays = head_.Product(base_.Text(base_.m().products[product].name));
      const Classification was = base_.ClassOf(id);
      said_.insert(label);
      Add({"port", std::string(head_.revision().keys.Of(stays)), "/outputPorts", head_.m().products[stays].name.range,
           std::string(base_.revision().keys.Of(id)), base_.m().ports[id].name.range,
           "port " + Quoted(label) + " is gone, with what it said of its data", ClassText(was), ""},
          bench_.Owners(base_.OwnerOf(id), NeededFor(was)), was);
    }
  }
}

void Loosenings::Port(model::PortId base, model::PortId head) {
  const model::OutputPort& before = base_.m().ports[base];
  const model::OutputPort& now = head_.m().ports[head];
  const Classification was = base_.ClassOf(base);
  const auto add = [&](const char* action, const char* at, const std::string& what, std::string old,
                       std::string value) {
    Add({action, std::string(head_.revision().keys.Of(head)), at, now.name.range,
         std::string(base_.revision().keys.Of(base)), before.name.range, "port " + Quoted(base_.Label(base)) + what,
         std::move(old), std::move(value)},
        bench_.Owners(base_.OwnerOf(base), NeededFor(was)), was);
  };
  if (head_.ClassOf(head) < was) {
    said_.insert(base_.Label(base));
    add("class", "/classification", " is of a lower class", ClassText(was), ClassText(head_.ClassOf(head)));
  }
  if (now.access < before.access) {
    add("access", "/access", " is more open", std::string(model::AccessTypeName(before.access)),
        std::string(model::AccessTypeName(now.access)));
  }
  if (base_.m().Text(before.owner) != head_.m().Text(now.owner) &&
      LowerCase(base_.Text(before.owner)) != LowerCase(head_.Text(now.owner))) {
    add("owner", "/owner", " is decided on by somebody else", base_.Text(before.owner), head_.Text(now.owner));
  }
  if (IsPersonal(base_.m(), before) && !IsPersonal(head_.m(), now)) {
    add("personal", "/personal", " says no more that its data is personal", "personal", "");
  } else {
    PersonalColumns(base, head);
  }
  if (before.retention_days && (!now.retention_days || *now.retention_days > *before.retention_days)) {
    add("retention", "/retentionDays", " is kept for longer", std::to_string(*before.retention_days),
        now.retention_days ? std::to_string(*now.retention_days) : "");
  }
  if (before.erasure_key.has_value() && !now.erasure_key.has_value()) {
    add("erasure", "/erasureKey", " has no erasure key any more", base_.Text(before.erasure_key), "");
  }
  Declassified(base, head);
}

void Loosenings::PersonalColumns(model::PortId base, model::PortId head) {
  const IdRange<model::ColumnId> columns = base_.m().ports[base].columns;
  const bool guarded = std::any_of(columns.begin(), columns.end(), [&](model::ColumnId id) {
    const model::Column& row = base_.m().columns[id];
    return row.personal || row.classification != Classification::Unset;
  });
  if (!guarded) {
    return;
  }
  std::unordered_map<std::string_view, const model::Column*> now;
  for (const model::ColumnId id : head_.m().ports[head].columns) {
    now[head_.m().Text(head_.m().columns[id].name)] = &head_.m().columns[id];
  }
  for (const model::ColumnId id : base_.m().ports[base].columns) {
    const model::Column& before = base_.m().columns[id];
    const auto found = now.find(base_.m().Text(before.name));
    const bool milder = (before.personal && (found == now.end() || !found->second->personal)) ||
                        (found != now.end() && found->second->classification < before.classification);
    if (milder) {
      const std::string label = model::PortLabel(base_.m(), base);
      Add({"columns", std::string(head_.revision().keys.Of(head)), "/columns", head_.m().ports[head].name.range,
           std::string(base_.revision().keys.Of(id)), before.name.range,
           "column " + Quoted(base_.Text(before.name)) + " of port " + Quoted(label) + " is guarded less",
           base_.Text(before.name), found == now.end() ? "" : base_.Text(before.name)},
          bench_.Owners(base_.OwnerOf(base), NeededFor(base_.ClassOf(base))), base_.ClassOf(base));
    }
  }
}

// A statement that data is harmless is governance's.
void Loosenings::Declassified(model::PortId base, model::PortId head) {
  const model::OutputPort& now = head_.m().ports[head];
  if (!now.declassified.declared) {
    return;
  }
  const auto text = [](const Side& side, const model::Declassified& row) {
    std::string all =
        row.declared ? std::string(model::DeclassifyMethodName(row.method)) + " " + side.Text(row.reason) : "";
    for (const model::NameId id : row.approved_by) {
      all += " " + LowerCase(side.Text(side.m().names[id]));
    }
    return all;
  };
  const std::string before = text(base_, base_.m().ports[base].declassified);
  const std::string after = text(head_, now.declassified);
  if (before != after) {
    Add({"declassified", std::string(head_.revision().keys.Of(head)), "/declassified", now.declassified.range,
         std::string(base_.revision().keys.Of(base)), base_.m().ports[base].name.range,
         "port " + Quoted(model::PortLabel(head_.m(), head)) + " is declared harmless", before, after},
        bench_.Governance(1, base_.OwnerOf(base)), base_.ClassOf(base));
  }
}

void Loosenings::Opened() {
  const auto is_open = [](const Side& side, model::PortId port) {
    return side.m().ports[port].access == model::AccessType::Unrestricted;
  };
  for (const model::PortId port : head_.m().ports.All()) {
    if (!is_open(head_, port)) {
      continue;
    }
    const model::PortId before = base_.Port(head_.Label(port));
    if (before.has_value() && !is_open(base_, before)) {
      continue;  // that it opens is said of the port
    }
    std::set<std::string> data;
    Owner owner;
    Classification highest = Classification::Unset;
    for (const model::AssetId asset : DataBehind(port)) {
      const auto& ports = base_.PortsOf(asset);
      if (std::none_of(ports.begin(), ports.end(), [&](model::PortId id) { return is_open(base_, id); })) {
        data.insert(model::AssetLabel(base_.m(), asset));
        Merge(owner, base_.OwnerOf(asset));
        highest = std::max(highest, base_.ClassOf(asset));
      }
    }
    if (!data.empty()) {
      Add({"access", std::string(head_.revision().keys.Of(port)), "/access", head_.m().ports[port].name.range,
           std::string(base_.revision().keys.Of(before)),
           before.has_value() ? base_.m().ports[before].name.range : Range(),
           "port " + Quoted(model::PortLabel(head_.m(), port)) + " opens " + SomeOf(data) + " to everybody", "",
           Join(std::vector<std::string>(data.begin(), data.end()), " ")},
          bench_.Owners(owner, NeededFor(highest)), highest);
    }
  }
}

// Assets of the base that lie where a port of head offers something, in it or around it.
std::set<model::AssetId> Loosenings::DataBehind(model::PortId port) const {
  std::set<model::AssetId> data;
  for (const resolve::AssetRefId reference : head_.r().port_assets[port.index()]) {
    const model::AssetId asset = head_.r().asset_refs[reference];
    if (!asset.has_value()) {
      continue;
    }
    for (const resolve::PlacementId placement : head_.r().asset_placements[asset.index()]) {
      for (const std::string_view place : head_.PlacesOf(placement)) {
        for (const resolve::PlaceMap::Entry& entry : base_.places().Overlapping(place)) {
          data.insert(entry.asset);
        }
      }
    }
  }
  return data;
}

// By where it lies: whatever asset or port it is behind now.
void Loosenings::Classes() {
  for (const model::AssetId id : base_.m().assets.All()) {
    const bool said =
        !said_.empty() && std::any_of(base_.PortsOf(id).begin(), base_.PortsOf(id).end(),
                                      [&](model::PortId port) { return said_.contains(base_.Label(port)); });
    if (!said) {
      ClassAt(id);
    }
  }
}

void Loosenings::ClassAt(model::AssetId asset) {
  const Classification was = base_.ClassOf(asset);
  Classification now = Classification::Unset;
  model::AssetId holder;
  for (const resolve::PlacementId placement : base_.r().asset_placements[asset.index()]) {
    for (const std::string_view place : base_.PlacesOf(placement)) {
      if (head_.HighestClassAt(place) >= was) {
        return;  // what lies there as it did is of no lower class
      }
      for (const resolve::PlaceMap::Entry& entry : head_.places().Holding(place)) {
        now = std::max(now, head_.ClassOf(entry.asset));
        holder = entry.asset;
      }
    }
  }
  if (!holder.has_value() || now >= was) {
    return;
  }
  const std::string label = Quoted(model::AssetLabel(base_.m(), asset));
  Add({"class", std::string(head_.revision().keys.Of(holder)), "", head_.m().assets[holder].name.range,
       std::string(base_.revision().keys.Of(asset)), base_.m().assets[asset].name.range,
       "the data of " + label + " is of a lower class", ClassText(was), ClassText(now)},
      bench_.Owners(base_.OwnerOf(asset), NeededFor(was)), was);
}

}  // namespace dpc::ledger
