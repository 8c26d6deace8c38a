#include "backend/aws/sure_fit.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "access/reach.h"
#include "backend/aws/trust.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// Positions in Topics().
enum Topic : std::size_t { kReadGeneric, kBucketRead, kWriteGeneric, kBucketWrite, kGlueWrite, kService };

// {"Version":"2012-10-17","Statement":[]}
constexpr std::size_t kEmptyDocument = 40;
// Two quotes and a comma.
constexpr std::size_t kAroundItem = 3;
// What a wildcard adds to a folder: `/*`.
constexpr std::size_t kWildcard = 2;

// JSON writes it as it is, and IAM reads it as it is.
bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '*' && c != '?' && c != '$';
  });
}

std::size_t Frame(const ActionList& actions, std::vector<Condition> conditions = {}) {
  return FrameBytes({"", actions, {}, "", std::move(conditions)});
}

// True the first time.
template <class T>
bool Count(std::vector<T>& counted, T id) {
  if (std::find(counted.begin(), counted.end(), id) != counted.end()) {
    return false;
  }
  counted.push_back(id);
  return true;
}

// The document of a topic exists from the first byte on.
void AddTo(std::size_t& topic, std::size_t frames, std::size_t bytes) {
  topic += (topic == 0 ? kEmptyDocument + frames : 0) + bytes;
}

}  // namespace

void TopicBytes::AddServices(const Statements& services) {
  if (!services.groups().empty()) {
    bytes[kService] += kEmptyDocument + BytesOf(services.groups());
  }
}

bool TopicBytes::Fit(const Quota& quota) const {
  const auto documents = static_cast<std::size_t>(
      std::count_if(bytes.begin(), bytes.end(), [](std::size_t document) { return document != 0; }));
  return documents <= quota.managed_policies && std::all_of(bytes.begin(), bytes.end(), [&](std::size_t document) {
           return document <= quota.comfortable_bytes;
         });
}

SureFit::SureFit(const Input& input, model::EnvironmentId environment, const Naming& names)
    : input_(input),
      environment_(environment),
      names_(names),
      trust_quota_(static_cast<std::size_t>(
          model::EffectiveAws(input.model, environment).trust_policy_bytes.value_or(kTrustBytes))) {}

std::optional<TopicBytes> SureFit::OfGrants(access::RoleId role) {
  for (auto* counted : {&counted_buckets_[0], &counted_buckets_[1]}) {
    counted->clear();
  }
  for (auto* counted : {&counted_catalogs_[0], &counted_catalogs_[1]}) {
    counted->clear();
  }
  TopicBytes total;
  for (const access::GrantId grant : input_.access.roles[role].grants) {
    if (!Add(input_.access.grants[grant], total)) {
      return std::nullopt;
    }
  }
  return total;
}

bool SureFit::Add(const access::Grant& grant, TopicBytes& total) {
  const resolve::Placement& placement = input_.resolved.placements[grant.placement];
  const bool ends = Environment(environment_).ends || Environment(placement.environment).ends;
  const OfPlacement& of = Placement(grant.placement);
  if (!of.sure || (ends && grant.until)) {
    return false;
  }
  const bool own = grant.right == access::Right::Own;
  if (of.table != 0) {
    AddTable(placement, of, own, total);
  }
  if (of.file != 0) {
    if (!Bucket(placement.bucket).sure) {
      return false;
    }
    AddFiles(placement, of, own, total);
  }
  return true;
}

void SureFit::AddFiles(const resolve::Placement& placement, const OfPlacement& of, bool own, TopicBytes& total) {
  static const std::size_t kReadFrames =
      Frame(ReadFileActions()) + Frame(ListFilesActions()) + Frame(LocationActions());
  static const std::size_t kOwnFrame = Frame(OwnFileActions());
  const OfBucket& bucket = Bucket(placement.bucket);
  AddTo(total.bytes[kBucketRead], kReadFrames, of.prefix + (own ? 0 : of.file));
  if (own) {
    AddTo(total.bytes[kBucketWrite], kOwnFrame, of.file);
  }
  const bool first_listing = std::find(counted_buckets_[own ? 0 : 1].begin(), counted_buckets_[own ? 0 : 1].end(),
                                       placement.bucket) == counted_buckets_[own ? 0 : 1].end();
  if (Count(counted_buckets_[own ? 1 : 0], placement.bucket)) {
    total.bytes[kBucketRead] += first_listing ? bucket.listing : 0;
    if (bucket.has_key) {
      AddTo(total.bytes[own ? kWriteGeneric : kReadGeneric], 0, bucket.key[own ? 1 : 0]);
    }
  }
}

void SureFit::AddTable(const resolve::Placement& placement, const OfPlacement& of, bool own, TopicBytes& total) {
  static const std::size_t kReadFrame = Frame(ReadTableActions());
  static const std::size_t kListFrame = Frame(ListTablesActions());
  static const std::size_t kWriteFrame = Frame(WriteTableActions());
  const std::size_t times = of.all_tables ? 2 : 1;
  // Frames once for each environment: the topic may be there already, for keys.
  if (Count(counted_catalogs_[0], placement.environment)) {
    AddTo(total.bytes[kReadGeneric], 0, kReadFrame + kListFrame + 2 * Environment(placement.environment).catalog);
  }
  AddTo(total.bytes[kReadGeneric], 0, times * of.table);
  if (own) {
    if (Count(counted_catalogs_[1], placement.environment)) {
      AddTo(total.bytes[kGlueWrite], 0, kWriteFrame + Environment(placement.environment).catalog);
    }
    AddTo(total.bytes[kGlueWrite], 0, of.table);
  }
}

