// The Data Product Portal's glossary files, as they are.
#include <array>
#include <map>
#include <string>

#include "fields/decode.h"
#include "fields/scalars.h"
#include "frontend/frontend.h"
#include "frontend/portal/diagnostics.h"
#include "frontend/portal/tables.h"

namespace dpc::frontend {
namespace portal {
namespace {

using fields::RecordReader;
using fields::Text;
using model::Model;
using model::Name;

class Lowering {
 public:
  Lowering(Model& model, Emitter& emitter) : m_(model), emitter_(emitter) {}

  using LowerEntry = void (Lowering::*)(const Name& name, const RecordReader& record, bool poisoned);

  // Every entry of a glossary: its name, then its record. What a syntax error cut off is poisoned.
  void Entries(const DocumentRef& document, std::string_view sort, const fields::RecordSpec& spec,
               bool model::Incomplete::*incomplete, LowerEntry lower) {
    const syntax::SyntaxTree::Document& row = document.tree->documents()[document.document];
    const syntax::NodeView root = document.tree->Root(row);
    // An entry that lost its end, or its name, may be what others refer to.
    m_.incomplete.*incomplete = m_.incomplete.*incomplete || row.damaged;
    if (root.kind() != syntax::NodeKind::Mapping) {
      if (!row.damaged && root.kind() != syntax::NodeKind::Null) {
        emitter_
            .Report(kGlossaryNotAMap, root.range(),
                    root.kind() == syntax::NodeKind::Sequence ? "a list" : "a single value")
            .Hint("the name of an entry is its key: `orders: {...}`, without `- `");
      }
      return;
    }
    for (std::size_t i = 0; i < root.size(); ++i) {
      const syntax::NodeView key = root.Key(i);
      const bool cut_off = row.damaged && i + 1 == root.size();
      if (!fields::kPortalName.accepts(key.text())) {
        emitter_.Report(kGlossaryName, key.range(), key.text(), sort, fields::kPortalName.rule)
            .Hint("rename it, here and where it is named");
        continue;
      }
      const bool fine = cut_off ? false : fields::Validate(root.Value(i), spec, emitter_);
      if (root.Value(i).kind() == syntax::NodeKind::Mapping || root.Value(i).kind() == syntax::NodeKind::Null) {
        (this->*lower)(NameOf({key.text(), key.range()}), RecordReader(root.Value(i), spec), !fine);
      }
    }
  }

  void Product(const Name& name, const RecordReader& record, bool poisoned) {
    model::Product product;
    product.name = name;
    product.poisoned = poisoned;
    product.owned_by_members = true;
    product.description = Intern(record.GetText("description"));
    const std::size_t members = m_.members.size();
    for (const auto& [email, role] : record.GetTextMap("users")) {
      m_.members.Add({NameOf(email), role.text == "admin" ? model::MemberRole::Owner : model::MemberRole::Member});
    }
    product.members = m_.members.Since(members);
    product.services = Services(record.GetRecord("services"));
    const model::ProductId id(m_.products.size());
    const std::size_t inputs = m_.inputs.size();
    for (const Text& dataset : record.GetTexts("read_datasets")) {
      m_.inputs.Add({id, NameOf(dataset), Symbol::None(), dataset.range, true});
    }
    product.inputs = m_.inputs.Since(inputs);
    m_.products.Add(product);
  }

  void Dataset(const Name& name, const RecordReader& record, bool poisoned) {
    model::OutputPort port;
    port.name = name;
    port.poisoned = poisoned;
    port.assets = NamesOf(record.GetTexts("data_outputs"));
    port.owner = NameOf(record.GetText("owner"));
    port.access = model::AccessType::Restricted;
    m_.ports.Add(port);
  }

  void DataOutput(const Name& name, const RecordReader& record, bool poisoned) {
    model::Asset asset;
    asset.name = name;
    asset.poisoned = poisoned;
    asset.owner = NameOf(record.GetText("owner"));
    asset.range = name.range;
    if (const auto s3 = record.GetRecord("s3")) {
      S3(asset, *s3, record);
    } else if (const auto glue = record.GetRecord("glue")) {
      Glue(asset, *glue, record);
    } else {
      Other(asset, record);
    }
    m_.assets.Add(asset);
  }

