#include "backend/aws/rights.h"

#include <algorithm>

#include "backend/aws/diagnostics.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

using topics::kBucketRead;
using topics::kBucketWrite;
using topics::kGlueWrite;
using topics::kReadGeneric;
using topics::kService;
using topics::kWriteGeneric;

}  // namespace

const ActionList& ReadFileActions() {
  static const ActionList kActions = {"s3:GetObject"};
  return kActions;
}

const ActionList& OwnFileActions() {
  static const ActionList kActions = {"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject",
                                      "s3:ListMultipartUploadParts", "s3:PutObject"};
  return kActions;
}

const ActionList& ListFilesActions() {
  static const ActionList kActions = {"s3:ListBucket"};
  return kActions;
}

const ActionList& LocationActions() {
  static const ActionList kActions = {"s3:GetBucketLocation"};
  return kActions;
}

const ActionList& KeyActions(bool own) {
  static const ActionList kRead = {"kms:Decrypt"};
  static const ActionList kOwn = {"kms:Decrypt", "kms:GenerateDataKey"};
  return own ? kOwn : kRead;
}

const ActionList& ReadTableActions() {
  static const ActionList kActions = {"glue:BatchGetPartition", "glue:GetDatabase", "glue:GetPartition",
                                      "glue:GetPartitions", "glue:GetTable"};
  return kActions;
}

const ActionList& ListTablesActions() {
  static const ActionList kActions = {"glue:GetTables"};
  return kActions;
}

const ActionList& WriteTableActions() {
  static const ActionList kActions = {"glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:CreatePartition",
                                      "glue:CreateTable",          "glue:DeletePartition",      "glue:DeleteTable",
                                      "glue:UpdatePartition",      "glue:UpdateTable"};
  return kActions;
}

Condition ThroughS3(const Place& place) {
  return {"StringEquals", "kms:ViaService", {"s3." + place.region + "." + place.suffix}};
}

const std::vector<Topic>& Topics() {
  static const std::vector<Topic> kTopics = {{kReadGeneric, false}, {kBucketRead, true}, {kWriteGeneric, false},
                                             {kBucketWrite, true},  {kGlueWrite, false}, {kService, false}};
  return kTopics;
}

Rights::Rights(const Input& input, access::RoleId role, Naming& names, Emitter& emitter, bool reads_through_grants)
    : input_(input),
      role_(input.access.roles[role]),
      names_(names),
      emitter_(emitter),
      reads_through_grants_(reads_through_grants) {}

GroupKey Rights::Group(std::string_view topic, std::vector<std::string> actions,
                       std::vector<Condition> conditions) const {
  if (last_day_) {
    conditions.push_back(EndsAfter(*last_day_));
  }
  return {std::string(topic), std::move(actions), {}, "", std::move(conditions)};
}

void Rights::Add(const GroupKey& key, const std::string& item, const Sources& sources) {
  statements_.Add(key, item, sources, parcel_);
}

bool Rights::Derive() {
  for (const access::GrantId grant : role_.grants) {
    GrantPlacement(input_.access.grants[grant]);
  }
  exact_ = DeriveServices() && exact_;
  std::sort(lake_formation_.begin(), lake_formation_.end());
  std::sort(access_grants_.begin(), access_grants_.end());
  statements_.Reduce();
  return exact_;
}

bool Rights::DeriveServices() {
  last_day_.reset();
  const model::Product& product = input_.model.products[role_.product];
  Sources sources = {product.name.range, input_.model.environments[role_.environment].name.range};
  if (const auto bucket = input_.resolved.environment_default_bucket[role_.environment.index()]; bucket.has_value()) {
    sources.insert(input_.model.buckets[bucket].bucket_name.range);
  }
  bool exact = true;
  if (product.services.Has(model::Service::Athena)) {
    parcel_ = "athena";
    exact = Athena(sources) && exact;
  }
  if (product.services.Has(model::Service::Ssm)) {
    parcel_ = "ssm";
    exact = Parameters(sources) && exact;
  }
  if (product.services.Has(model::Service::Console)) {
    parcel_ = "console";
    Console(sources);
  }
  return exact;
}

