// Environment: where assets become real.
#include <array>
#include <map>

#include "frontend/native/diagnostics.h"
#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kAliasesType = ListOf(kTextType);
const TypeSpec kAccountType = ScalarType(fields::kAccountId);
const TypeSpec kRegionType = ScalarType(fields::kRegion);
const TypeSpec kPartitionType = ScalarType(fields::kPartition);
const TypeSpec kBucketNameType = ScalarType(fields::kBucketName);
const TypeSpec kKeyType = ScalarType(fields::kKeyArn);

const std::array<FieldSpec, 4> kBucketFields = {{
    {"name", &kBucketNameType, kRequired, "", "The bucket's name in S3.", "acme-lake-prd"},
    {"key", &kKeyType, kOptional, "S3's own encryption", "The KMS key that encrypts it: a key ARN, not an alias.",
     "\"arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555\""},
    {"default", &kFlagType, kOptional, "false", "Assets without a bucket, and query results, lie here.", "true"},
    {"create", &kFlagType, kOptional, "false", "dpc emits the bucket itself.", "true"},
}};
const RecordSpec kBucket = {"bucket", "An S3 bucket, by the identifier that assets use.", kBucketFields};
const TypeSpec kBucketType = RecordType(kBucket);
const TypeSpec kBucketsType = MapOf(fields::kName, kBucketType);

const TypeSpec kRedshiftNameType = ScalarType(fields::kRedshiftName);
const TypeSpec kWorkgroupIdType = ScalarType(fields::kWorkgroupId);
const std::array<FieldSpec, 4> kRedshiftFields = {{
    {"workgroup", &kRedshiftNameType, kRequired, "", "The workgroup's name.", "acme-prd"},
    {"namespace", &kRedshiftNameType, kRequired, "", "The namespace's name.", "acme-prd"},
    {"workgroupId", &kWorkgroupIdType, kOptional, "Terraform puts it in",
     "The workgroup's generated id, which its ARN ends in; say it once the workgroup exists.",
     "\"11111111-2222-3333-4444-555555555555\""},
    {"create", &kFlagType, kOptional, "false", "dpc emits the namespace and the workgroup.", "true"},
}};
const RecordSpec kRedshift = {"Redshift section", "The Redshift Serverless workgroup of the environment.",
                              kRedshiftFields};
const TypeSpec kRedshiftType = RecordType(kRedshift);

const std::array<FieldSpec, 15> kAwsFields = {{
    {"account", &kAccountType, kRequired, "", "The AWS account: 12 digits in quotes.", "\"111122223333\""},
    {"region", &kRegionType, kRequired, "", "The AWS region.", "eu-west-1"},
    {"partition", &kPartitionType, kOptional, "the region's", "The AWS partition.", "aws-cn"},
    {"buckets", &kBucketsType, kOptional, "{}", "The S3 buckets, by identifier.",
     "{datalake: {name: acme-lake-prd, default: true}}"},
    {"assumedBy", &kEnvironmentAssumedByType, kOptional, "the workspace's, else nobody",
     "Who may assume the products' roles. It replaces the workspace's as a whole, unless it says `inherit: true`.",
     "{identityCenter: {homeRegion: eu-west-1}}"},
    {"deploymentRole", &kDeploymentRoleType, kOptional, "the workspace's, else dpc-deployment",
     "The role that Terraform assumes in the account; `none` for the caller's own credentials.", "terraform"},
    {"listing", &kListingType, kOptional, "the workspace's, else exact", "What a role may list.", "bucket"},
    {"managedPoliciesPerRole", &kQuotaType, kOptional, "the workspace's, else 10", "The account's quota.", "20"},
    {"managedPoliciesPerUser", &kUserQuotaType, kOptional, "the workspace's, else 10",
     "The account's quota for IAM users.", "20"},
    {"expiry", &kExpiryType, kOptional, "the workspace's, else build",
     "Who ends access after the last day of an agreement.", "platform"},
    {"whenFull", &kWhenFullType, kOptional, "the workspace's, else refuse",
     "What to do when a role's grants do not fit IAM's quotas.", "access-grants"},
    {"resourcePolicies", &kResourcePoliciesType, kOptional, "the workspace's, else none",
     "Whether dpc owns the policies of buckets, keys and the catalog; reads across accounts need them.", "managed"},
    {"lakeFormation", &kLakeFormationType, kOptional, "the workspace's, else none",
     "The databases that Lake Formation guards.", "{databases: [orders]}"},
    {"trustPolicyBytes", &kTrustBytesType, kOptional, "the workspace's, else 2048",
     "The account's quota on trust policies.", "4096"},
    {"redshift", &kRedshiftType, kOptional, "", "The Redshift Serverless workgroup that its Redshift assets lie in.",
     "{workgroup: acme-prd, namespace: acme-prd}"},
}};
const RecordSpec kAws = {"AWS section", "The AWS account behind the environment.", kAwsFields};
const TypeSpec kAwsType = RecordType(kAws);

constexpr std::array<Choice, 5> kPlatforms = {{
    {"databricks", "Databricks"},
    {"snowflake", "Snowflake"},
    {"azure", "Azure"},
    {"redshift", "Redshift"},
    {"postgresql", "PostgreSQL"},
}};
const TypeSpec kPlatformType = ChoiceType(kPlatforms);
const TypeSpec kPlatformsType = ListOf(kPlatformType);

