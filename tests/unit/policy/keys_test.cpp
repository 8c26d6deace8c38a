#include "resolve/keys.h"

#include <set>

#include "world.h"

namespace dpc::policy {
namespace {

// Of every entity, by kind and row.
std::vector<std::pair<Entity, std::string>> AllKeys(const model::Model& m, const resolve::Resolved& r,
                                                    const Keys& keys) {
  std::vector<std::pair<Entity, std::string>> all;
  const auto add = [&](EntityKind kind, const auto& ids) {
    for (const auto id : ids) {
      all.emplace_back(Entity{kind, id.index()}, keys.Of(id));
    }
  };
  add(EntityKind::Product, m.products.All());
  add(EntityKind::Port, m.ports.All());
  add(EntityKind::Column, m.columns.All());
  add(EntityKind::Asset, m.assets.All());
  add(EntityKind::Placement, r.placements.All());
  add(EntityKind::Input, m.inputs.All());
  add(EntityKind::Team, m.teams.All());
  add(EntityKind::Domain, m.domains.All());
  add(EntityKind::Member, m.members.All());
  add(EntityKind::Environment, m.environments.All());
  add(EntityKind::Bucket, m.buckets.All());
  add(EntityKind::Agreement, m.agreements.All());
  add(EntityKind::Approval, IdRange<ApprovalId>(0, keys.approvals().size()));
  add(EntityKind::Waiver, m.waivers.All());
  if (m.workspace.declared) {
    all.emplace_back(Entity{EntityKind::Workspace, 0}, keys.OfWorkspace());
  }
  return all;
}

void CheckKeys(const model::Model& m, const resolve::Resolved& r) {
  const Keys keys(m, r);
  std::set<std::string> seen;
  for (const auto& [entity, key] : AllKeys(m, r, keys)) {
    INFO(key);
    CHECK(seen.insert(key).second);
    CHECK(key.starts_with(std::string(EntityKindName(entity.kind)) + ":"));
    CHECK(keys.KeyOf(entity) == key);
    const auto found = keys.Find(key);
    REQUIRE(found);
    CHECK((found->kind == entity.kind && found->index == entity.index));
    CHECK(keys.Anchor(entity).has_value());
  }
  LocId last(0);
  for (const auto& [place, entity] : keys.ByPlace()) {
    CHECK(place >= last);
    last = place;
    CHECK(seen.contains(std::string(keys.KeyOf(entity))));
  }
}

template <class Ids>
std::vector<std::string> KeysOf(const Keys& keys, const Ids& ids) {
  std::vector<std::string> all;
  for (const auto id : ids) {
    all.emplace_back(keys.Of(id));
  }
  return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("keys are unique, and lead back to their entity") {
  for (const std::string& folder : Folders()) {
    INFO(folder);
    const auto compilation = CompileFolder(folder);
    CHECK(compilation->model.products.size() != 0);
    CheckKeys(compilation->model, compilation->resolved);
  }
}

TEST_CASE("keys say what an entity is, without path and line") {
  const Compiled compiled(Files{EnvironmentFile("prd"), ProductFile("a", Offers("a", "restricted")),
                                ProductFile("b", Reads({"a"})), AgreementFile("a", "b")});
  const Keys keys(compiled.model(), compiled->resolved);
  CHECK(KeysOf(keys, compiled.model().products.All()) == Lines{"product:a", "product:b"});
  CHECK(KeysOf(keys, compiled.model().ports.All()) == Lines{"port:a/out"});
  CHECK(KeysOf(keys, compiled.model().inputs.All()) == Lines{"input:b/a/out"});
  CHECK(KeysOf(keys, compiled.model().agreements.All()) == Lines{"agreement:a/out>b"});
  CHECK(KeysOf(keys, IdRange<ApprovalId>(0, 1)) == Lines{"approval:a/out>b/ann@acme.example"});
  CHECK(KeysOf(keys, compiled->resolved.placements.All()) == Lines{"placement:a/data@prd"});
  CHECK(KeysOf(keys, compiled.model().buckets.All()) == Lines{"bucket:prd/datalake", "bucket:prd/landing"});
  CHECK(keys.Of(model::ProductId::None()).empty());
  for (const char* unknown :
       {"", ":", "product", "product:", "product:c", "port:a", "thing:a", "Product:a", "workspace:"}) {
    INFO(unknown);
    CHECK_FALSE(keys.Find(unknown));
  }
}

TEST_CASE("a second entity of the same name has a key of its own, also where that is taken") {
  const auto waiver = [](const std::string& entity) {
    return "apiVersion: dpc/v1\nkind: Waiver\npolicy: p\nentity: \"" + entity +
           "\"\nreason: x\nowner: a@x.example\napprovedBy: [b@x.example]\nuntil: 2026-12-31\n---\n";
  };
  const Compiled compiled(
      Files{ProductFile("a"),
            {"b/product.yaml", ProductFile("a").second},
            {"w.yaml", waiver("port:a/b") + waiver("port:a/b#2") + waiver("port:a/b") + waiver("port:a/b")}});
  CheckKeys(compiled.model(), compiled->resolved);
  const Keys keys(compiled.model(), compiled->resolved);
  CHECK(KeysOf(keys, compiled.model().products.All()) == Lines{"product:a", "product:a#2"});
  CHECK(KeysOf(keys, compiled.model().waivers.All()) ==
        Lines{"waiver:p/port:a/b", "waiver:p/port:a/b#2", "waiver:p/port:a/b#3", "waiver:p/port:a/b#4"});
}

}  // namespace dpc::policy
