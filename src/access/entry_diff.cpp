#include "access/entry_diff.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "model/settings.h"

namespace dpc::access {
namespace {

// What one environment says, setting by setting.
class EnvironmentSettings {
 public:
  EnvironmentSettings(const model::Model& model, const resolve::Resolved& resolved, model::EnvironmentId id,
                      Entry& entry)
      : m_(model),
        r_(resolved),
        id_(id),
        row_(model.environments[id]),
        aws_(model::EffectiveAws(model, id)),
        entry_(entry) {}

  void Add() {
    Set("account", std::string(m_.Text(aws_.account)));
    Set("region", std::string(m_.Text(aws_.region)));
    Set("partition", model::PartitionOf(m_, id_));
    Set("listing", aws_.listing == model::Listing::Bucket ? "bucket" : "exact");
    Set("expiry", aws_.expiry == model::Expiry::Platform ? "platform" : "build");
    Set("whenFull", aws_.when_full == model::WhenFull::AccessGrants ? "access-grants" : "refuse");
    Set("resourcePolicies", aws_.owns_resource_policies.value_or(false) ? "managed" : "none");
    Set("lakeFormation", GuardText());
    Set("redshift", std::string(m_.Text(aws_.redshift.workgroup)));
    Set("redshift.namespace", std::string(m_.Text(aws_.redshift.namespace_name)));
    Set("redshift.workgroupId", std::string(m_.Text(aws_.redshift.workgroup_id)));
    AddNaming(m_.workspace.naming);
    AddDefaultBucket();
    for (const model::BucketId bucket : row_.buckets) {
      Set("buckets." + std::string(m_.Text(m_.buckets[bucket].identifier)) + ".key",
          std::string(m_.Text(m_.buckets[bucket].key)));
    }
  }

 private:
  // Names decide which parameters, results and databases a role gets at.
  void AddNaming(const model::Naming& naming) {
    Set("naming.prefix", std::string(m_.Text(naming.prefix)));
    Set("naming.account", std::string(m_.Text(naming.account)));
    Set("naming.role", naming.role);
    Set("naming.user", naming.user);
    Set("naming.workgroup", naming.workgroup);
    Set("naming.glueDatabase", naming.glue_database);
    Set("naming.resultsPath", naming.results_path);
    Set("naming.parameterPath", naming.parameter_path);
  }

  // Where query results lie.
  void AddDefaultBucket() {
    const model::BucketId bucket = r_.environment_default_bucket[id_.index()];
    Set("defaultBucket", bucket.has_value() ? std::string(m_.Text(m_.buckets[bucket].bucket_name)) : "");
  }

  void Set(std::string setting, std::string value) {
    entry_.settings[{std::string(m_.Text(row_.name)), "", std::move(setting)}] = {std::move(value), row_.name.range};
  }

  std::string GuardText() const {
    if (aws_.lake_formation.all_databases) {
      return "all databases";
    }
    std::set<std::string> databases;
    for (const model::NameId name : aws_.lake_formation.databases) {
      databases.emplace(m_.Text(m_.names[name]));
    }
    return Join(std::vector<std::string>(databases.begin(), databases.end()), ", ");
  }

  const model::Model& m_;
  const resolve::Resolved& r_;
  model::EnvironmentId id_;
  const model::Environment& row_;
  model::AwsSettings aws_;
  Entry& entry_;
};

std::string ServicesText(const model::Services& services) {
  std::vector<std::string> names;
  for (const auto& [service, name] : model::ServiceNames()) {
    if (services.Has(service)) {
      names.emplace_back(name);
    }
  }
  return Join(names, ", ");
}

std::string FullText(const model::Model& model, const Way& way) {
  const std::string within = WithinText(way);
  return WayText(model, way) + (within.empty() ? "" : " ") + within;
}

void AddRole(const model::Model& model, const resolve::Resolved& resolved, const Role& role, Entry& entry) {
  const model::Product& product = model.products[role.product];
  const std::string environment(model.Text(model.environments[role.environment].name));
  const std::string name(model.Text(product.name));
  entry.settings[{environment, name, "services"}] = {ServicesText(product.services), product.name.range};
  if (role.grants.empty()) {
    entry.without_grants.emplace(environment, name);
  }
  for (const Way& way : WaysInto(model, resolved, role.product, role.environment)) {
    entry.ways.try_emplace({environment, name, way.kind, way.name, way.within, way.audience},
                           WayFacts{FullText(model, way), way.range});
  }
}

// "services" is a setting of every role.
bool HasRole(const Entry& entry, const WayKey& key) {
  return entry.settings.contains({key.environment, key.product, "services"});
}

}  // namespace

bool OpensAccount(const WayChange& change) {
  return change.gained && change.key.kind == WayKind::WholeAccount;
}

Entry EntryOf(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access) {
  Entry entry;
  for (const model::EnvironmentId environment : model.environments.All()) {
    if (model.environments[environment].has_aws) {
      EnvironmentSettings(model, resolved, environment, entry).Add();
    }
  }
  for (const RoleId role : access.roles.All()) {
    AddRole(model, resolved, access.roles[role], entry);
  }
  return entry;
}

std::vector<WayChange> CompareWays(const Entry& base, const Entry& head) {
  std::vector<WayChange> changes;
  for (const auto& [key, facts] : base.ways) {
    const bool told = !HasRole(head, key) && !base.without_grants.contains({key.environment, key.product});
    if (!head.ways.contains(key) && !told) {
      changes.push_back({false, key, facts});
    }
  }
  for (const auto& [key, facts] : head.ways) {
    if (!base.ways.contains(key)) {
      changes.push_back({true, key, facts});
    }
  }
  std::stable_sort(changes.begin(), changes.end(), [](const WayChange& a, const WayChange& b) {
    return std::tuple(!OpensAccount(a), a.key) < std::tuple(!OpensAccount(b), b.key);
  });
  return changes;
}

std::vector<SettingChange> CompareSettings(const Entry& base, const Entry& head) {
  std::vector<SettingChange> changes;
  for (const auto& [key, facts] : head.settings) {
    const auto before = base.settings.find(key);
    if (before != base.settings.end() && before->second.value != facts.value) {
      changes.push_back({key, before->second.value, facts});
    }
  }
  return changes;
}

}  // namespace dpc::access
