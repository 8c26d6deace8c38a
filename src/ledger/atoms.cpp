#include "ledger/atoms.h"

#include <algorithm>
#include <array>

#include "access/naming.h"
#include "model/settings.h"

namespace dpc::ledger {

const std::vector<Atom>& AtomReader::Of(const Holder& holder) {
  atoms_.clear();
  texts_.clear();
  holder_ = &holder;
  const access::Role& role = side_.access().roles[holder.role];
  for (const access::GrantId grant : role.grants) {
    Grant(grant);
  }
  Services(role);
  return atoms_;
}

void AtomReader::Add(Action action, std::string_view place, std::string_view about, const access::Grant* grant,
                     access::GrantId id) {
  atoms_.push_back({holder_, action, place, about, grant == nullptr ? kAlways : FirstDay(grant->from),
                    grant == nullptr ? kForever : LastDay(grant->until), id});
}

void AtomReader::Grant(access::GrantId id) {
  const access::Grant& grant = side_.access().grants[id];
  const resolve::Placement& placement = side_.r().placements[grant.placement];
  const Action action = grant.right == access::Right::Own ? Action::Own : Action::Read;
  const auto places = side_.PlacesOf(grant.placement);
  for (const std::string_view place : places) {
    Add(action, place, places.back(), &grant, id);  // of a table, its files are what it is about
  }
  if (!placement.bucket.has_value() || places.empty()) {
    return;
  }
  const model::Bucket& bucket = side_.m().buckets[placement.bucket];
  if (bucket.key.has_value()) {
    Add(action, side_.m().Text(bucket.key), places.back(), &grant, id);
  }
  if (side_.Aws(bucket.environment).listing == model::Listing::Bucket) {
    Add(Action::List, BucketPlace(placement.bucket), places.back(), &grant, id);
  }
}

std::string_view AtomReader::BucketPlace(model::BucketId id) {
  std::string& text = listed_[id.index()];
  if (text.empty()) {
    text = "s3://" + side_.Text(side_.m().buckets[id].bucket_name) + "/";
  }
  return text;
}

// What a role gets for its product alone, under its own name.
void AtomReader::Services(const access::Role& role) {
  const model::Services services = side_.m().products[role.product].services;
  if (services.bits == 0) {
    return;
  }
  const model::AwsSettings& aws = side_.Aws(role.environment);
  const std::string arn = "arn:" + side_.Partition(role.environment) + ":";
  const std::string where = side_.Text(aws.region) + ":" + side_.Text(aws.account) + ":";
  const model::Naming& naming = side_.m().workspace.naming;
  if (services.Has(model::Service::Athena)) {
    Service(arn + "athena:" + where + "workgroup/", naming.workgroup, role, "");
    Results(role, naming.results_path);
  }
  if (services.Has(model::Service::Ssm)) {
    Service(arn + "ssm:" + where + "parameter/", naming.parameter_path, role, "/");
  }
  if (services.Has(model::Service::Console)) {
    Add(Action::List, Keep(arn + "s3:::"), "", nullptr, access::GrantId::None());
  }
}

std::optional<std::string> AtomReader::Fill(const std::string& name, const access::Role& role) const {
  return access::FillForProduct(side_.m(), side_.r(), name, role.product,
                                side_.m().Text(side_.m().environments[role.environment].name));
}

void AtomReader::Service(const std::string& start, const std::string& name, const access::Role& role, const char* end) {
  if (const auto filled = Fill(name, role)) {
    Add(Action::Own, Keep(start + *filled + end), "", nullptr, access::GrantId::None());
  }
}

// Query results are data of whoever's files they would lie in.
void AtomReader::Results(const access::Role& role, const std::string& path) {
  const model::BucketId id = side_.r().environment_default_bucket[role.environment.index()];
  const auto filled = Fill(path, role);
  if (!id.has_value() || !filled) {
    return;
  }
  const model::Bucket& bucket = side_.m().buckets[id];
  const std::string_view place = Keep("s3://" + side_.Text(bucket.bucket_name) + "/" + *filled + "/");
  Add(Action::Own, place, place, nullptr, access::GrantId::None());
  if (bucket.key.has_value()) {
    Add(Action::Own, side_.m().Text(bucket.key), place, nullptr, access::GrantId::None());
  }
}

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

void Held::Add(const std::vector<Atom>& atoms) {
  for (const Atom& atom : atoms) {
    places_[std::string(atom.place)].push_back({atom.action, atom.first, atom.last});
  }
}

bool Held::Covers(const Atom& atom) const {
  std::vector<Span> spans;
  for (std::string_view place = atom.place; !place.empty(); place = resolve::PlaceAround(place)) {
    const auto found = places_.find(std::string(place));
    if (found == places_.end()) {
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