  void Environment(const Name& name, const RecordReader& record, bool poisoned) {
    model::Environment environment;
    environment.name = name;
    // What is wrong inside (a key ARN, say) is reported there; the environment itself stands.
    environment.poisoned = poisoned && !record.Has("aws");
    const model::EnvironmentId id(m_.environments.size());
    std::vector<Text> platforms;
    for (const std::string_view platform : {"databricks", "snowflake", "azure", "redshift", "postgresql"}) {
      if (record.Has(platform)) {
        platforms.push_back({platform, record.KeyRange(platform)});
      }
    }
    if (record.Has("conveyor")) {
      environment.conveyor.declared = true;
      environment.conveyor.range = record.KeyRange("conveyor");
    }
    if (const auto aws = record.GetRecord("aws"); aws && aws->Has("redshift") && !record.Has("redshift")) {
      platforms.push_back({"redshift", aws->KeyRange("redshift")});
    }
    environment.other_platforms = NamesOf(platforms);
    if (const auto aws = record.GetRecord("aws")) {
      environment.has_aws = true;
      environment.aws_range = record.KeyRange("aws");
      environment.aws.account = NameOf(aws->GetText("account_id"));
      environment.aws.region = NameOf(aws->GetText("region"));
      environment.can_read_from = NamesOf(aws->GetTexts("can_read_from"));
      environment.buckets = Buckets(id, name, *aws);
      // An account that could not be read has been reported; nothing else is to be said about it.
      environment.poisoned = poisoned && (!environment.aws.account.has_value() || !environment.aws.region.has_value());
      if (aws->Has("glue")) {
        emitter_.Report(kGlueSectionNotUsed, aws->KeyRange("glue"), m_.Text(name));
      }
    }
    m_.environments.Add(environment);
  }

 private:
  Symbol Intern(const std::optional<Text>& text) { return text ? m_.symbols->Intern(text->text) : Symbol::None(); }

  Name NameOf(const Text& text) { return {m_.symbols->Intern(text.text), text.range}; }

  // '' means nothing.
  Name NameOf(const std::optional<Text>& text) { return text && !text->text.empty() ? NameOf(*text) : Name(); }

  model::Names NamesOf(const std::vector<Text>& texts) {
    const std::size_t begin = m_.names.size();
    for (const Text& text : texts) {
      m_.names.Add(NameOf(text));
    }
    return m_.names.Since(begin);
  }

  static model::Services Services(const std::optional<RecordReader>& record) {
    model::Services services;
    const auto add = [&](const char* field, bool otherwise, model::Service service) {
      if (record ? record->GetBoolean(field).value_or(otherwise) : otherwise) {
        services.Add(service);
      }
    };
    add("console", true, model::Service::Console);
    add("ssm", true, model::Service::Ssm);
    add("athena", true, model::Service::Athena);
    add("create_iam_user", false, model::Service::IamUser);
    // The portal makes a Conveyor project of every product; whether any is emitted is a matter of the targets.
    services.Add(model::Service::Conveyor);
    return services;
  }

  static std::string_view WithoutSlashes(std::string_view path) {
    while (path.starts_with('/')) {
      path.remove_prefix(1);
    }
    while (path.ends_with('/')) {
      path.remove_suffix(1);
    }
    return path;
  }

  // Joined by exactly one slash; nothing when both are empty.
  Name Join(const std::optional<Text>& first, const std::optional<Text>& second) {
    const std::string_view left = first ? WithoutSlashes(first->text) : "";
    const std::string_view right = second ? WithoutSlashes(second->text) : "";
    if (left.empty() && right.empty()) {
      return {};
    }
    const bool both = !left.empty() && !right.empty();
    const std::string path = std::string(left) + (both ? "/" : "") + std::string(right);
    return {m_.symbols->Intern(path), left.empty() ? second->range : first->range};
  }

