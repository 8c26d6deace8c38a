#include "ledger/settings.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::ledger {
namespace {

class Writer {
 public:
  Writer(const Side& side, SettingFacts& out) : side_(side), m_(side.m()), out_(out) {}

  void Workspace() {
    const model::Workspace& row = m_.workspace;
    entity_ = kWorkspace;
    range_ = row.name.has_value() ? row.name.range : row.range;
    Set("name", row.name);
    Set("governance", row.governance);
    Set("targets", row.targets);
    Set("output", row.output);
    Set("exclude", row.exclude);
    Set("keep", row.keep);
    Set("policies.packs", row.policies.packs);
    Set("policies.folders", row.policies.folders);
    NamingOf(row.naming);
    Set("terraform.state.bucket", row.terraform.state_bucket);
    Set("terraform.state.region", row.terraform.state_region);
    Set("terraform.state.prefix", row.terraform.state_prefix);
    Aws(row.aws);
    Conveyor(row.conveyor);
  }

  void Environment(model::EnvironmentId id) {
    const model::Environment& row = m_.environments[id];
    entity_ = side_.revision().keys.Of(id);
    range_ = row.name.range;
    Set("aliases", row.aliases);
    Set("owner", row.owner);
    Set("canReadFrom", row.can_read_from);
    Set("platforms", row.other_platforms);
    Set("production", row.production ? Word(*row.production) : "");
    Set("aws", row.has_aws ? "yes" : "");
    Set("aws.account", row.aws.account);
    Set("aws.region", row.aws.region);
    Set("aws.partition", row.aws.partition);
    Aws(row.aws);
    Conveyor(row.conveyor);
    for (const model::BucketId bucket : row.buckets) {
      BucketOf(m_.buckets[bucket]);
    }
  }

 private:
  static std::string Word(bool flag) { return flag ? "true" : "false"; }

  template <class Number>
  static std::string Word(const std::optional<Number>& number) {
    return number ? std::to_string(static_cast<std::int64_t>(*number)) : "";
  }

  void Set(const std::string& setting, std::string value, Range range = {}) {
    out_[{entity_, setting}] = {std::move(value), range.has_value() ? range : range_};
  }

  void Set(const std::string& setting, const model::Name& name) { Set(setting, side_.Text(name), name.range); }

  void Set(const std::string& setting, const model::Names& names) {
    std::vector<std::string> all;
    Range range;
    for (const model::NameId id : names) {
      all.push_back(side_.Text(m_.names[id]));
      range = m_.names[id].range;
    }
    std::sort(all.begin(), all.end());
    Set(setting, Join(all, ", "), range);
  }

  void NamingOf(const model::Naming& naming) {
    Set("naming.prefix", naming.prefix);
    Set("naming.account", naming.account);
    Set("naming.role", naming.role);
    Set("naming.policy", naming.policy);
    Set("naming.user", naming.user);
    Set("naming.workgroup", naming.workgroup);
    Set("naming.glueDatabase", naming.glue_database);
    Set("naming.resultsPath", naming.results_path);
    Set("naming.parameterPath", naming.parameter_path);
    Set("naming.project", naming.project);
  }

  void Aws(const model::AwsSettings& aws) {
    Set("aws.deploymentRole", aws.deployment_role_ambient ? "none" : side_.Text(aws.deployment_role),
        aws.deployment_role.range);
    AssumedBy(aws.assumed_by);
    Set("aws.listing", aws.listing ? (*aws.listing == model::Listing::Bucket ? "bucket" : "exact") : "");
    Set("aws.managedPoliciesPerRole", Word(aws.managed_policies_per_role));
    Set("aws.managedPoliciesPerUser", Word(aws.managed_policies_per_user));
    Set("aws.trustPolicyBytes", Word(aws.trust_policy_bytes));
    Set("aws.expiry", aws.expiry ? (*aws.expiry == model::Expiry::Platform ? "platform" : "build") : "");
    Set("aws.whenFull",
        aws.when_full ? (*aws.when_full == model::WhenFull::AccessGrants ? "access-grants" : "refuse") : "");
    Set("aws.resourcePolicies", aws.owns_resource_policies ? (*aws.owns_resource_policies ? "managed" : "none") : "");
    Set("aws.lakeFormation", aws.lake_formation.all_databases ? "all databases" : "");
    Set("aws.lakeFormation.databases", aws.lake_formation.databases);
    Set("aws.redshift.workgroup", aws.redshift.workgroup);
    Set("aws.redshift.namespace", aws.redshift.namespace_name);
    Set("aws.redshift.workgroupId", aws.redshift.workgroup_id);
    Set("aws.redshift.create", aws.redshift.declared ? Word(aws.redshift.create) : "");
  }

  void AssumedBy(const model::AssumedBy& by) {
    Set("aws.assumedBy", by.declared ? "declared" : "", by.range);
    Set("aws.assumedBy.inherit", by.inherit ? Word(*by.inherit) : "", by.range);
    Set("aws.assumedBy.conveyor.issuer", by.conveyor_issuer);
    Set("aws.assumedBy.conveyor.audience", by.conveyor_audience);
    Set("aws.assumedBy.serviceAccounts.issuer", by.service_account_issuer);
    Set("aws.assumedBy.serviceAccounts.names", by.service_accounts);
    Set("aws.assumedBy.serviceAccounts.audience", by.service_account_audience);
    Whom("aws.assumedBy.serviceAccounts", by.service_accounts_for);
    Set("aws.assumedBy.podIdentity.cluster", by.pod_identity_cluster);
    Set("aws.assumedBy.podIdentity.serviceAccounts", by.pod_identity_accounts);
    Whom("aws.assumedBy.podIdentity", by.pod_identity_for);
    Set("aws.assumedBy.identityCenter.homeRegion", by.identity_center_region);
    Set("aws.assumedBy.principals", by.principals);
    Set("aws.assumedBy.wholeAccount", by.whole_account ? "true" : "", by.whole_account_range);
  }

  void Whom(const std::string& start, const model::Beneficiaries& whom) {
    Set(start + ".products", whom.products);
    std::vector<std::string> services;
    for (const auto& [service, name] : model::ServiceNames()) {
      if (whom.but_services.Has(service)) {
        services.emplace_back(name);
      }
    }
    Set(start + ".exceptServices", Join(services, ", "));
  }

  void Conveyor(const model::ConveyorSettings& conveyor) {
    Set("conveyor", conveyor.declared ? "declared" : "", conveyor.range);
    Set("conveyor.deletionProtection", Word(conveyor.deletion_protection));
    Set("conveyor.instanceLifecycle", conveyor.instance_lifecycle);
    Set("conveyor.cluster", conveyor.cluster);
  }

  void BucketOf(const model::Bucket& row) {
    const std::string start = "aws.buckets." + side_.Text(row.identifier);
    Set(start + ".name", row.bucket_name);
    Set(start + ".key", side_.Text(row.key), row.key.has_value() ? row.key.range : row.identifier.range);
    Set(start + ".default", Word(row.is_default), row.identifier.range);
    Set(start + ".create", Word(row.create), row.identifier.range);
  }

  const Side& side_;
  const model::Model& m_;
  SettingFacts& out_;
  std::string entity_;
  Range range_;
};

}  // namespace

SettingFacts SettingsOf(const Side& side) {
  SettingFacts facts;
  Writer writer(side, facts);
  writer.Workspace();
  for (const model::EnvironmentId id : side.m().environments.All()) {
    writer.Environment(id);
  }
  return facts;
}

}  // namespace dpc::ledger