bool Rights::DeriveReadsFrom(model::EnvironmentId owner) {
  for (const access::GrantId id : role_.grants) {
    const access::Grant& grant = input_.access.grants[id];
    if (input_.resolved.placements[grant.placement].environment == owner) {
      GrantPlacement(grant);
    }
  }
  statements_.Reduce();
  return exact_;
}

void Rights::GrantPlacement(const access::Grant& grant) {
  const resolve::Placement& placement = input_.resolved.placements[grant.placement];
  const model::Asset& asset = input_.model.assets[placement.asset];
  const Sources sources = SourcesOf(grant);
  const bool own = grant.right == access::Right::Own;
  parcel_ = model::AssetLabel(input_.model, placement.asset) + "@" +
            std::string(input_.model.Text(input_.model.environments[placement.environment].name));
  const auto ends = [&](model::EnvironmentId environment) {
    return model::EffectiveAws(input_.model, environment).expiry == model::Expiry::Platform;
  };
  // Whoever of the two sides asks that AWS ends it.
  const bool platform = ends(role_.environment) || ends(placement.environment);
  last_day_ = platform ? grant.until : std::nullopt;
  if (asset.kind == model::AssetKind::Glue) {
    const bool guarded = model::IsGuarded(input_.model, placement.environment, placement.asset);
    if (guarded && !Guarded(placement, own, sources)) {
      return;
    }
    Table(placement, own, sources);
    if (guarded && !own) {
      return;  // direct access to the files would go round Lake Formation
    }
  }
  if (asset.kind == model::AssetKind::Redshift) {
    Warehouse(placement, sources);
  }
  if (placement.bucket.has_value()) {
    GrantFiles(placement, own, sources);
  }
}

void Rights::Warehouse(const resolve::Placement& placement, const Sources& sources) {
  const model::Environment& environment = input_.model.environments[placement.environment];
  const Place place = PlaceOf(input_, placement.environment);
  const model::Name& id = environment.aws.redshift.workgroup_id;
  const std::string arn = "arn:" + place.partition + ":redshift-serverless:" + place.region + ":" + place.account +
                          ":workgroup/" + std::string(id.has_value() ? input_.model.Text(id) : kWorkgroupToCome);
  Add(Group(kService, {"redshift-data:ExecuteStatement", "redshift-serverless:GetCredentials"}), arn, sources);
  // No resource types: the owner of the statement is what tells them apart.
  Add(Group(kService,
            {"redshift-data:CancelStatement", "redshift-data:DescribeStatement", "redshift-data:GetStatementResult"},
            {{"StringEquals", "redshift-data:statement-owner-iam-userid", {"${aws:userid}"}}}),
      "*", sources);
}

void Rights::GrantFiles(const resolve::Placement& placement, bool own, const Sources& sources) {
  const model::Asset& asset = input_.model.assets[placement.asset];
  const std::string_view path = input_.model.Text(asset.path);
  if ((path.empty() && !asset.whole_bucket) || !Exact("path", path, asset.path.range)) {
    return;
  }
  // Access Grants know no end: what AWS is to end stays a statement. They belong to one account and region.
  if (reads_through_grants_ && !own && !last_day_ && placement.environment == role_.environment) {
    access_grants_.push_back({placement.bucket, std::string(path), sources});
    Add(Group(kBucketRead, {"s3:GetDataAccess"}), AccessGrantsArn(PlaceOf(input_, role_.environment)), sources);
    return;
  }
  Files(placement.bucket, path, own, sources);
  List(placement.bucket, path, sources);
  Key(placement.bucket, own, own ? kWriteGeneric : kReadGeneric, sources);
}

