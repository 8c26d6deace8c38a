// Stable names of entities: what `entity` of a finding holds, and what tables are joined by. No path, no line.
//
//   product:orders            port:orders/orders          column:orders/orders/email   asset:orders/raw
//   placement:orders/raw@prod input:orders/customers      team:sales  domain:sales     member:sales/jane@acme.example
//   environment:prod          bucket:prod/datalake        agreement:customers/customers>orders
//   approval:customers/customers>orders/alice@acme.example waiver:pii-not-public/port:orders/orders
//   workspace:acme
//
// A second one of the same name has `#2` after it. Made when first asked for, kind by kind.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::resolve {

enum class EntityKind : std::uint8_t {
  Product,
  Port,
  Column,
  Asset,
  Placement,
  Input,
  Team,
  Domain,
  Member,
  Environment,
  Bucket,
  Agreement,
  Approval,
  Waiver,
  Workspace,
};
inline constexpr std::size_t kEntityKinds = 15;

// "product", "port", ...: the part before the colon.
std::string_view EntityKindName(EntityKind kind);

struct Entity {
  EntityKind kind = EntityKind::Product;
  std::uint32_t index = 0;
};

// An approver of an agreement.
struct Approval {
  model::AgreementId agreement;
  model::NameId name;
};

using ApprovalId = Id<struct ApprovalTag>;

class Keys {
 public:
  Keys(const model::Model& model, const resolve::Resolved& resolved);

  // "" for None.
  std::string_view Of(model::ProductId id) const { return Of(EntityKind::Product, id); }

  std::string_view Of(model::PortId id) const { return Of(EntityKind::Port, id); }

  std::string_view Of(model::ColumnId id) const { return Of(EntityKind::Column, id); }

  std::string_view Of(model::AssetId id) const { return Of(EntityKind::Asset, id); }

  std::string_view Of(resolve::PlacementId id) const { return Of(EntityKind::Placement, id); }

  std::string_view Of(model::InputId id) const { return Of(EntityKind::Input, id); }

  std::string_view Of(model::TeamId id) const { return Of(EntityKind::Team, id); }

  std::string_view Of(model::DomainId id) const { return Of(EntityKind::Domain, id); }

  std::string_view Of(model::MemberId id) const { return Of(EntityKind::Member, id); }

  std::string_view Of(model::EnvironmentId id) const { return Of(EntityKind::Environment, id); }

  std::string_view Of(model::BucketId id) const { return Of(EntityKind::Bucket, id); }

  // NOLINTNEXTLINE(misc-no-recursion): as Body
  std::string_view Of(model::AgreementId id) const { return Of(EntityKind::Agreement, id); }

  std::string_view Of(ApprovalId id) const { return Of(EntityKind::Approval, id); }

  std::string_view Of(model::WaiverId id) const { return Of(EntityKind::Waiver, id); }

  std::string_view OfWorkspace() const { return workspace_; }

  std::optional<Entity> Find(std::string_view key) const;
  // Where the entity is named: its declaration is around it.
  Range Anchor(Entity entity) const;
  // All entities with a place in the declarations, but approvals and placements, by place.
  std::vector<std::pair<LocId, Entity>> ByPlace() const;

  std::string_view KeyOf(Entity entity) const { return Pool(entity.kind).keys[entity.index]; }

  const std::vector<Approval>& approvals() const { return approvals_; }

  // Of a member: the team, or None and the product.
  model::TeamId TeamOf(model::MemberId id) const { return member_team_[id.index()]; }

  model::ProductId ProductOf(model::MemberId id) const { return member_product_[id.index()]; }

  model::PortId PortOf(model::ColumnId id) const { return column_port_[id.index()]; }

 private:
  struct KeyPool {
    std::vector<std::string_view> keys;
    std::unordered_map<std::string_view, std::uint32_t> index;
  };

  template <class IdT>
  std::string_view Of(EntityKind kind, IdT id) const {  // NOLINT(misc-no-recursion): as Body
    return id.has_value() ? Pool(kind).keys[id.index()] : std::string_view();
  }

  const KeyPool& Pool(EntityKind kind) const;
  std::size_t Count(EntityKind kind) const;
  // Without the kind.
  std::string Body(Entity entity) const;

  const model::Model& m_;
  const resolve::Resolved& r_;
  std::string workspace_;
  std::vector<Approval> approvals_;
  std::vector<model::TeamId> member_team_;
  std::vector<model::ProductId> member_product_;
  std::vector<model::PortId> column_port_;
  mutable std::deque<std::string> texts_;
  mutable std::array<std::unique_ptr<KeyPool>, kEntityKinds> pools_;
};

}  // namespace dpc::resolve
