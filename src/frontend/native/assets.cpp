#include "frontend/native/assets.h"

#include <array>

#include "frontend/native/diagnostics.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kPathType = ScalarType(fields::kPath);
const TypeSpec kGlueNameType = ScalarType(fields::kGlueName);
const TypeSpec kSqlNameType = ScalarType(fields::kSqlName);
const TypeSpec kContainerType = ScalarType(fields::kContainerName);
const TypeSpec kReferencesType = ListOf(kReferenceType);

const std::array<FieldSpec, 3> kS3Fields = {{
    {"bucket", &kNameType, kOptional, "the environment's default bucket",
     "The identifier of a bucket of the environments.", "landing"},
    {"prefix", &kPathType, kOptional, "", "The keys below it belong to the asset.", "raw/orders"},
    {"wholeBucket", &kFlagType, kOptional, "false", "The asset is the whole bucket.", "true"},
}};
const RecordSpec kS3 = {"S3 asset", "Objects under a prefix, or a whole bucket.", kS3Fields};
const TypeSpec kS3Type = {.shape = Shape::TextOrRecord, .scalar = &fields::kPath, .record = &kS3};

const std::array<FieldSpec, 4> kGlueFields = {{
    {"database", &kGlueNameType, kRequired, "", "The Glue database, before naming.", "orders"},
    {"suffix", &kGlueNameType, kOptional, "", "Added to the database's name.", "eu"},
    {"table", &kGlueNameType, kOptional, "", "The table.", "orders"},
    {"allTables", &kFlagType, kOptional, "false", "All tables of the database, existing or not.", "true"},
}};
const RecordSpec kGlue = {"Glue asset", "A table of the Glue catalog, or all tables of a database.", kGlueFields};
const TypeSpec kGlueType = RecordType(kGlue);

const std::array<FieldSpec, 3> kDatabaseFields = {{
    {"database", &kSqlNameType, kRequired, "", "The database.", "sales"},
    {"schema", &kSqlNameType, kOptional, "", "The schema.", "public"},
    {"table", &kSqlNameType, kOptional, "the whole schema", "The table.", "orders"},
}};
const RecordSpec kDatabase = {"database asset", "Tables of a database.", kDatabaseFields};
const TypeSpec kDatabaseType = RecordType(kDatabase);
const std::array<FieldSpec, 3> kDatabricksFields = {{
    {"catalog", &kSqlNameType, kRequired, "", "The catalog.", "sales"},
    {"schema", &kSqlNameType, kOptional, "", "The schema.", "public"},
    {"table", &kSqlNameType, kOptional, "the whole schema", "The table.", "orders"},
}};
const RecordSpec kDatabricks = {"Databricks asset", "Tables of Unity Catalog.", kDatabricksFields};
const TypeSpec kDatabricksType = RecordType(kDatabricks);
const std::array<FieldSpec, 2> kAzureFields = {{
    {"container", &kContainerType, kRequired, "", "The blob container.", "sales"},
    {"path", &kPathType, kOptional, "", "The path in it.", "orders"},
}};
const RecordSpec kAzure = {"Azure asset", "Blobs of a container.", kAzureFields};
const TypeSpec kAzureType = RecordType(kAzure);

const std::array<FieldSpec, 13> kAssetFields = {{
    {"s3", &kS3Type, kOptional, "", "Objects under a prefix of the default bucket, or of the bucket it names.",
     "raw/orders"},
    {"glue", &kGlueType, kOptional, "", "A table of the Glue catalog, or all tables of a database.",
     "{database: orders, table: orders}"},
    {"redshift", &kDatabaseType, kOptional, "", "Tables of Redshift.", "{database: sales, schema: public}"},
    {"databricks", &kDatabricksType, kOptional, "", "Tables of Unity Catalog.", "{catalog: sales, schema: public}"},
    {"snowflake", &kDatabaseType, kOptional, "", "Tables of Snowflake.", "{database: sales, schema: public}"},
    {"azure", &kAzureType, kOptional, "", "Blobs of a container.", "{container: sales}"},
    {"postgresql", &kDatabaseType, kOptional, "", "Tables of PostgreSQL.", "{database: sales, schema: public}"},
    {"path", &kPathType, kOptional, "a catalog entry only", "Where the data of a Glue table lies.", "clean/orders"},
    {"bucket", &kNameType, kOptional, "the environment's default bucket",
     "In which bucket the data of a Glue table lies.", "datalake"},
    {"databasePath", &kPathType, kOptional, "", "Where the Glue database itself lies.", "clean"},
    {"description", &kProseType, kOptional, "", "What it is.", "orders as they came"},
    {"environments", &kSomeNamesType, kOptional, "the product's", "The environments that have it.", "[production]"},
    {"from", &kReferencesType, kOptional, "every input port", "The input ports that it is made from.", "[customers]"},
}};
// In the order of model::AssetKind.
constexpr std::array<std::string_view, 7> kKinds = {"s3",        "glue",  "redshift",  "databricks",
                                                    "snowflake", "azure", "postgresql"};