const std::array<FieldSpec, 11> kFields = {{
    kApiVersionField,
    kKindField,
    {"name", &kNameType, kRequired, "", "How declarations name the environment.", "production"},
    {"aliases", &kAliasesType, kOptional, "[]", "Other names for it, for --env and references.", "[prod, prd]"},
    {"description", &kProseType, kOptional, "", "What it is for.", "what our customers see"},
    {"canReadFrom", &kNamesType, kOptional, "[]", "Environments whose data the roles here may read, never write.",
     "[production]"},
    {"aws", &kAwsType, kOptional, "", "The AWS account behind the environment.",
     "{account: \"111122223333\", region: eu-west-1}"},
    {"conveyor", &kConveyorType, kOptional, "the workspace's", "The Conveyor environment of the same name.",
     "{deletionProtection: true}"},
    {"platforms", &kPlatformsType, kOptional, "[]", "Other platforms that the environment has.", "[databricks]"},
    {"production", &kFlagType, kOptional,
     "true when the name or an alias is `prod`, `prd`, `production` or `live`, alone or with a region (`prod-eu`)",
     "What happens here is for real.", "true"},
    {"owner", &kTeamNameType, kOptional, "the governance team",
     "The team that may allow changes of the environment, besides the governance team.", "platform"},
}};
const RecordSpec kRecord = {
    "Environment",
    "Where assets become real: accounts, buckets, and who may assume roles. Everything else is environment-free.",
    kFields};

const fields::KindSpec kSpec = {"native", "dpc/v1", "Environment", &kRecord,
                                "apiVersion: dpc/v1\nkind: Environment\nname: production\naws:\n"
                                "  account: \"111122223333\"\n  region: eu-west-1\n  buckets:\n"
                                "    datalake: {name: acme-lake-prd, default: true}\n"};

IdRange<model::BucketId> LowerBuckets(const Context& context, model::EnvironmentId environment, const RecordReader& aws,
                                      const model::Name& name) {
  model::Model& m = context.model;
  const std::size_t begin = m.buckets.size();
  std::map<Symbol, model::BucketId> by_name;
  model::BucketId first_default;
  for (const auto& [identifier, record] : aws.GetRecordMap("buckets")) {
    model::Bucket bucket;
    bucket.environment = environment;
    bucket.identifier = context.NameOf(identifier);
    bucket.bucket_name = context.NameOf(record.GetText("name"));
    bucket.key = context.NameOf(record.GetText("key"));
    bucket.is_default = record.GetBoolean("default").value_or(false);
    bucket.create = record.GetBoolean("create").value_or(false);
    if (!bucket.bucket_name.has_value()) {
      continue;
    }
    const model::BucketId id = m.buckets.Add(bucket);
    if (const auto [first, added] = by_name.try_emplace(bucket.bucket_name.text, id); !added) {
      const model::Bucket& other = m.buckets[first->second];
      context.emitter
          .Report(kSameBucket, bucket.bucket_name.range, m.Text(other.identifier), identifier.text,
                  m.Text(other.bucket_name))
          .Label(other.bucket_name.range, "the other one")
          .Hint("take one of them away, and let assets name the other one");
    }
    if (bucket.is_default && first_default.has_value()) {
      const model::Name& other = m.buckets[first_default].identifier;
      context.emitter.Report(kTwoDefaultBuckets, bucket.identifier.range, m.Text(name), m.Text(other), identifier.text)
          .Label(other.range, "the other one")
          .Hint("take `default: true` from one of them");
    } else if (bucket.is_default) {
      first_default = id;
    }
  }
  return m.buckets.Since(begin);
}

void Lower(Context& context, const RecordReader& record) {
  model::Model& m = context.model;
  model::Environment row;
  const model::EnvironmentId id(m.environments.size());
  row.name = context.NameOf(record.GetText("name"));
  row.aliases = context.NamesOf(record.GetTexts("aliases"));
  row.description = context.Intern(record.GetText("description"));
  row.can_read_from = context.NamesOf(record.GetTexts("canReadFrom"));
  row.other_platforms = context.NamesOf(record.GetTexts("platforms"));
  row.conveyor = LowerConveyor(context, record);
  row.production = record.GetBoolean("production");
  row.owner = context.NameOf(record.GetText("owner"));
  row.poisoned = context.poisoned;
  if (const auto aws = record.GetRecord("aws")) {
    row.has_aws = true;
    row.aws_range = record.KeyRange("aws");
    row.aws.account = context.NameOf(aws->GetText("account"));
    row.aws.region = context.NameOf(aws->GetText("region"));
    row.aws.partition = context.NameOf(aws->GetText("partition"));
    LowerAwsDefaults(context, *aws, row.aws);
    if (const auto assumed_by = aws->GetRecord("assumedBy")) {
      row.aws.assumed_by.inherit = assumed_by->GetBoolean("inherit");
    }
    if (const auto redshift = aws->GetRecord("redshift")) {
      row.aws.redshift = {true,
                          aws->KeyRange("redshift"),
                          context.NameOf(redshift->GetText("workgroup")),
                          context.NameOf(redshift->GetText("namespace")),
                          context.NameOf(redshift->GetText("workgroupId")),
                          redshift->GetBoolean("create").value_or(false)};
      if (redshift->IsSound() && !row.aws.redshift.create && !redshift->Has("workgroupId")) {
        context.emitter.Report(kWorkgroupIdOrCreate, row.aws.redshift.range, m.Text(row.name))
            .Hint("add `workgroupId: ...`, as AWS shows it in the workgroup's ARN; or `create: true`");
      }
    }
    row.buckets = LowerBuckets(context, id, *aws, row.name);
  }
  m.environments.Add(row);
}

}  // namespace

const Kind kEnvironment = {&kSpec, Lower};

}  // namespace dpc::frontend::native
