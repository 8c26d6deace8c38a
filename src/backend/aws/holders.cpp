#include "backend/aws/holders.h"

#include <map>

#include "backend/aws/names.h"

namespace dpc::backend::aws {
namespace {

class Finder {
 public:
  explicit Finder(const Input& input) : input_(input), m_(input.model) {}

  std::vector<Holder> Find() {
    for (const model::EnvironmentId id : input_.environments) {
      if (m_.environments[id].has_aws) {
        Buckets(id);
        Warehouse(id);
        Databases(id);
      }
    }
    return std::move(all_);
  }

 private:
  void Add(model::EnvironmentId environment, std::string_view type, const std::string& label, std::string what,
           std::string asset = {}) {
    all_.push_back({std::string(m_.Text(m_.environments[environment].name)), std::string(type) + "." + label,
                    std::move(what), std::move(asset)});
  }

  void Buckets(model::EnvironmentId id) {
    for (const model::BucketId bucket : m_.environments[id].buckets) {
      const model::Bucket& row = m_.buckets[bucket];
      if (row.create) {
        Add(id, "aws_s3_bucket", terraform::Label({m_.Text(row.identifier)}),
            "the bucket `" + std::string(m_.Text(row.bucket_name)) + "`");
      }
    }
  }

  void Warehouse(model::EnvironmentId id) {
    const model::RedshiftServerless& redshift = m_.environments[id].aws.redshift;
    if (redshift.declared && redshift.create) {
      Add(id, "aws_redshiftserverless_namespace", "redshift",
          "the Redshift namespace `" + std::string(m_.Text(redshift.namespace_name)) + "`, with its databases");
    }
  }

  void Databases(model::EnvironmentId id) {
    DiagnosticList unheard;
    Emitter silent(unheard);
    Once once;
    const Naming names(input_, id, once, silent);
    std::map<std::string, model::AssetId> databases;
    for (const resolve::PlacementId placement : input_.resolved.placements.All()) {
      const resolve::Placement& row = input_.resolved.placements[placement];
      if (row.environment == id && m_.assets[row.asset].kind == model::AssetKind::Glue) {
        databases.try_emplace(names.GlueDatabase(row.asset, id), row.asset);
      }
    }
    for (const auto& [name, asset] : databases) {
      Add(id, "aws_glue_catalog_database", terraform::Label({name}),
          "the Glue database `" + name + "`, with its tables", model::AssetLabel(m_, asset));
    }
  }

  const Input& input_;
  const model::Model& m_;
  std::vector<Holder> all_;
};

}  // namespace

std::vector<Holder> Holders(const Input& input) {
  return Finder(input).Find();
}

}  // namespace dpc::backend::aws
