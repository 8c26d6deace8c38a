#include "frontend/portal/tables.h"

#include <array>

#include "fields/scalars.h"

namespace dpc::frontend::portal {
namespace {

using fields::Choice;
using fields::FieldSpec;
using fields::Presence;
using fields::RecordSpec;
using fields::Shape;
using fields::TypeSpec;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

constexpr TypeSpec Scalar(const fields::ScalarSpec& scalar) {
  return {.shape = Shape::Scalar, .scalar = &scalar};
}

const TypeSpec kText = Scalar(fields::kProse);
const TypeSpec kPortalNameType = Scalar(fields::kPortalName);
const TypeSpec kEmailType = Scalar(fields::kEmail);
const TypeSpec kFlag = {.shape = Shape::Boolean};
const TypeSpec kNames = {.shape = Shape::List, .element = &kPortalNameType};

bool AcceptsName(std::string_view text) {
  return fields::kPortalName.accepts(text);
}

bool AcceptsMaybeName(std::string_view text) {
  return text.empty() || AcceptsName(text);
}

// The portal's paths may begin with a slash and be empty; the lowering joins them.
bool AcceptsPath(std::string_view text) {
  const std::string_view path = text.starts_with('/') ? text.substr(1) : text;
  return path.empty() || fields::kPath.accepts(path);
}

bool AcceptsTable(std::string_view text) {
  return text.empty() || text == "*" || fields::kGlueName.accepts(text);
}

bool AcceptsMaybeGlueName(std::string_view text) {
  return text.empty() || fields::kGlueName.accepts(text);
}

const fields::ScalarSpec kMaybeName = {"bucket identifier", "the identifier of a bucket of the environments, or ''",
                                       R"(^(?!\.+$)[a-z0-9+=,.@_-]{0,64}$)", AcceptsMaybeName};
const fields::ScalarSpec kMaybePath = {
    "path", "a path like `raw/orders`: no `*`, `?`, `$`, `..`, `//` and nothing above U+00FF",
    R"(^/?(?:(?=[ -~]{1,1024}$|.{1,512}$)(?!(?:.*/)?\.\.?(?:/|$))[ -#%-)+-.0->@-~\u00A1-\u00AC\u00AE-\u00FF]+)"
    R"((?:/[ -#%-)+-.0->@-~\u00A1-\u00AC\u00AE-\u00FF]+)*/?)?$)",
    AcceptsPath};
// The portal writes `*` for the path of all tables; the lowering takes it for none.
const fields::ScalarSpec kTablePath = {
    "path", "a path like `raw/orders`, or '*' with all tables",
    R"(^(?:\*|/?(?:(?=[ -~]{1,1024}$|.{1,512}$)(?!(?:.*/)?\.\.?(?:/|$))[ -#%-)+-.0->@-~\u00A1-\u00AC\u00AE-\u00FF]+)"
    R"((?:/[ -#%-)+-.0->@-~\u00A1-\u00AC\u00AE-\u00FF]+)*/?)?)$)",
    [](std::string_view text) { return text == "*" || AcceptsPath(text); }};
const fields::ScalarSpec kTableOrAll = {"table", "a table of lower-case letters, digits, `_` and `-`, or '*' for all",
                                        "^(?:\\*|[a-z0-9_-]{0,255})$", AcceptsTable};
const fields::ScalarSpec kMaybeGlueName = {"suffix", "lower-case letters, digits, `_` and `-`, or ''",
                                           "^[a-z0-9_-]{0,255}$", AcceptsMaybeGlueName};

bool AcceptsBucketArn(std::string_view text) {
  static constexpr std::string_view kService = ":s3:::";
  const std::size_t at = text.find(kService);
  return text.starts_with("arn:") && at != std::string_view::npos &&
         fields::kPartition.accepts(text.substr(4, at - 4)) &&
         fields::kBucketName.accepts(text.substr(at + kService.size()));
}

const fields::ScalarSpec kBucketArn = {
    "bucket ARN", "an S3 bucket ARN like `arn:aws:s3:::acme-lake`",
    R"(^arn:aws(?:-[a-z]+)*:s3:::(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!(?:[0-9]{1,3}\.){3}[0-9]{1,3}$))"
    R"((?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$)",
    AcceptsBucketArn};

const fields::ScalarSpec kMaybeText = {
    "text", "text without control characters, or ''", R"(^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F]*$)",
    [](std::string_view text) { return text.empty() || fields::kProse.accepts(text); }};

const TypeSpec kMaybeTextType = Scalar(kMaybeText);
const TypeSpec kMaybeNameType = Scalar(kMaybeName);
const TypeSpec kMaybePathType = Scalar(kMaybePath);
const TypeSpec kTablePathType = Scalar(kTablePath);
const TypeSpec kTableType = Scalar(kTableOrAll);
constexpr std::array<Choice, 2> kGranularities = {{{"schema", "all tables"}, {"table", "the table named"}}};
const TypeSpec kGranularityType = {.shape = Shape::Choice, .choices = kGranularities};
const TypeSpec kConfigurationType = Scalar(fields::kAnyText);
// What the portal's own puller writes besides.
constexpr FieldSpec kGranularityField = {"access_granularity",
                                         &kGranularityType,
                                         kOptional,
                                         "",
                                         "`schema` is every table, whatever `table` says.",
                                         "schema"};
constexpr FieldSpec kConfigurationField = {"configuration_type",
                                           &kConfigurationType,
                                           kOptional,
                                           "",
                                           "Accepted and not used: the field around it says the kind.",
                                           "GlueTechnicalAssetConfiguration"};
const TypeSpec kSuffixType = Scalar(kMaybeGlueName);
const TypeSpec kGlueNameType = Scalar(fields::kGlueName);
const TypeSpec kSqlNameType = Scalar(fields::kSqlName);

bool AcceptsOutputReference(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash == std::string_view::npos ? fields::kPortalName.accepts(text)
                                         : fields::kPortalName.accepts(text.substr(0, slash)) &&
                                               fields::kPortalName.accepts(text.substr(slash + 1));
}

const fields::ScalarSpec kOutputReference = {
    "data output", "`output` or `owner/output`",
    R"(^(?!\.+(?:/|$))[a-z0-9+=,.@_-]{1,64}(?:/(?!\.+$)[a-z0-9+=,.@_-]{1,64})?$)", AcceptsOutputReference};
const TypeSpec kOutputReferenceType = Scalar(kOutputReference);
const TypeSpec kOutputs = {.shape = Shape::List, .element = &kOutputReferenceType};

constexpr std::array<Choice, 2> kRoles = {{{"admin", "owner of the data product"}, {"member", "member of its team"}}};
const TypeSpec kRole = {.shape = Shape::Choice, .choices = kRoles};
const TypeSpec kUsers = {.shape = Shape::Map, .scalar = &fields::kEmail, .element = &kRole};

const std::array<FieldSpec, 4> kServicesFields = {{
    {"console", &kFlag, kOptional, "true", "People may use the AWS console as the product's role.", "true"},
    {"ssm", &kFlag, kOptional, "true", "The role may use the product's parameters in Systems Manager.", "true"},
    {"athena", &kFlag, kOptional, "true", "The product gets an Athena workgroup.", "true"},
    {"create_iam_user", &kFlag, kOptional, "false", "The product gets an IAM user with the same rights.", "false"},
}};
const RecordSpec kServices = {"services", "What the product may use besides its data.", kServicesFields};
const TypeSpec kServicesType = {.shape = Shape::Record, .record = &kServices};

const std::array<FieldSpec, 4> kProductFields = {{
    {"description", &kText, kOptional, "", "What the product is for.", "sales of all channels"},
    {"read_datasets", &kNames, kOptional, "[]", "The datasets that it reads; each is an approved request.", "[orders]"},
    {"users", &kUsers, kOptional, "{}", "People and their role on the product.", "{jane@acme.example: admin}"},
    {"services", &kServicesType, kOptional, "", "What the product may use besides its data.", "{athena: false}"},
}};

const std::array<FieldSpec, 2> kDatasetFields = {{
    {"data_outputs", &kOutputs, kRequired, "", "The data outputs that it gathers.", "[orders, sales/raw]"},
    {"owner", &kEmailType, kOptional, "", "The person who decides on requests.", "jane@acme.example"},
}};

const std::array<FieldSpec, 4> kS3Fields = {{
    {"bucket", &kPortalNameType, kRequired, "", "The identifier of a bucket of the environments.", "datalake"},
    {"suffix", &kMaybePathType, kOptional, "''", "The first part of the prefix.", "/raw/orders"},
    {"path", &kMaybePathType, kOptional, "''", "The rest of the prefix.", "daily"},
    kConfigurationField,
}};
const std::array<FieldSpec, 8> kGlueFields = {{
    {"database", &kGlueNameType, kRequired, "", "The Glue database, before naming.", "sales"},
    {"database_suffix", &kSuffixType, kOptional, "''", "Added to the database's name.", "eu"},
    {"table", &kTableType, kOptional, "'*'", "One table, or '*' for all of the database.", "orders"},
    {"bucket_identifier", &kMaybeNameType, kOptional, "''", "The bucket of the data; '' is the default one.",
     "datalake"},
    {"database_path", &kMaybePathType, kOptional, "database", "Where the database's data lies.", "sales"},
    {"table_path", &kTablePathType, kOptional, "table", "Where the table's data lies below it.", "orders"},
    kGranularityField,
    kConfigurationField,
}};
const std::array<FieldSpec, 8> kDatabricksFields = {{
    {"catalog", &kSqlNameType, kRequired, "", "The catalog.", "sales"},
    {"schema", &kMaybeNameType, kOptional, "''", "The schema.", "eu"},
    {"table", &kTableType, kOptional, "'*'", "One table, or '*'.", "orders"},
    {"bucket_identifier", &kMaybeNameType, kOptional, "''", "The bucket of the data.", "datalake"},
    {"catalog_path", &kMaybePathType, kOptional, "catalog", "Where the catalog's data lies.", "sales"},
    {"table_path", &kTablePathType, kOptional, "table", "Where the table's data lies below it.", "orders"},
    kGranularityField,
    kConfigurationField,
}};
const std::array<FieldSpec, 8> kDatabaseFields = {{
    {"database", &kSqlNameType, kRequired, "", "The database.", "sales"},
    {"schema", &kMaybeNameType, kOptional, "''", "The schema.", "eu"},
    {"table", &kTableType, kOptional, "'*'", "One table, or '*'.", "orders"},
    {"bucket_identifier", &kMaybeNameType, kOptional, "''", "The bucket of the data.", "datalake"},
    {"database_path", &kMaybePathType, kOptional, "database", "Where the database's data lies.", "sales"},
    {"table_path", &kTablePathType, kOptional, "table", "Where the table's data lies below it.", "orders"},
    kGranularityField,
    kConfigurationField,
}};
const std::array<FieldSpec, 4> kAzureFields = {{
    {"container_name", &kSqlNameType, kRequired, "", "The blob container.", "sales"},
    {"path", &kMaybePathType, kOptional, "''", "The path in it.", "orders"},
    {"domain", &kMaybeNameType, kOptional, "''", "The domain whose storage account it is.", "sales"},
    kConfigurationField,
}};

const RecordSpec kS3 = {"S3 output", "Objects under a prefix of a bucket.", kS3Fields};
const RecordSpec kGlue = {"Glue output", "Tables of the Glue catalog and their data.", kGlueFields};
const RecordSpec kDatabricks = {"Databricks output", "Tables of a Databricks catalog.", kDatabricksFields};
const RecordSpec kDatabase = {"database output", "Tables of a database.", kDatabaseFields};
const RecordSpec kAzure = {"Azure output", "Blobs of a container.", kAzureFields};
const TypeSpec kS3Type = {.shape = Shape::Record, .record = &kS3};
const TypeSpec kGlueType = {.shape = Shape::Record, .record = &kGlue};
const TypeSpec kDatabricksType = {.shape = Shape::Record, .record = &kDatabricks};
const TypeSpec kDatabaseType = {.shape = Shape::Record, .record = &kDatabase};
const TypeSpec kAzureType = {.shape = Shape::Record, .record = &kAzure};

const std::array<FieldSpec, 8> kDataOutputFields = {{
    {"owner", &kPortalNameType, kRequired, "", "The data product that writes it.", "orders"},
    {"s3", &kS3Type, kOptional, "", "Objects under a prefix of a bucket.", "{bucket: datalake, suffix: raw/orders}"},
    {"glue", &kGlueType, kOptional, "", "Tables of the Glue catalog.", "{database: sales, table: orders}"},
    {"databricks", &kDatabricksType, kOptional, "", "Tables of a Databricks catalog.", "{catalog: sales}"},
    {"redshift", &kDatabaseType, kOptional, "", "Tables of Redshift.", "{database: sales}"},
    {"snowflake", &kDatabaseType, kOptional, "", "Tables of Snowflake.", "{database: sales}"},
    {"postgresql", &kDatabaseType, kOptional, "", "Tables of PostgreSQL.", "{database: sales}"},
    {"azure", &kAzureType, kOptional, "", "Blobs of a container.", "{container_name: sales}"},
}};
constexpr std::array<std::string_view, 7> kDataOutputKinds = {"s3",        "glue",       "databricks", "redshift",
                                                              "snowflake", "postgresql", "azure"};

const TypeSpec kBucketNameType = Scalar(fields::kBucketName);
const TypeSpec kBucketArnType = Scalar(kBucketArn);
const TypeSpec kKeyType = Scalar(fields::kKeyArn);
const std::array<FieldSpec, 5> kBucketFields = {{
    {"identifier", &kPortalNameType, kRequired, "", "How data outputs name the bucket.", "datalake"},
    {"bucket_name", &kBucketNameType, kRequired, "", "The bucket's name in S3.", "acme-lake"},
    {"bucket_arn", &kBucketArnType, kOptional, "", "The bucket's ARN; it must be that of the name.",
     "arn:aws:s3:::acme-lake"},
    {"kms_key_arn", &kKeyType, kOptional, "", "The KMS key that encrypts the bucket.",
     "arn:aws:kms:eu-west-1:012345678901:key/11111111-2222-3333-4444-555555555555"},
    {"is_default", &kFlag, kOptional, "false", "Outputs without a bucket lie here.", "true"},
}};
const RecordSpec kBucket = {"bucket", "An S3 bucket of the environment.", kBucketFields};
const TypeSpec kBucketType = {.shape = Shape::Record, .record = &kBucket};
const TypeSpec kBuckets = {.shape = Shape::List, .element = &kBucketType};

const std::array<FieldSpec, 5> kGlueEnvironmentFields = {{
    {"identifier", &kText, kOptional, "", "How the portal names the database.", "sales"},
    {"database_name", &kText, kOptional, "", "The database's name.", "sales"},
    {"bucket_identifier", &kMaybeNameType, kOptional, "", "The bucket of its data.", "datalake"},
    {"s3_path", &kText, kOptional, "", "Where its data lies.", "sales"},
    {"athena_workgroup_template", &kMaybeTextType, kOptional, "", "Accepted and not used.", "''"},
}};
const RecordSpec kGlueEnvironment = {"Glue database of an environment",
                                     "Not used: databases follow from the data outputs.", kGlueEnvironmentFields};
const TypeSpec kGlueEnvironmentType = {.shape = Shape::Record, .record = &kGlueEnvironment};
const TypeSpec kGlueEnvironments = {.shape = Shape::List, .element = &kGlueEnvironmentType};

const TypeSpec kAccountType = Scalar(fields::kAccountId);
const TypeSpec kRegionType = Scalar(fields::kRegion);
// Other platforms have shapes of their own, which nothing here reads.
const TypeSpec kAnyMap = {.shape = Shape::AnyMap};
const TypeSpec kAnyMaps = {.shape = Shape::List, .element = &kAnyMap};
const std::array<FieldSpec, 6> kAwsFields = {{
    {"account_id", &kAccountType, kRequired, "", "The AWS account: 12 digits in quotes.", "\"012345678901\""},
    {"region", &kRegionType, kRequired, "", "The AWS region.", "eu-west-1"},
    {"can_read_from", &kNames, kOptional, "[]", "Environments whose data the roles here may read.", "[production]"},
    {"s3", &kBuckets, kOptional, "[]", "The buckets.", "[{identifier: datalake, bucket_name: acme-lake}]"},
    {"glue", &kGlueEnvironments, kOptional, "[]", "Accepted and not used: databases follow from the data outputs.",
     "[]"},
    {"redshift", &kAnyMaps, kOptional, "[]", "The environment has Redshift.", "[]"},
}};
const RecordSpec kAws = {"AWS section", "The AWS account behind the environment.", kAwsFields};
const TypeSpec kAwsType = {.shape = Shape::Record, .record = &kAws};
const std::array<FieldSpec, 7> kEnvironmentFields = {{
    {"aws", &kAwsType, kOptional, "", "The AWS account behind the environment.",
     "{account_id: \"012345678901\", region: eu-west-1}"},
    {"databricks", &kAnyMap, kOptional, "", "The environment has Databricks.", "{}"},
    {"snowflake", &kAnyMap, kOptional, "", "The environment has Snowflake.", "{}"},
    {"azure", &kAnyMap, kOptional, "", "The environment has Azure.", "{}"},
    {"redshift", &kAnyMap, kOptional, "", "The environment has Redshift.", "{}"},
    {"postgresql", &kAnyMap, kOptional, "", "The environment has PostgreSQL.", "{}"},
    {"conveyor", &kAnyMap, kOptional, "", "The environment has Conveyor.", "{}"},
}};

}  // namespace

const RecordSpec kProduct = {"data product", "A data product of the portal.", kProductFields};
const RecordSpec kDataset = {"dataset", "A named group of data outputs that products may ask to read.", kDatasetFields};
const RecordSpec kDataOutput = {"data output", "A physical thing that a data product writes.", kDataOutputFields,
                                kDataOutputKinds};
const RecordSpec kEnvironment = {"environment", "An environment of the portal.", kEnvironmentFields};

namespace {

const fields::KindSpec kKinds[] = {
    {"portal", "", "data_product_glossary", &kProduct,
     "orders:\n  description: sales orders\n  read_datasets: [customers]\n  users: {jane@acme.example: admin}\n"},
    {"portal", "", "datasets", &kDataset, "orders:\n  data_outputs: [orders]\n  owner: jane@acme.example\n"},
    {"portal", "", "data_outputs", &kDataOutput,
     "orders:\n  s3: {bucket: datalake, suffix: raw/orders}\n  owner: orders\n"},
    {"portal", "", "environments", &kEnvironment,
     "production:\n  aws: {account_id: \"012345678901\", region: eu-west-1}\n"},
};

}  // namespace

std::span<const fields::KindSpec* const> Kinds() {
  static const fields::KindSpec* const kAll[] = {&kKinds[0], &kKinds[1], &kKinds[2], &kKinds[3]};
  return kAll;
}

}  // namespace dpc::frontend::portal