  void S3(model::Asset& asset, const RecordReader& s3, const RecordReader& record) {
    asset.kind = model::AssetKind::S3;
    asset.range = record.KeyRange("s3");
    asset.bucket = NameOf(s3.GetText("bucket"));
    asset.path = Join(s3.GetText("suffix"), s3.GetText("path"));
    if (!asset.path.has_value() && !asset.poisoned) {
      emitter_.Report(kWholeBucket, asset.range, m_.Text(asset.name)).Hint("give it a `path` or a `suffix`");
      asset.poisoned = true;
    }
  }

  void Glue(model::Asset& asset, const RecordReader& glue, const RecordReader& record) {
    asset.kind = model::AssetKind::Glue;
    asset.range = record.KeyRange("glue");
    asset.bucket = NameOf(glue.GetText("bucket_identifier"));
    asset.database = NameOf(glue.GetText("database"));
    asset.schema = NameOf(glue.GetText("database_suffix"));
    const auto table = glue.GetText("table");
    const auto granularity = glue.GetText("access_granularity");
    asset.all_tables =
        !table || table->text.empty() || table->text == "*" || (granularity && granularity->text == "schema");
    if (!asset.all_tables) {
      asset.table = NameOf(table);
    }
    // Defaults of the portal: the database's path is its name, the table's path the table's name.
    const auto database_path = glue.Has("database_path") ? glue.GetText("database_path") : glue.GetText("database");
    auto table_path = glue.Has("table_path") ? glue.GetText("table_path") : table;
    if (table_path && table_path->text == "*") {
      table_path.reset();
    }
    asset.database_path = Join(database_path, std::nullopt);
    asset.path = Join(database_path, table_path);
  }

  void Other(model::Asset& asset, const RecordReader& record) {
    static constexpr std::array<std::pair<std::string_view, model::AssetKind>, 5> kKinds = {{
        {"databricks", model::AssetKind::Databricks},
        {"redshift", model::AssetKind::Redshift},
        {"snowflake", model::AssetKind::Snowflake},
        {"postgresql", model::AssetKind::PostgreSql},
        {"azure", model::AssetKind::Azure},
    }};
    for (const auto& [field, kind] : kKinds) {
      const auto values = record.GetRecord(field);
      if (!values) {
        continue;
      }
      asset.kind = kind;
      asset.range = record.KeyRange(field);
      if (kind == model::AssetKind::Azure) {
        asset.database = NameOf(values->GetText("container_name"));
        asset.path = Join(values->GetText("path"), std::nullopt);
        continue;
      }
      asset.database = NameOf(values->GetText(kind == model::AssetKind::Databricks ? "catalog" : "database"));
      asset.schema = NameOf(values->GetText("schema"));
      asset.table = NameOf(values->GetText("table"));
      asset.bucket = NameOf(values->GetText("bucket_identifier"));
    }
  }

  IdRange<model::BucketId> Buckets(model::EnvironmentId environment, const Name& name, const RecordReader& aws) {
    const std::size_t begin = m_.buckets.size();
    std::map<Symbol, Range> identifiers;
    std::optional<Name> default_bucket;
    for (const RecordReader& record : aws.GetRecords("s3")) {
      model::Bucket bucket;
      bucket.environment = environment;
      bucket.identifier = NameOf(record.GetText("identifier"));
      bucket.bucket_name = NameOf(record.GetText("bucket_name"));
      bucket.key = NameOf(record.GetText("kms_key_arn"));
      bucket.is_default = record.GetBoolean("is_default").value_or(false);
      if (!bucket.identifier.has_value() || !bucket.bucket_name.has_value()) {
        continue;
      }
      CheckArn(record, bucket);
      const auto [first, added] = identifiers.try_emplace(bucket.identifier.text, bucket.identifier.range);
      if (!added) {
        emitter_.Report(kBucketTwice, bucket.identifier.range, m_.Text(name), m_.Text(bucket.identifier))
            .Label(first->second, "first declared here")
            .Hint("take one of them away");
        continue;
      }
      if (bucket.is_default && default_bucket) {
        emitter_
            .Report(kSeveralDefaultBuckets, bucket.identifier.range, m_.Text(name), m_.Text(*default_bucket),
                    m_.Text(bucket.identifier))
            .Label(default_bucket->range, "the other one")
            .Hint("take `is_default: true` from one of them");
      } else if (bucket.is_default) {
        default_bucket = bucket.identifier;
      }
      m_.buckets.Add(bucket);
    }
    return m_.buckets.Since(begin);
  }

