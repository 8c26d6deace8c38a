#include "ledger/endangered.h"

#include <algorithm>

#include "base/text.h"
#include "ledger/reason.h"

namespace dpc::ledger {
namespace {

class Finder {
 public:
  Finder(const Side& base, const Side& head, const Bench& bench) : base_(base), head_(head), bench_(bench) {}

  void AddTo(std::vector<Row>& rows) {
    for (const resolve::PlacementId id : base_.r().placements.All()) {
      Placement(id);
    }
    for (const model::BucketId id : base_.m().buckets.All()) {
      Bucket(id);
    }
    for (auto& [key, draft] : drafts_.all()) {
      const bool moved = draft.row.action == "moved";
      const std::string verb = draft.data.size() == 1 ? (moved ? " moves" : " is declared no more")
                                                      : (moved ? " move" : " are declared no more");
      const std::string what = draft.data.empty() ? SomeOf(draft.places) + (moved ? " moves" : " is declared no more")
                                                  : SomeOf(draft.data) + verb;
      draft.row.what = what + ", and what lies in " + SomeOf(draft.places) + " stays behind";
      rows.push_back(Finished(std::move(draft)));
    }
  }

 private:
  void Placement(resolve::PlacementId id) {
    const resolve::Placement& row = base_.r().placements[id];
    for (const std::string_view place : base_.PlacesOf(id)) {
      // Hardly ever has it to be looked for around the place.
      if (!head_.HighestClassAt(place) && head_.places().Holding(place).empty()) {
        Add(row, place);
      }
    }
  }

  void Add(const resolve::Placement& placement, std::string_view place) {
    const model::Asset& asset = base_.m().assets[placement.asset];
    const std::string label = model::AssetLabel(base_.m(), placement.asset);
    const model::AssetId now = head_.Asset(label);
    const bool by_environment = now.has_value() && IsSameAsset(base_.m(), asset, head_.m(), head_.m().assets[now]);
    const std::string environment = base_.Text(base_.m().environments[placement.environment].name);
    const model::ProductId product = asset.product;
    const std::string action = now.has_value() ? "moved" : "removed";
    Draft& draft = drafts_.Of(
        {action, by_environment ? "environment:" + environment : std::string(base_.revision().keys.Of(product))});
    Row& row = draft.row;
    row.sort = Sort::Endangered;
    row.action = action;
    row.classification = std::max(row.classification, base_.ClassOf(placement.asset));
    draft.data.insert(label);
    draft.places.emplace(place);
    draft.environments.insert(environment);
    if (by_environment) {
      FillEnvironment(draft, placement.environment, head_.Environment(environment));
      return;
    }
    const model::ProductId stays =
        product.has_value() ? head_.Product(base_.Text(base_.m().products[product].name)) : product;
    row.cause = {
        now.has_value() ? std::string(head_.revision().keys.Of(now)) : std::string(head_.revision().keys.Of(stays)), "",
        now.has_value() ? head_.PlaceText(head_.m().assets[now].name.range) : ""};
    row.cause_before = {std::string(base_.revision().keys.Of(placement.asset)), "", base_.PlaceText(asset.name.range)};
    row.owner = product.has_value() ? base_.OwnerOf(product).name() : "";
    row.authority = bench_.Owners(base_.OwnerOf(placement.asset),
                                  row.classification >= model::Classification::Confidential ? 2 : 1);
  }

  // Made by dpc, and not any more.
  void Bucket(model::BucketId id) {
    const model::Bucket& row = base_.m().buckets[id];
    const auto all = head_.m().buckets.All();
    const bool stays = !row.create || std::any_of(all.begin(), all.end(), [&](model::BucketId other) {
      return head_.m().buckets[other].create &&
             head_.Text(head_.m().buckets[other].bucket_name) == base_.Text(row.bucket_name);
    });
    if (stays) {
      return;
    }
    const std::string environment = base_.Text(base_.m().environments[row.environment].name);
    const model::EnvironmentId there = head_.Environment(environment);
    Draft& draft = drafts_.Of({there.has_value() ? "moved" : "removed", "environment:" + environment});
    FillEnvironment(draft, row.environment, there);
    draft.row.action = there.has_value() ? "moved" : "removed";
    draft.places.insert("s3://" + base_.Text(row.bucket_name) + "/");
  }

  // An environment's doing.
  void FillEnvironment(Draft& draft, model::EnvironmentId before, model::EnvironmentId now) {
    const std::string name = base_.Text(base_.m().environments[before].name);
    draft.row.sort = Sort::Endangered;
    draft.environments.insert(name);
    draft.row.cause = {std::string(head_.revision().keys.Of(now)), "",
                       now.has_value() ? head_.PlaceText(head_.m().environments[now].name.range) : ""};
    draft.row.cause_before = {std::string(base_.revision().keys.Of(before)), "",
                              base_.PlaceText(base_.m().environments[before].name.range)};
    draft.row.authority = bench_.Environment(base_, name, 1);
  }

  const Side& base_;
  const Side& head_;
  const Bench& bench_;
  Drafts drafts_;
};

}  // namespace

void AddEndangered(const Side& base, const Side& head, const Bench& bench, std::vector<Row>& rows) {
  Finder(base, head, bench).AddTo(rows);
}

}  // namespace dpc::ledger
