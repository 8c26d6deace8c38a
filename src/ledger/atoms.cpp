#include "ledger/atoms.h"

#include <algorithm>
#include <array>

#include "access/naming.h"
#include "model/settings.h"

namespace dpc::ledger {
namespace {

class Collector {
 public:
  explicit Collector(const Side& side) : side_(side) {}

  std::vector<Atom> Collect() {
    for (const Holder& holder : side_.holders()) {
      holder_ = &holder;
      const access::Role& role = side_.access().roles[holder.role];
      aws_ = model::EffectiveAws(side_.m(), role.environment);
      for (const access::GrantId grant : role.grants) {
        Grant(grant);
      }
      Services(role);
    }
    return std::move(atoms_);
  }

 private:
  void Add(Action action, std::string place, std::string about, const access::Grant* grant, access::GrantId id) {
    atoms_.push_back({holder_, action, std::move(place), std::move(about),
                      grant == nullptr ? kAlways : FirstDay(grant->from),
                      grant == nullptr ? kForever : LastDay(grant->until), id});
  }

  void Grant(access::GrantId id) {
    const access::Grant& grant = side_.access().grants[id];
    const resolve::Placement& placement = side_.r().placements[grant.placement];
    const Action action = grant.right == access::Right::Own ? Action::Own : Action::Read;
    const std::vector<std::string> places = resolve::PlacesOf(side_.m(), side_.r(), grant.placement);
    for (const std::string& place : places) {
      Add(action, place, places.back(), &grant, id);  // of a table, its files are what it is about
    }
    if (!placement.bucket.has_value() || places.empty()) {
      return;
    }
    const model::Bucket& bucket = side_.m().buckets[placement.bucket];
    if (bucket.key.has_value()) {
      Add(action, side_.Text(bucket.key), places.back(), &grant, id);
    }
    if (model::EffectiveAws(side_.m(), bucket.environment).listing == model::Listing::Bucket) {
      Add(Action::List, "s3://" + side_.Text(bucket.bucket_name) + "/", places.back(), &grant, id);
    }
  }

  // What a role gets for its product alone, under its own name.
  void Services(const access::Role& role) {
    const model::Product& product = side_.m().products[role.product];
    const std::string arn = "arn:" + model::PartitionOf(side_.m(), role.environment) + ":";
    const std::string where = side_.Text(aws_.region) + ":" + side_.Text(aws_.account) + ":";
    const model::Naming& naming = side_.m().workspace.naming;
    if (product.services.Has(model::Service::Athena)) {
      Service(arn + "athena:" + where + "workgroup/", naming.workgroup, role, "");
      Results(role, naming.results_path);
    }
    if (product.services.Has(model::Service::Ssm)) {
      Service(arn + "ssm:" + where + "parameter/", naming.parameter_path, role, "/");
    }
    if (product.services.Has(model::Service::Console)) {
      Add(Action::List, arn + "s3:::", "", nullptr, access::GrantId::None());
    }
  }

  std::optional<std::string> Fill(const std::string& name, const access::Role& role) const {
    return access::FillForProduct(side_.m(), side_.r(), name, role.product,
                                  side_.m().Text(side_.m().environments[role.environment].name));
  }

  void Service(const std::string& start, const std::string& name, const access::Role& role, const char* end) {
    if (const auto filled = Fill(name, role)) {
      Add(Action::Own, start + *filled + end, "", nullptr, access::GrantId::None());
    }
  }

  // Query results are data of whoever's files they would lie in.
  void Results(const access::Role& role, const std::string& path) {
    const model::BucketId id = side_.r().environment_default_bucket[role.environment.index()];
    const auto filled = Fill(path, role);
    if (!id.has_value() || !filled) {
      return;
    }
    const model::Bucket& bucket = side_.m().buckets[id];
    const std::string place = "s3://" + side_.Text(bucket.bucket_name) + "/" + *filled + "/";
    Add(Action::Own, place, place, nullptr, access::GrantId::None());
    if (bucket.key.has_value()) {
      Add(Action::Own, side_.Text(bucket.key), place, nullptr, access::GrantId::None());
    }
  }

  const Side& side_;
  const Holder* holder_ = nullptr;
  model::AwsSettings aws_;
  std::vector<Atom> atoms_;
};

}  // namespace

std::int32_t FirstDay(const std::optional<Date>& day) {
  return day ? day->days_since_epoch() : kAlways;
}

std::int32_t LastDay(const std::optional<Date>& day) {
  return day ? day->days_since_epoch() : kForever;
}

std::string_view ActionName(Action action) {
  static constexpr std::array<std::string_view, 3> kNames = {"list", "read", "own"};
  return kNames[static_cast<std::size_t>(action)];
}

std::vector<Atom> AtomsOf(const Side& side) {
  return Collector(side).Collect();
}

Held::Held(const std::vector<Atom>& atoms) {
  const Holder* last = nullptr;
  Places* places = nullptr;
  for (const Atom& atom : atoms) {
    if (atom.holder != last) {
      last = atom.holder;
      places = &holders_[last->Name()];
    }
    (*places)[atom.place].push_back({atom.action, atom.first, atom.last});
  }
}

bool Held::Covers(const Atom& atom) const {
  const auto holder = holders_.find(atom.holder->Name());
  if (holder == holders_.end()) {
    return false;
  }
  std::vector<Span> spans;
  for (std::string_view place = atom.place; !place.empty(); place = resolve::PlaceAround(place)) {
    const auto found = holder->second.find(std::string(place));
    if (found == holder->second.end()) {
      continue;
    }
    for (const Span& span : found->second) {
      // Who reads a folder may list it, and what is in it.
      if (span.action >= atom.action) {
        spans.push_back(span);
      }
    }
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
  std::int64_t reached = static_cast<std::int64_t>(atom.first) - 1;
  for (const Span& span : spans) {
    if (span.first <= reached + 1) {
      reached = std::max<std::int64_t>(reached, span.last);
    }
  }
  return reached >= atom.last;
}

}  // namespace dpc::ledger
