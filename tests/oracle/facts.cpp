#include "facts.h"

#include <algorithm>
#include <set>

#include "model/settings.h"

namespace dpc::oracle {
namespace {

class Collector {
 public:
  Collector(const driver::Compilation& c, access::RoleId role, std::optional<Date> on)
      : c_(c), m_(c.model), role_(c.access.roles[role]), on_(on) {}

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

  // Only an environment that says `expiry: platform` has AWS end what an agreement ends.
  std::optional<Date> EndOf(const access::Grant& grant) const {
    const bool platform = model::EffectiveAws(m_, role_.environment).expiry == model::Expiry::Platform;
    return platform ? grant.until : std::nullopt;
  }

  bool IsGuarded(const resolve::Placement& placement) const {
    const model::LakeFormation guard = model::EffectiveAws(m_, placement.environment).lake_formation;
    const std::string_view database = m_.Text(m_.assets[placement.asset].database);
    return m_.assets[placement.asset].kind == model::AssetKind::Glue &&
           (guard.all_databases || std::any_of(guard.databases.begin(), guard.databases.end(), [&](model::NameId name) {
              return m_.Text(m_.names[name]) == database;
            }));
  }

  void Placement(const access::Grant& grant) {
    const resolve::Placement& placement = c_.resolved.placements[grant.placement];
    const model::Asset& asset = m_.assets[placement.asset];
    const bool own = grant.right == access::Right::Own;
    const std::optional<Date> until = EndOf(grant);
    const bool guarded = IsGuarded(placement);
    const Place catalog = PlaceOf(c_, placement.environment);
    // Lake Formation's permissions of another account cannot be given from here: nothing is granted.
    if ((until && on_ && *until < *on_) || (guarded && catalog != facts_.place)) {
      return;
    }
    if (asset.kind == model::AssetKind::Glue) {
      facts_.tables.push_back({catalog, GlueDatabase(c_, placement.asset, placement.environment),
                               asset.all_tables ? "" : std::string(m_.Text(asset.table)), own, until, guarded,
                               guarded ? Location(placement) : ""});
    }
    if (asset.kind == model::AssetKind::Redshift) {
      const model::Name& id = m_.environments[placement.environment].aws.redshift.workgroup_id;
      facts_.warehouse = Arn(catalog, "redshift-serverless", "workgroup/" + std::string(m_.Text(id)));
    }
    // A catalog entry has no files; an empty path alone is not the whole bucket. Readers of guarded tables get the data
    // from Lake Formation.
    const bool located = placement.bucket.has_value() && (asset.path.has_value() || asset.whole_bucket);
    if (located && (own || !guarded)) {
      Files(placement.bucket, asset.whole_bucket ? "" : m_.Text(asset.path), own ? Row::Own : Row::Read);
      facts_.files.back().until = until;
      facts_.files.back().own_environment = placement.environment == role_.environment;
    }
  }

  std::string Location(const resolve::Placement& placement) const {
    const model::Asset& asset = m_.assets[placement.asset];
    if (!placement.bucket.has_value() || !asset.path.has_value()) {
      return "";
    }
    return S3Arn(PlaceOf(c_, placement.environment), std::string(m_.Text(m_.buckets[placement.bucket].bucket_name)) +
                                                         "/" + std::string(m_.Text(asset.path)));
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
  std::optional<Date> on_;
  Facts facts_;
};

}  // namespace

std::string ThroughS3(const Place& place) {
  return "s3." + place.region + "." + std::string(model::DomainSuffix(place.partition));
}

bool Facts::HasGuarded() const {
  return std::any_of(tables.begin(), tables.end(), [](const TableGrant& grant) { return grant.guarded; });
}

bool Facts::ReadsThroughGrants() const {
  return std::any_of(files.begin(), files.end(), [](const FileGrant& grant) { return grant.through_grants; });
}

std::vector<Date> Facts::Ends() const {
  std::set<Date> days;
  const auto add = [&](const std::optional<Date>& day) {
    if (day) {
      days.insert(*day);
    }
  };
  for (const FileGrant& grant : files) {
    add(grant.until);
  }
  for (const TableGrant& grant : tables) {
    add(grant.until);
  }
  return {days.begin(), days.end()};
}

Facts FactsOf(const driver::Compilation& c, access::RoleId role, std::optional<Date> on) {
  return Collector(c, role, on).Collect();
}

}  // namespace dpc::oracle