  void CheckArn(const RecordReader& record, const model::Bucket& bucket) {
    const auto arn = record.GetText("bucket_arn");
    if (arn && !arn->text.ends_with(":s3:::" + std::string(m_.Text(bucket.bucket_name)))) {
      emitter_.Report(kBucketArnDiffers, arn->range, arn->text, m_.Text(bucket.bucket_name))
          .Label(bucket.bucket_name.range, "the name")
          .Hint("correct the one that is wrong, or take `bucket_arn` away");
    }
  }

  Model& m_;
  Emitter& emitter_;
};

struct Glossary {
  std::string_view path;
  std::string_view sort;  // with its article, for messages
  const fields::RecordSpec* spec;
  bool model::Incomplete::*incomplete;
  Lowering::LowerEntry lower;
};

// By their places below the root; by their names alone when the user says that this is a portal's configuration.
const Glossary* GlossaryOf(const DocumentRef& document) {
  static const std::array<Glossary, 4> kGlossaries = {{
      {"data_product_glossary/data_product_glossary.yaml", "a data product", &kProduct, &model::Incomplete::products,
       &Lowering::Product},
      {"data_glossary/datasets.yaml", "a dataset", &kDataset, &model::Incomplete::ports, &Lowering::Dataset},
      {"data_glossary/data_outputs.yaml", "a data output", &kDataOutput, &model::Incomplete::assets,
       &Lowering::DataOutput},
      {"environment_configuration/environments.yaml", "an environment", &kEnvironment, &model::Incomplete::environments,
       &Lowering::Environment},
  }};
  for (const Glossary& glossary : kGlossaries) {
    const std::string_view path = document.path;
    const std::string name = "/" + std::string(glossary.path.substr(glossary.path.rfind('/') + 1));
    const bool named = document.asked && ("/" + std::string(path)).ends_with(name);
    if (named || path == glossary.path || path == "config/" + std::string(glossary.path)) {
      return &glossary;
    }
  }
  return nullptr;
}

bool Claims(const DocumentRef& document) {
  return GlossaryOf(document) != nullptr;
}

void Lower(const DocumentRef& document, Model& model, Emitter& emitter) {
  const Glossary* glossary = GlossaryOf(document);
  Lowering(model, emitter).Entries(document, glossary->sort, *glossary->spec, glossary->incomplete, glossary->lower);
}

// The defaults of the portal's own Terraform (`config.tf` of the sample), so that an existing estate keeps its names.
void Finish(Model& model, Emitter&) {
  model::Naming& naming = model.workspace.naming;
  const auto name = [&](Name& field, std::string_view text) {
    if (!field.has_value()) {
      field.text = model.symbols->Intern(text);
    }
  };
  const auto fill = [](std::string& field, std::string_view text) {
    if (field.empty()) {
      field = text;
    }
  };
  name(naming.prefix, "portal");
  name(naming.account, "data-platform");
  fill(naming.role, "{prefix}-iam-{product}-{environment}-{account}");
  fill(naming.policy, "{prefix}-iam-{product}-{part}-{environment}-{account}");
  fill(naming.user, "{product}-{environment}");
  fill(naming.workgroup, "{prefix}-{product}-{environment}");
  fill(naming.glue_database, "{prefix}_{environment}_{database}");
  fill(naming.results_path, "athena/{product}");
  fill(naming.parameter_path, "data_product/{product}/{environment}");
  fill(naming.project, "{product}");
}

}  // namespace
}  // namespace portal

extern const FrontendSpec frontend_portal;
const FrontendSpec frontend_portal = {
    "portal",        "the four glossary files of the Data Product Portal",
    portal::Kinds(), portal::Claims,
    portal::Lower,   portal::Finish,
};

}  // namespace dpc::frontend
