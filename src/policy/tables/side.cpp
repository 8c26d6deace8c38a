#include "policy/tables/side.h"

#include <algorithm>

#include "model/settings.h"
#include "policy/tables/collect_access.h"
#include "resolve/places.h"

namespace dpc::policy {

Side::Side(const World& world, const Snapshot& snapshot)
    : world_(world),
      snapshot_(snapshot),
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

const resolve::PlaceTexts& Side::place_texts() const {
  if (!place_texts_) {
    place_texts_ = std::make_unique<resolve::PlaceTexts>(m(), r());
  }
  return *place_texts_;
}

const resolve::PlaceMap& Side::places() const {
  if (!places_) {
    places_ = std::make_unique<resolve::PlaceMap>(m(), r(), place_texts());
  }
  return *places_;
}

const std::vector<PortAccess>& Side::PortAccesses() const {
  if (!port_accesses_) {
    port_accesses_ = CollectAccess(*this);
  }
  return *port_accesses_;
}

World::World(const Snapshot& head, const std::optional<Snapshot>& base, std::optional<Date> today,
             PullRequest pull_request, MakeLedger make_ledger, const std::optional<Snapshot>& tip)
    : today_(today),
      pull_request_(std::move(pull_request)),
      head_(std::make_unique<Side>(*this, head)),
      make_ledger_(std::move(make_ledger)) {
  if (base) {
    base_ = std::make_unique<Side>(*this, *base);
  }
  if (tip) {
    tip_ = std::make_unique<Side>(*this, *tip);
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