bool Rights::Guarded(const resolve::Placement& placement, bool own, const Sources& sources) {
  const model::Asset& asset = input_.model.assets[placement.asset];
  // Permissions are given in the account and region of the table.
  const Place there = PlaceOf(input_, placement.environment);
  const Place here = PlaceOf(input_, role_.environment);
  if (there.account != here.account || there.region != here.region) {
    if (names_.once()("guarded", asset.name.range)) {
      emitter_.Report(kGuardedAcrossAccounts, asset.name.range, model::AssetLabel(input_.model, placement.asset),
                      input_.model.Text(input_.model.environments[placement.environment].name),
                      input_.model.Text(input_.model.environments[role_.environment].name));
    }
    return false;
  }
  std::string location;
  if (placement.bucket.has_value() && asset.path.has_value()) {
    location = BucketArn(PlaceOf(input_, placement.environment),
                         input_.model.Text(input_.model.buckets[placement.bucket].bucket_name)) +
               "/" + std::string(input_.model.Text(asset.path));
  }
  if (own) {
    CheckGuardedKey(placement);
  }
  lake_formation_.push_back({names_.GlueDatabase(placement.asset, placement.environment),
                             std::string(input_.model.Text(asset.table)), own, std::move(location),
                             placement.environment, sources});
  Add(Group(kService, {"lakeformation:GetDataAccess"}), "*", sources);
  return true;
}

// Lake Formation's own role needs the key; where its policy is not dpc's, somebody else has to say so.
void Rights::CheckGuardedKey(const resolve::Placement& placement) {
  if (!placement.bucket.has_value() || !input_.model.assets[placement.asset].path.has_value()) {
    return;
  }
  const model::Name& key = input_.model.buckets[placement.bucket].key;
  const bool managed = model::EffectiveAws(input_.model, placement.environment).owns_resource_policies.value_or(false);
  if (key.has_value() && !managed && names_.once()("guarded key", key.range)) {
    emitter_.Report(kGuardedKey, key.range, input_.model.Text(key), model::AssetLabel(input_.model, placement.asset),
                    LakeFormationRoleArn(PlaceOf(input_, placement.environment)));
  }
}

void Rights::Files(model::BucketId bucket, std::string_view path, bool own, const Sources& sources) {
  const model::Bucket& row = input_.model.buckets[bucket];
  const std::string arn = BucketArn(PlaceOf(input_, row.environment), input_.model.Text(row.bucket_name));
  // The slash keeps `raw` apart from `raw2`.
  const std::string item = path.empty() ? arn + "/*" : arn + "/" + std::string(path) + "/*";
  Add(own ? Group(kBucketWrite, OwnFileActions()) : Group(kBucketRead, ReadFileActions()), item, sources);
}

void Rights::List(model::BucketId bucket, std::string_view path, const Sources& sources) {
  const model::Bucket& row = input_.model.buckets[bucket];
  const std::string arn = BucketArn(PlaceOf(input_, row.environment), input_.model.Text(row.bucket_name));
  const auto listing = model::EffectiveAws(input_.model, row.environment).listing;
  if (path.empty() || listing == model::Listing::Bucket) {
    Add(Group(kBucketRead, ListFilesActions()), arn, sources);
  } else {
    GroupKey key = Group(kBucketRead, ListFilesActions());
    key.resources = {arn};
    key.item_key = "s3:prefix";
    Add(key, std::string(path) + "/*", sources);
  }
  // Tells the region only; SDKs and Athena ask for it before they read.
  Add(Group(kBucketRead, LocationActions()), arn, sources);
}

void Rights::Key(model::BucketId bucket, bool own, std::string_view topic, const Sources& sources) {
  const model::Bucket& row = input_.model.buckets[bucket];
  if (!row.key.has_value()) {
    return;
  }
  Add(Group(topic, KeyActions(own), {ThroughS3(PlaceOf(input_, row.environment))}),
      std::string(input_.model.Text(row.key)), sources);
}

void Rights::Table(const resolve::Placement& placement, bool own, const Sources& sources) {
  const model::Asset& asset = input_.model.assets[placement.asset];
  const Place place = PlaceOf(input_, placement.environment);
  const std::string database = names_.GlueDatabase(placement.asset, placement.environment);
  const std::string_view table = input_.model.Text(asset.table);
  if (!Exact("database", database, asset.database.range) || !Exact("table", table, asset.table.range)) {
    return;
  }
  const std::string table_arn =
      GlueArn(place, "table/" + database + "/" + (asset.all_tables ? "*" : std::string(table)));
  const auto add = [&](std::string_view topic, const std::vector<std::string>& actions) {
    // A Glue call needs the action on the table and on all its ancestors.
    for (const std::string& arn : {GlueArn(place, "catalog"), GlueArn(place, "database/" + database), table_arn}) {
      Add(Group(topic, actions), arn, sources);
    }
  };
  add(kReadGeneric, ReadTableActions());
  if (asset.all_tables) {
    add(kReadGeneric, ListTablesActions());
  }
  if (own) {
    add(kGlueWrite, WriteTableActions());
  }
}