void LowerS3(const Context& context, const RecordReader& record, model::Asset& asset) {
  if (const auto prefix = record.GetText("s3")) {
    asset.path = context.PathOf(prefix);
    return;
  }
  const auto s3 = record.GetRecord("s3");
  if (!s3) {
    return;
  }
  asset.bucket = context.NameOf(s3->GetText("bucket"));
  asset.path = context.PathOf(s3->GetText("prefix"));
  asset.whole_bucket = s3->GetBoolean("wholeBucket").value_or(false);
  if (s3->IsSound() && s3->Has("prefix") == asset.whole_bucket) {
    context.emitter
        .Report(kPrefixOrWholeBucket, asset.range, context.model.Text(asset.name),
                asset.whole_bucket ? "both" : "neither", asset.whole_bucket ? "and" : "nor")
        .Hint(asset.whole_bucket ? "take `prefix` away, or `wholeBucket`"
                                 : "say which keys are the asset's, like `prefix: raw/orders`");
    asset.poisoned = true;
  }
}

void LowerGlue(const Context& context, const RecordReader& record, const RecordReader& glue, model::Asset& asset) {
  asset.database = context.NameOf(glue.GetText("database"));
  asset.schema = context.NameOf(glue.GetText("suffix"));
  asset.table = context.NameOf(glue.GetText("table"));
  asset.all_tables = glue.GetBoolean("allTables").value_or(false);
  asset.bucket = context.NameOf(record.GetText("bucket"));
  asset.path = context.PathOf(record.GetText("path"));
  asset.database_path = context.PathOf(record.GetText("databasePath"));
  if (glue.IsSound() && glue.Has("table") == asset.all_tables) {
    context.emitter
        .Report(kTableOrAllTables, asset.range, context.model.Text(asset.name), asset.all_tables ? "both" : "neither",
                asset.all_tables ? "and" : "nor")
        .Hint(asset.all_tables ? "take `table` away, or `allTables`"
                               : "add the table, like `table: orders`; or `allTables: true` for the whole database");
    asset.poisoned = true;
  }
}

void LowerOther(const Context& context, const RecordReader& values, model::Asset& asset) {
  if (asset.kind == model::AssetKind::Azure) {
    asset.database = context.NameOf(values.GetText("container"));
    asset.path = context.PathOf(values.GetText("path"));
    return;
  }
  asset.database = context.NameOf(values.GetText(asset.kind == model::AssetKind::Databricks ? "catalog" : "database"));
  asset.schema = context.NameOf(values.GetText("schema"));
  asset.table = context.NameOf(values.GetText("table"));
  asset.all_tables = !asset.table.has_value();
}

void CheckLocation(const Context& context, const RecordReader& record, const model::Asset& asset) {
  const bool has_kind = record.Has(model::AssetKindName(asset.kind));
  if (asset.kind == model::AssetKind::Glue || !has_kind) {
    return;
  }
  for (const std::string_view field : {"path", "bucket", "databasePath"}) {
    if (record.Has(field)) {
      context.emitter
          .Report(kFieldOfOtherKind, record.KeyRange(field), field,
                  "`" + std::string(model::AssetKindName(asset.kind)) + "`", context.model.Text(asset.name))
          .Hint(asset.kind == model::AssetKind::S3
                    ? "say it within `s3`: `s3: {bucket: landing, prefix: raw/orders}`; or take it away"
                    : "take it away");
    }
  }
}

}  // namespace

const RecordSpec kAsset = {"asset", "A physical thing that the product writes, in coordinates without an environment.",
                           kAssetFields, kKinds};

model::Asset LowerAsset(const Context& context, model::ProductId product, const Text& name,
                        const RecordReader& record) {
  model::Asset asset;
  asset.product = product;
  asset.name = context.NameOf(name);
  asset.range = name.range;
  asset.poisoned = context.poisoned;
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    if (record.Has(kKinds[kind])) {
      asset.kind = static_cast<model::AssetKind>(kind);
      asset.range = record.KeyRange(kKinds[kind]);
      break;
    }
  }
  if (asset.kind == model::AssetKind::S3) {
    LowerS3(context, record, asset);
  } else if (asset.kind == model::AssetKind::Glue) {
    if (const auto glue = record.GetRecord("glue")) {
      LowerGlue(context, record, *glue, asset);
    }
  } else if (const auto values = record.GetRecord(model::AssetKindName(asset.kind))) {
    LowerOther(context, *values, asset);
  }
  CheckLocation(context, record, asset);
  asset.description = context.Intern(record.GetText("description"));
  asset.environments = context.NamesOf(record.GetTexts("environments"));
  asset.has_from = record.Has("from");
  asset.from = context.NamesOf(record.GetTexts("from"));
  return asset;
}

}  // namespace dpc::frontend::native