const SureFit::OfPlacement& SureFit::Placement(resolve::PlacementId id) {
  OfPlacement& of = placements_[id.index()];
  if (!of.known) {
    of = Measure(input_.resolved.placements[id]);
    of.known = true;
  }
  return of;
}

SureFit::OfPlacement SureFit::Measure(const resolve::Placement& placement) {
  const model::Asset& asset = input_.model.assets[placement.asset];
  OfPlacement of;
  const bool known_kind = asset.kind == model::AssetKind::S3 || asset.kind == model::AssetKind::Glue;
  const std::string_view path = input_.model.Text(asset.path);
  if (!known_kind || !IsPlain(path) || IsGuarded(placement)) {
    return of;
  }
  if (placement.bucket.has_value() && (!path.empty() || asset.whole_bucket)) {
    const OfBucket& bucket = Bucket(placement.bucket);
    const model::Bucket& row = input_.model.buckets[placement.bucket];
    const std::size_t arn = BucketArn(Environment(row.environment).place, input_.model.Text(row.bucket_name)).size();
    of.file = arn + 1 + path.size() + kWildcard + kAroundItem;
    of.prefix = std::max(arn, path.size() + kWildcard) + kAroundItem;
    of.sure = bucket.sure;
    if (!of.sure) {
      return of;
    }
  }
  of.sure = asset.kind != model::AssetKind::Glue || MeasureTable(placement, of);
  return of;
}

bool SureFit::IsGuarded(const resolve::Placement& placement) {
  const model::LakeFormation& guard = Environment(placement.environment).guard;
  return guard.all_databases || !guard.databases.empty();
}

bool SureFit::MeasureTable(const resolve::Placement& placement, OfPlacement& of) {
  const model::Asset& asset = input_.model.assets[placement.asset];
  const std::string database = names_.GlueDatabase(placement.asset, placement.environment);
  const std::string_view table = input_.model.Text(asset.table);
  if (!IsPlain(database) || !IsPlain(table)) {
    return false;
  }
  const std::size_t head = GlueArn(Environment(placement.environment).place, "").size() + kAroundItem;
  of.all_tables = asset.all_tables;
  of.table = head + std::string_view("database/").size() + database.size() + head + std::string_view("table//").size() +
             database.size() + std::max<std::size_t>(table.size(), 1);
  return true;
}

const SureFit::OfBucket& SureFit::Bucket(model::BucketId id) {
  OfBucket& of = buckets_[id.index()];
  if (of.known) {
    return of;
  }
  const model::Bucket& row = input_.model.buckets[id];
  const std::string_view key = input_.model.Text(row.key);
  const Place& place = Environment(row.environment).place;
  const std::string arn = BucketArn(place, input_.model.Text(row.bucket_name));
  of.known = true;
  of.sure = IsPlain(arn) && IsPlain(key);
  of.environment = row.environment;
  of.has_key = row.key.has_value();
  of.listing = FrameBytes({"", ListFilesActions(), {arn}, "s3:prefix", {}}) + 2 * (arn.size() + kAroundItem);
  for (const bool own : {false, true}) {
    of.key[own ? 1 : 0] = Frame(KeyActions(own), {ThroughS3(place)}) + key.size() + kAroundItem;
  }
  return of;
}

const SureFit::OfEnvironment& SureFit::Environment(model::EnvironmentId id) {
  OfEnvironment& of = environments_[id.index()];
  if (!of.known) {
    const model::AwsSettings settings = model::EffectiveAws(input_.model, id);
    of.known = true;
    of.ends = settings.expiry == model::Expiry::Platform;
    of.place = PlaceOf(input_, id);
    of.guard = settings.lake_formation;
    of.catalog = GlueArn(of.place, "catalog").size() + kAroundItem;
  }
  return of;
}

bool SureFit::TrustSurelyFits(access::RoleId id) const {
  // What stands around a way's own words: the words of a statement, ARNs of providers and of generated roles. The
  // longest frame has 470 bytes (Identity Center in a partition with a long name).
  constexpr std::size_t kAroundWay = 600;
  const access::Role& role = input_.access.roles[id];
  std::size_t bytes = kEmptyDocument;
  bool somebody = false;
  for (const access::Way& way : access::WaysInto(input_.model, input_.resolved, role.product, role.environment)) {
    // The issuer stands in the provider's ARN and in two keys.
    bytes += kAroundWay + 3 * way.name.size() + 3 * way.within.size() + way.audience.size();
    if (!IsPlain(way.name) || !IsPlain(way.within) || !IsPlain(way.audience)) {
      return false;
    }
    somebody = somebody || way.kind == access::WayKind::IdentityCenter || way.kind == access::WayKind::Principal ||
               way.kind == access::WayKind::WholeAccount;
  }
  return somebody && bytes <= trust_quota_;
}

}  // namespace dpc::backend::aws