bool Rights::Athena(const Sources& sources) {
  const Place place = PlaceOf(input_, role_.environment);
  const model::BucketId bucket = input_.resolved.environment_default_bucket[role_.environment.index()];
  const model::Product& product = input_.model.products[role_.product];
  if (!bucket.has_value()) {
    // Once for the environment, whichever product asks first.
    if (!names_.once()("default bucket", input_.model.environments[role_.environment].name.range)) {
      return false;
    }
    emitter_
        .Report(kNoBucketForResults, product.name.range, input_.model.Text(product.name),
                input_.model.Text(input_.model.environments[role_.environment].name))
        .Label(input_.model.environments[role_.environment].aws_range, "the environment's AWS settings");
    return false;
  }
  workgroup_ = names_.Workgroup(role_.product);
  results_path_ = names_.ResultsPath(role_.product);
  if (workgroup_.empty() || results_path_.empty()) {
    return false;
  }
  Add(Group(kService, {"athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetWorkGroup",
                       "athena:StartQueryExecution", "athena:StopQueryExecution"}),
      WorkgroupArn(place, workgroup_), sources);
  const std::string bucket_arn = BucketArn(place, input_.model.Text(input_.model.buckets[bucket].bucket_name));
  Add(Group(kService, {"s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"}),
      bucket_arn + "/" + results_path_ + "/*", sources);
  GroupKey list = Group(kService, ListFilesActions());
  list.resources = {bucket_arn};
  list.item_key = "s3:prefix";
  Add(list, results_path_ + "/*", sources);
  Add(Group(kService, LocationActions()), bucket_arn, sources);
  Key(bucket, true, kService, sources);
  // AWS calls this one mandatory for Athena; it shows no table (reference/iam.md, b iii).
  for (const std::string_view resource : {"catalog", "database/default"}) {
    Add(Group(kService, {"glue:GetDatabase"}), GlueArn(place, resource), sources);
  }
  return true;
}

bool Rights::Parameters(const Sources& sources) {
  const Place place = PlaceOf(input_, role_.environment);
  const std::string path = names_.ParameterPath(role_.product);
  if (path.empty()) {
    return false;
  }
  const std::string arn =
      "arn:" + place.partition + ":ssm:" + place.region + ":" + place.account + ":parameter/" + path;
  Add(Group(kService, {"ssm:DeleteParameter", "ssm:DeleteParameters", "ssm:GetParameter", "ssm:GetParameterHistory",
                       "ssm:GetParameters", "ssm:PutParameter"}),
      arn + "/*", sources);
  Add(Group(kService, {"ssm:GetParametersByPath"}), arn, sources);
  Add(Group(kService, {"ssm:GetParametersByPath"}), arn + "/*", sources);
  return true;
}

void Rights::Console(const Sources& sources) {
  // The S3 console opens with the list of buckets; it shows their names only, and cannot be limited to some.
  Add(Group(kService, {"s3:ListAllMyBuckets"}), "*", sources);
}

Sources Rights::SourcesOf(const access::Grant& grant) const {
  const model::Model& m = input_.model;
  const resolve::Placement& placement = input_.resolved.placements[grant.placement];
  Sources sources = {m.assets[placement.asset].name.range};
  if (grant.cause.input.has_value()) {
    sources.insert(m.inputs[grant.cause.input].port.range);
  }
  if (grant.cause.port.has_value()) {
    sources.insert(m.ports[grant.cause.port].name.range);
  }
  if (grant.cause.agreement.has_value()) {
    sources.insert(m.agreements[grant.cause.agreement].range);
  }
  sources.insert(m.environments[placement.environment].name.range);
  return sources;
}

bool Rights::Exact(std::string_view what, std::string_view text, Range range) {
  const std::string_view pattern = PatternCharacter(text);
  if (pattern.empty()) {
    return true;
  }
  emitter_.Report(kPatternInName, range, what, text, pattern);
  exact_ = false;
  return false;
}

}  // namespace dpc::backend::aws
