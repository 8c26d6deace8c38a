#include "policy/tables/claims.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "resolve/places.h"

namespace dpc::policy {
namespace {

// Of the other side, by its key; None when it is not there.
template <class IdT>
IdT Before(const Side& base, std::string_view key) {
  const auto entity = key.empty() ? std::nullopt : base.keys().Find(key);
  return entity ? IdT(entity->index) : IdT::None();
}

// No day is earlier than all as a beginning, and later than all as an end.
bool Covers(const model::Agreement& outer, const model::Agreement& inner) {
  const bool early = !outer.from || (inner.from && !(*inner.from < *outer.from));
  const bool late = !outer.until || (inner.until && !(*outer.until < *inner.until));
  return early && late;
}

std::string_view Scheme(std::string_view place) {
  return place.substr(0, place.find(':'));
}

std::string PairOf(const Side& side, model::AgreementId id) {
  std::string pair(side.keys().Of(side.r().agreement_port[id.index()]));
  return pair.append("\n").append(side.keys().Of(side.r().agreement_consumer[id.index()]));
}

}  // namespace

Claims::Claims(const Side& side) : side_(side) {
  const World& world = side.world();
  if (&side != &world.head() || !world.pull_request().known) {
    return;
  }
  base_ = world.base();
  if (base_ == nullptr) {
    return;
  }
  for (const model::AgreementId id : SoundRows(base_->m().agreements)) {
    before_[PairOf(*base_, id)].push_back(id);
  }
  for (const std::string& email : world.pull_request().approvals) {
    if (LowerCase(email) != LowerCase(world.pull_request().author)) {
      approved_.insert(LowerCase(email));
    }
  }
}

bool Claims::Counts(ApprovalId id) const {
  const Approval& approval = side_.keys().approvals()[id.index()];
  return base_ == nullptr || IsEvident(approval.name) || IsOld(approval.agreement, approval.name);
}

bool Claims::Counts(model::PortId port, model::NameId name) const {
  return base_ == nullptr || IsEvident(name) || IsOld(port, name);
}

bool Claims::IsEvident(model::NameId name) const {
  return approved_.contains(LowerCase(side_.m().Text(side_.m().names[name])));
}

bool Claims::IsNamed(model::NameId name, model::Names before) const {
  const std::string user = LowerCase(side_.m().Text(side_.m().names[name]));
  return std::any_of(before.begin(), before.end(),
                     [&](model::NameId other) { return LowerCase(base_->m().Text(base_->m().names[other])) == user; });
}

bool Claims::IsOld(model::AgreementId id, model::NameId name) const {
  const auto found = before_.find(PairOf(side_, id));
  return found != before_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](model::AgreementId other) {
           const model::Agreement& row = side_.m().agreements[id];
           const model::Agreement& before = base_->m().agreements[other];
           return Covers(before, row) && base_->m().Text(before.purpose) == side_.m().Text(row.purpose) &&
                  IsNamed(name, before.approved_by);
         });
}

bool Claims::IsOld(model::PortId port, model::NameId name) const {
  const auto before = Before<model::PortId>(*base_, side_.keys().Of(port));
  if (!before.has_value()) {
    return false;
  }
  const model::Declassified& now = side_.m().ports[port].declassified;
  const model::Declassified& then = base_->m().ports[before].declassified;
  return then.declared && then.method == now.method && base_->m().Text(then.reason) == side_.m().Text(now.reason) &&
         IsNamed(name, then.approved_by) &&
         ClassRank(base_->flow().ClassOf(before)) <= ClassRank(side_.flow().ClassOf(port)) &&
         OffersNoMore(port, before);
}

bool Claims::OffersNoMore(model::PortId port, model::PortId before) const {
  const auto now = side_.r().port_assets[port.index()];
  const auto then = base_->r().port_assets[before.index()];
  return std::all_of(now.begin(), now.end(), [&](resolve::AssetRefId reference) {
    const model::AssetId asset = side_.r().asset_refs[reference];
    const auto old = Before<model::AssetId>(*base_, side_.keys().Of(asset));
    return std::any_of(then.begin(), then.end(),
                       [&](resolve::AssetRefId other) { return base_->r().asset_refs[other] == old; }) &&
           !LiesElsewhere(asset, old);
  });
}

// Of its files, or of its table, no place is left that it had before. In a further environment it is what it was.
bool Claims::LiesElsewhere(model::AssetId asset, model::AssetId before) const {
  std::set<std::string> then;
  for (resolve::AssetPlace& place : resolve::PlacesOf(base_->m(), base_->r(), before)) {
    then.insert(std::move(place.text));
  }
  std::map<std::string, bool> stays;  // by scheme
  for (const resolve::AssetPlace& place : resolve::PlacesOf(side_.m(), side_.r(), asset)) {
    stays[std::string(Scheme(place.text))] |= then.contains(place.text);
  }
  return std::any_of(stays.begin(), stays.end(), [](const auto& scheme) { return !scheme.second; });
}

}  // namespace dpc::policy
