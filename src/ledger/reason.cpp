#include "ledger/reason.h"

#include <algorithm>
#include <array>

#include "model/settings.h"

namespace dpc::ledger {
namespace {

std::string PairName(const Side& side, model::PortId port, model::ProductId consumer) {
  return model::PortLabel(side.m(), port) + "\n" + side.Text(side.m().products[consumer].name);
}

}  // namespace

bool IsSameAsset(const model::Model& m, const model::Asset& one, const model::Model& other_m,
                 const model::Asset& other) {
  const auto same = [&](const model::Name model::Asset::*part) {
    return m.Text(one.*part) == other_m.Text(other.*part);
  };
  return one.kind == other.kind && one.whole_bucket == other.whole_bucket && one.all_tables == other.all_tables &&
         same(&model::Asset::bucket) && same(&model::Asset::path) && same(&model::Asset::database) &&
         same(&model::Asset::schema) && same(&model::Asset::table);
}

const Reasons::Agreements& Reasons::OtherAgreements() const {
  if (!other_agreements_) {
    other_agreements_.emplace();
    for (const model::AgreementId id : other_.m().agreements.All()) {
      const model::PortId port = other_.r().agreement_port[id.index()];
      const model::ProductId consumer = other_.r().agreement_consumer[id.index()];
      if (port.has_value() && consumer.has_value()) {
        other_agreements_->emplace(PairName(other_, port, consumer), id);
      }
    }
  }
  return *other_agreements_;
}

Reason Reasons::Of(const Atom& atom) const {
  const Holder& holder = *atom.holder;
  if (IsEnvironmentNew(holder)) {
    return OfEnvironment(holder, "");
  }
  if (!atom.grant.has_value()) {
    return OfService(atom);
  }
  const access::Grant& grant = side_.access().grants[atom.grant];
  const model::EnvironmentId from = grant.cause.read_from;
  if (from.has_value() &&
      !ReadsFrom(other_.Environment(holder.environment), side_.Text(side_.m().environments[from].name))) {
    return OfEnvironment(holder, "/canReadFrom");
  }
  const resolve::Placement& placement = side_.r().placements[grant.placement];
  if (IsMovedByEnvironment(placement, atom) || IsNewlyListed(placement, atom)) {
    return {std::string(side_.revision().keys.Of(placement.environment)), "",
            side_.m().environments[placement.environment].name.range, true};
  }
  return grant.cause.port.has_value() ? OfRead(atom, grant) : OfAsset(atom, placement.asset);
}

bool Reasons::IsEnvironmentNew(const Holder& holder) const {
  const model::EnvironmentId there = other_.Environment(holder.environment);
  if (!there.has_value() || !other_.m().environments[there].has_aws) {
    return true;
  }
  return model::PartitionOf(other_.m(), there) + "/" + other_.Text(model::EffectiveAws(other_.m(), there).account) !=
         holder.account;
}

Reason Reasons::OfEnvironment(const Holder& holder, std::string at) const {
  const model::EnvironmentId id = side_.access().roles[holder.role].environment;
  return {std::string(side_.revision().keys.Of(id)), std::move(at), side_.m().environments[id].name.range, true};
}

Reason Reasons::OfService(const Atom& atom) const {
  const model::ProductId product = side_.access().roles[atom.holder->role].product;
  const model::ProductId before = other_.Product(atom.holder->product);
  const bool asked = before.has_value() &&
                     other_.m().products[before].services.bits == side_.m().products[product].services.bits &&
                     other_.FindHolder(*atom.holder) != nullptr;
  if (asked) {
    return OfEnvironment(*atom.holder, "");  // a name, a region, a default bucket
  }
  return {std::string(side_.revision().keys.Of(product)), "/services", side_.m().products[product].name.range, false};
}

bool Reasons::ReadsFrom(model::EnvironmentId environment, std::string_view name) const {
  const auto reads = other_.r().environment_reads[environment.index()];
  return std::any_of(reads.begin(), reads.end(), [&](resolve::EnvironmentRefId reference) {
    const model::EnvironmentId id = other_.r().environment_refs[reference];
    return id.has_value() && other_.m().Text(other_.m().environments[id].name) == name;
  });
}

// The names of all that lies in a bucket are its environment's to show, whoever comes to see them.
bool Reasons::IsNewlyListed(const resolve::Placement& placement, const Atom& atom) const {
  const model::EnvironmentId there = other_.Environment(side_.Text(side_.m().environments[placement.environment].name));
  return atom.action == Action::List && there.has_value() &&
         model::EffectiveAws(other_.m(), there).listing != model::Listing::Bucket;
}

// The asset says what it said before, and lies elsewhere all the same.
bool Reasons::IsMovedByEnvironment(const resolve::Placement& placement, const Atom& atom) const {
  const model::AssetId asset = other_.Asset(model::AssetLabel(side_.m(), placement.asset));
  const model::EnvironmentId environment =
      other_.Environment(side_.Text(side_.m().environments[placement.environment].name));
  if (!asset.has_value() || !environment.has_value() ||
      !IsSameAsset(side_.m(), side_.m().assets[placement.asset], other_.m(), other_.m().assets[asset])) {
    return false;
  }
  const resolve::PlacementId there = other_.r().Find(asset, environment);
  if (!there.has_value()) {
    return false;
  }
  const std::vector<std::string> places = resolve::PlacesOf(other_.m(), other_.r(), there);
  const bool lies = std::find(places.begin(), places.end(), atom.about) != places.end();
  // The bucket's key, or its listing, is the environment's word too.
  const bool as_before = std::find(places.begin(), places.end(), atom.place) != places.end();
  const model::BucketId bucket = other_.r().placements[there].bucket;
  const bool key_as_before =
      lies && bucket.has_value() && atom.place == other_.m().Text(other_.m().buckets[bucket].key);
  const bool listed_before = model::EffectiveAws(other_.m(), environment).listing == model::Listing::Bucket;
  return !(as_before || key_as_before || (lies && atom.action == Action::List && listed_before));
}

bool Reasons::HasAgreement(const access::Cause& cause, const Atom& atom) const {
  const auto [begin, end] =
      OtherAgreements().equal_range(PairName(side_, cause.port, side_.access().roles[atom.holder->role].product));
  return std::any_of(begin, end, [&](const auto& entry) {
    const model::Agreement& row = other_.m().agreements[entry.second];
    const std::int32_t first =
        row.from && (!side_.today() || *side_.today() < *row.from) ? row.from->days_since_epoch() : kAlways;
    const std::int32_t last = row.until ? row.until->days_since_epoch() : kForever;
    return first <= atom.first && last >= atom.last;
  });
}

bool Reasons::HasInput(const Holder& holder, model::PortId port) const {
  const model::ProductId product = other_.Product(holder.product);
  if (!product.has_value()) {
    return false;
  }
  const std::string label = model::PortLabel(side_.m(), port);
  const auto& inputs = other_.m().products[product].inputs;
  return std::any_of(inputs.begin(), inputs.end(), [&](model::InputId input) {
    const model::PortId read = other_.r().input_port[input.index()];
    return read.has_value() && model::PortLabel(other_.m(), read) == label;
  });
}

bool Reasons::Offers(model::PortId port, model::AssetId asset) const {
  const std::string label = model::AssetLabel(side_.m(), asset);
  const auto assets = other_.r().port_assets[port.index()];
  return std::any_of(assets.begin(), assets.end(), [&](resolve::AssetRefId reference) {
    const model::AssetId id = other_.r().asset_refs[reference];
    return id.has_value() && model::AssetLabel(other_.m(), id) == label;
  });
}

Reason Reasons::OfRead(const Atom& atom, const access::Grant& grant) const {
  const resolve::Keys& keys = side_.revision().keys;
  const access::Cause& cause = grant.cause;
  if (cause.agreement.has_value() && !HasAgreement(cause, atom)) {
    return {std::string(keys.Of(cause.agreement)), "/approvedBy", side_.m().agreements[cause.agreement].range, false};
  }
  if (!HasInput(*atom.holder, cause.port)) {
    return {std::string(keys.Of(cause.input)), "", side_.m().inputs[cause.input].port.range, false};
  }
  const model::PortId before = other_.Port(model::PortLabel(side_.m(), cause.port));
  const model::OutputPort& port = side_.m().ports[cause.port];
  const model::AssetId asset = side_.r().placements[grant.placement].asset;
  if (!before.has_value() || !Offers(before, asset)) {
    return {std::string(keys.Of(cause.port)), "/assets", port.name.range, false};
  }
  if (other_.m().ports[before].access > port.access) {
    return {std::string(keys.Of(cause.port)), "/access", port.name.range, false};
  }
  return OfAsset(atom, asset);
}

Reason Reasons::OfAsset(const Atom& atom, model::AssetId asset) const {
  const resolve::Keys& keys = side_.revision().keys;
  const model::Asset& row = side_.m().assets[asset];
  const model::AssetId before = other_.Asset(model::AssetLabel(side_.m(), asset));
  if (!before.has_value() || !IsSameAsset(side_.m(), row, other_.m(), other_.m().assets[before])) {
    return {std::string(keys.Of(asset)), "", row.name.range, false};
  }
  const model::ProductId product = side_.access().roles[atom.holder->role].product;
  return {std::string(keys.Of(product)), "", side_.m().products[product].name.range, false};
}

}  // namespace dpc::ledger
