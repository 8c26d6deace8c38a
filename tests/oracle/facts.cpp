#include "facts.h"

#include "model/settings.h"

namespace dpc::oracle {
namespace {

class Collector {
 public:
  Collector(const driver::Compilation& c, access::RoleId role) : c_(c), m_(c.model), role_(c.access.roles[role]) {}

  Facts Collect() {
    Identity();
    for (const access::GrantId id : role_.grants) {
      Placement(c_.access.grants[id]);
    }
    Services();
    return std::move(facts_);
  }

 private:
  std::string Fill(std::string_view text) const { return FillProduct(c_, text, role_.product, role_.environment); }

  void Identity() {
    facts_.environment = m_.Text(m_.environments[role_.environment].name);
    facts_.label = std::string(m_.Text(m_.products[role_.product].name)) + " in " + facts_.environment;
    facts_.place = PlaceOf(c_, role_.environment);
    facts_.role_name = Fill(m_.workspace.naming.role);
  }

  void Placement(const access::Grant& grant) {
    const resolve::Placement& placement = c_.resolved.placements[grant.placement];
    const model::Asset& asset = m_.assets[placement.asset];
    const bool own = grant.right == access::Right::Own;
    if (asset.kind == model::AssetKind::Glue) {
      facts_.tables.push_back({PlaceOf(c_, placement.environment),
                               GlueDatabase(c_, placement.asset, placement.environment),
                               asset.all_tables ? "" : std::string(m_.Text(asset.table)), own});
    }
    // A catalog entry has no files; an empty path alone is not the whole bucket.
    if (placement.bucket.has_value() && (asset.path.has_value() || asset.whole_bucket)) {
      Files(placement.bucket, asset.whole_bucket ? "" : m_.Text(asset.path), own ? Row::Own : Row::Read);
    }
  }

  void Files(model::BucketId bucket, std::string_view prefix, Row row) {
    const model::Bucket& b = m_.buckets[bucket];
    FileGrant file;
    file.bucket = m_.Text(b.bucket_name);
    file.prefix = prefix.ends_with('/') ? prefix.substr(0, prefix.size() - 1) : prefix;
    file.row = row;
    file.place = PlaceOf(c_, b.environment);
    // Only for data: results are private to the product whatever the environment chose.
    file.lists_bucket = row != Row::Results && model::EffectiveAws(m_, b.environment).listing == model::Listing::Bucket;
    if (b.key.has_value()) {
      file.key = m_.Text(b.key);
      file.via = ThroughS3(file.place);
    }
    facts_.files.push_back(std::move(file));
  }

  void Services() {
    const model::Services services = m_.products[role_.product].services;
    facts_.console = services.Has(model::Service::Console);
    if (services.Has(model::Service::Athena)) {
      facts_.workgroup = Fill(m_.workspace.naming.workgroup);
      Files(c_.resolved.environment_default_bucket[role_.environment.index()], Fill(m_.workspace.naming.results_path),
            Row::Results);
    }
    if (services.Has(model::Service::Ssm)) {
      facts_.parameters = Fill(m_.workspace.naming.parameter_path);
    }
    if (services.Has(model::Service::IamUser)) {
      facts_.user_name = Fill(m_.workspace.naming.user);
    }
  }

  const driver::Compilation& c_;
  const model::Model& m_;
  const access::Role& role_;
  Facts facts_;
};

}  // namespace

std::string ThroughS3(const Place& place) {
  return "s3." + place.region + "." + std::string(model::DomainSuffix(place.partition));
}

Facts FactsOf(const driver::Compilation& c, access::RoleId role) {
  return Collector(c, role).Collect();
}

}  // namespace dpc::oracle
