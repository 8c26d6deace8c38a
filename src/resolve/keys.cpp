#include "resolve/keys.h"

#include <algorithm>

namespace dpc::resolve {
namespace {

constexpr std::array<std::string_view, kEntityKinds> kNames = {
    "product", "port",        "column", "asset",     "placement", "input",  "team",     "domain",
    "member",  "environment", "bucket", "agreement", "approval",  "waiver", "workspace"};

}  // namespace

std::string_view EntityKindName(EntityKind kind) {
  return kNames.at(static_cast<std::size_t>(kind));
}

Keys::Keys(const model::Model& model, const resolve::Resolved& resolved)
    : m_(model),
      r_(resolved),
      workspace_(model.workspace.declared ? "workspace:" + std::string(model.Text(model.workspace.name)) : ""),
      member_team_(model.members.size()),
      member_product_(model.members.size()),
      column_port_(model.columns.size()) {
  for (const model::AgreementId agreement : model.agreements.All()) {
    for (const model::NameId name : model.agreements[agreement].approved_by) {
      approvals_.push_back({agreement, name});
    }
  }
  for (const model::TeamId team : model.teams.All()) {
    for (const model::MemberId member : model.teams[team].members) {
      member_team_[member.index()] = team;
    }
  }
  for (const model::ProductId product : model.products.All()) {
    for (const model::MemberId member : model.products[product].members) {
      member_product_[member.index()] = product;
    }
  }
  for (const model::PortId port : model.ports.All()) {
    for (const model::ColumnId column : model.ports[port].columns) {
      column_port_[column.index()] = port;
    }
  }
}

std::size_t Keys::Count(EntityKind kind) const {
  switch (kind) {
    case EntityKind::Product:
      return m_.products.size();
    case EntityKind::Port:
      return m_.ports.size();
    case EntityKind::Column:
      return m_.columns.size();
    case EntityKind::Asset:
      return m_.assets.size();
    case EntityKind::Placement:
      return r_.placements.size();
    case EntityKind::Input:
      return m_.inputs.size();
    case EntityKind::Team:
      return m_.teams.size();
    case EntityKind::Domain:
      return m_.domains.size();
    case EntityKind::Member:
      return m_.members.size();
    case EntityKind::Environment:
      return m_.environments.size();
    case EntityKind::Bucket:
      return m_.buckets.size();
    case EntityKind::Agreement:
      return m_.agreements.size();
    case EntityKind::Approval:
      return approvals_.size();
    case EntityKind::Waiver:
      return m_.waivers.size();
    case EntityKind::Workspace:
      return m_.workspace.declared ? 1 : 0;
  }
  return 0;
}

namespace {

template <class... Parts>
std::string Concat(const Parts&... parts) {
  std::string text;
  (text.append(parts), ...);
  return text;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): the key of an approval asks for that of its agreement, which asks for none.
std::string Keys::Body(Entity entity) const {
  const auto text = [&](const model::Name& name) { return m_.Text(name); };
  const std::size_t i = entity.index;
  switch (entity.kind) {
    case EntityKind::Product:
      return std::string(text(m_.products[model::ProductId(i)].name));
    case EntityKind::Port:
      return model::PortLabel(m_, model::PortId(i));
    case EntityKind::Column:
      return Concat(model::PortLabel(m_, column_port_[i]), "/", text(m_.columns[model::ColumnId(i)].name));
    case EntityKind::Asset:
      return model::AssetLabel(m_, model::AssetId(i));
    case EntityKind::Placement: {
      const resolve::Placement& row = r_.placements[resolve::PlacementId(i)];
      return Concat(model::AssetLabel(m_, row.asset), "@", text(m_.environments[row.environment].name));
    }
    case EntityKind::Input: {
      const model::InputPort& row = m_.inputs[model::InputId(i)];
      const model::PortId port = r_.input_port[i];
      const std::string reference = port.has_value() ? model::PortLabel(m_, port) : std::string(text(row.port));
      return Concat(text(m_.products[row.product].name), "/", reference);
    }
    case EntityKind::Team:
      return std::string(text(m_.teams[model::TeamId(i)].name));
    case EntityKind::Domain:
      return std::string(text(m_.domains[model::DomainId(i)].name));
    case EntityKind::Member: {
      const model::Member& row = m_.members[model::MemberId(i)];
      const model::TeamId team = member_team_[i];
      const model::ProductId product = member_product_[i];
      const std::string_view owner = team.has_value()      ? text(m_.teams[team].name)
                                     : product.has_value() ? text(m_.products[product].name)
                                                           : std::string_view();
      return Concat(owner, "/", text(row.email));
    }
    case EntityKind::Environment:
      return std::string(text(m_.environments[model::EnvironmentId(i)].name));
    case EntityKind::Bucket: {
      const model::Bucket& row = m_.buckets[model::BucketId(i)];
      return Concat(text(m_.environments[row.environment].name), "/", text(row.identifier));
    }
    case EntityKind::Agreement: {
      const model::Agreement& row = m_.agreements[model::AgreementId(i)];
      const model::PortId port = r_.agreement_port[i];
      const std::string reference = port.has_value() ? model::PortLabel(m_, port) : std::string(text(row.port));
      return Concat(reference, ">", text(row.consumer));
    }
    case EntityKind::Approval: {
      const Approval& row = approvals_[i];
      const std::string_view agreement = Of(row.agreement);
      return Concat(agreement.substr(agreement.find(':') + 1), "/", text(m_.names[row.name]));
    }
    case EntityKind::Waiver: {
      const model::Waiver& row = m_.waivers[model::WaiverId(i)];
      return Concat(text(row.policy), "/", text(row.entity));
    }
    case EntityKind::Workspace:
      return std::string(text(m_.workspace.name));
  }
  return "";
}

// NOLINTNEXTLINE(misc-no-recursion): as Body
const Keys::KeyPool& Keys::Pool(EntityKind kind) const {
  std::unique_ptr<KeyPool>& pool = pools_[static_cast<std::size_t>(kind)];
  if (pool) {
    return *pool;
  }
  pool = std::make_unique<KeyPool>();
  const std::size_t count = Count(kind);
  pool->keys.reserve(count);
  pool->index.reserve(count);
  std::unordered_map<std::string, std::size_t> given;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string key = Concat(EntityKindName(kind), ":", Body({kind, i}));
    std::string fresh = key;
    if (pool->index.contains(fresh)) {
      // Numbers up to the last one that was given are taken.
      std::size_t& n = given.try_emplace(key, 1).first->second;
      do {
        fresh = Concat(key, "#", std::to_string(++n));
      } while (pool->index.contains(fresh));
    }
    texts_.push_back(std::move(fresh));
    pool->keys.push_back(texts_.back());
    pool->index.emplace(texts_.back(), i);
  }
  return *pool;
}

std::optional<Entity> Keys::Find(std::string_view key) const {
  const std::string_view word = key.substr(0, key.find(':'));
  const auto name = std::find(kNames.begin(), kNames.end(), word);
  if (name == kNames.end()) {
    return std::nullopt;
  }
  const auto kind = static_cast<EntityKind>(name - kNames.begin());
  const KeyPool& pool = Pool(kind);
  const auto found = pool.index.find(key);
  return found == pool.index.end() ? std::nullopt : std::optional(Entity{kind, found->second});
}

Range Keys::Anchor(Entity entity) const {
  const std::size_t i = entity.index;
  switch (entity.kind) {
    case EntityKind::Product:
      return m_.products[model::ProductId(i)].name.range;
    case EntityKind::Port:
      return m_.ports[model::PortId(i)].name.range;
    case EntityKind::Column:
      return m_.columns[model::ColumnId(i)].name.range;
    case EntityKind::Asset:
      return m_.assets[model::AssetId(i)].name.range;
    case EntityKind::Placement:
      return m_.assets[r_.placements[resolve::PlacementId(i)].asset].name.range;
    case EntityKind::Input:
      return m_.inputs[model::InputId(i)].port.range;
    case EntityKind::Team:
      return m_.teams[model::TeamId(i)].name.range;
    case EntityKind::Domain:
      return m_.domains[model::DomainId(i)].name.range;
    case EntityKind::Member:
      return m_.members[model::MemberId(i)].email.range;
    case EntityKind::Environment:
      return m_.environments[model::EnvironmentId(i)].name.range;
    case EntityKind::Bucket:
      return m_.buckets[model::BucketId(i)].identifier.range;
    case EntityKind::Agreement:
      return m_.agreements[model::AgreementId(i)].port.range;
    case EntityKind::Approval:
      return m_.names[approvals_[i].name].range;
    case EntityKind::Waiver:
      return m_.waivers[model::WaiverId(i)].policy.range;
    case EntityKind::Workspace:
      return m_.workspace.name.range;
  }
  return {};
}

std::vector<std::pair<LocId, Entity>> Keys::ByPlace() const {
  std::vector<std::pair<LocId, Entity>> all;
  for (std::size_t k = 0; k < kEntityKinds; ++k) {
    const auto kind = static_cast<EntityKind>(k);
    if (kind == EntityKind::Placement || kind == EntityKind::Approval) {
      continue;
    }
    for (std::uint32_t i = 0; i < Count(kind); ++i) {
      if (const Range anchor = Anchor({kind, i}); anchor.has_value()) {
        all.emplace_back(anchor.begin, Entity{kind, i});
      }
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return all;
}

}  // namespace dpc::resolve
