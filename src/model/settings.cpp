#include "model/settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace dpc::model {
namespace {

void FillName(Name& name, const Name& fallback) {
  if (!name.has_value()) {
    name = fallback;
  }
}

template <class T>
void FillChoice(std::optional<T>& value, const std::optional<T>& fallback) {
  if (!value) {
    value = fallback;
  }
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// Kind by kind, and never both of one kind: what holds stands in one of the two texts as a whole.
void Inherit(AssumedBy& own, const AssumedBy& defaults) {
  if (!own.conveyor_issuer.has_value()) {
    own.conveyor_issuer = defaults.conveyor_issuer;
    own.conveyor_audience = defaults.conveyor_audience;
  }
  if (!own.service_account_issuer.has_value()) {
    own.service_account_issuer = defaults.service_account_issuer;
    own.service_account_audience = defaults.service_account_audience;
    own.service_accounts = defaults.service_accounts;
    own.service_accounts_for = defaults.service_accounts_for;
  }
  if (!own.pod_identity_cluster.has_value()) {
    own.pod_identity_cluster = defaults.pod_identity_cluster;
    own.pod_identity_accounts = defaults.pod_identity_accounts;
    own.pod_identity_for = defaults.pod_identity_for;
  }
  FillName(own.identity_center_region, defaults.identity_center_region);
  if (own.principals.empty()) {
    own.principals = defaults.principals;
  }
  if (!own.says_whole_account) {
    own.whole_account = defaults.whole_account;
    own.whole_account_range = defaults.whole_account_range;
  }
}

bool IsProductionWord(std::string_view word) {
  return word == "prod" || word == "prd" || word == "production" || word == "live";
}

// Of a part of a name: it says where, and nothing about what for. `prod-eu` and `prod-test` are not alike.
bool IsRegionWord(std::string_view word) {
  static constexpr std::array<std::string_view, 27> kWords = {
      "eu",    "us",    "uk",      "gb",        "ap",        "apac",      "emea",      "na",     "sa",
      "latam", "ca",    "af",      "me",        "il",        "cn",        "mx",        "east",   "west",
      "north", "south", "central", "northeast", "northwest", "southeast", "southwest", "global", "gov"};
  return IsDigits(word) || std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// `prod`, `prd-eu`, `eu-west-1-live`: one word for production, and regions.
bool SaysProduction(std::string_view name) {
  std::string folded = LowerCase(name);
  std::replace(folded.begin(), folded.end(), '_', '-');
  const auto words = Split(folded, '-');
  return std::count_if(words.begin(), words.end(), IsProductionWord) == 1 &&
         std::all_of(words.begin(), words.end(),
                     [](std::string_view word) { return IsProductionWord(word) || IsRegionWord(word); });
}

}  // namespace

AwsSettings EffectiveAws(const Model& model, EnvironmentId environment) {
  AwsSettings settings = model.environments[environment].aws;
  const AwsSettings& defaults = model.workspace.aws;
  FillName(settings.region, defaults.region);
  FillName(settings.partition, defaults.partition);
  if (!settings.deployment_role.has_value() && !settings.deployment_role_ambient) {
    settings.deployment_role = defaults.deployment_role;
    settings.deployment_role_ambient = defaults.deployment_role_ambient;
  }
  if (!settings.assumed_by.declared) {
    settings.assumed_by = defaults.assumed_by;
  } else if (settings.assumed_by.inherit.value_or(false)) {
    Inherit(settings.assumed_by, defaults.assumed_by);
  }
  if (!settings.listing) {
    settings.listing = defaults.listing;
  }
  if (!settings.managed_policies_per_user) {
    settings.managed_policies_per_user = defaults.managed_policies_per_user;
  }
  if (!settings.managed_policies_per_role) {
    settings.managed_policies_per_role = defaults.managed_policies_per_role;
  }
  FillChoice(settings.expiry, defaults.expiry);
  FillChoice(settings.when_full, defaults.when_full);
  FillChoice(settings.owns_resource_policies, defaults.owns_resource_policies);
  if (!settings.lake_formation.declared) {
    settings.lake_formation = defaults.lake_formation;
  }
  if (!settings.trust_policy_bytes) {
    settings.trust_policy_bytes = defaults.trust_policy_bytes;
  }
  return settings;
}

bool IsProduction(const Model& model, EnvironmentId environment) {
  const Environment& row = model.environments[environment];
  const auto tells = [&](const Name& name) { return SaysProduction(model.Text(name)); };
  return row.production.value_or(
      tells(row.name) ||
      std::any_of(row.aliases.begin(), row.aliases.end(), [&](NameId alias) { return tells(model.names[alias]); }));
}

bool IsGuarded(const Model& model, EnvironmentId environment, AssetId asset) {
  const Asset& row = model.assets[asset];
  if (row.kind != AssetKind::Glue) {
    return false;
  }
  const LakeFormation guard = EffectiveAws(model, environment).lake_formation;
  return guard.all_databases || std::any_of(guard.databases.begin(), guard.databases.end(),
                                            [&](NameId name) { return model.names[name].text == row.database.text; });
}

ConveyorSettings EffectiveConveyor(const Model& model, EnvironmentId environment) {
  ConveyorSettings settings = model.environments[environment].conveyor;
  const ConveyorSettings& defaults = model.workspace.conveyor;
  if (!settings.deletion_protection) {
    settings.deletion_protection = defaults.deletion_protection;
  }
  FillName(settings.instance_lifecycle, defaults.instance_lifecycle);
  FillName(settings.cluster, defaults.cluster);
  return settings;
}

std::string_view GovernanceTeam(const Model& model) {
  if (model.workspace.governance.has_value()) {
    return model.Text(model.workspace.governance);
  }
  // As configurations named it before there was a field: for a policy.
  for (const ParameterId id : model.workspace.policies.parameters) {
    const Parameter& row = model.parameters[id];
    if (model.Text(row.name) == "governance_team" && !row.values.empty()) {
      return model.Text(model.names[*row.values.begin()]);
    }
  }
  return "data-governance";
}

std::string_view PartitionOfRegion(std::string_view region) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kPartitions = {{
      {"cn-", "aws-cn"},
      {"us-gov-", "aws-us-gov"},
      {"us-iso-", "aws-iso"},
      {"us-isob-", "aws-iso-b"},
      {"eu-isoe-", "aws-iso-e"},
      {"us-isof-", "aws-iso-f"},
      {"eusc-", "aws-eusc"},
  }};
  for (const auto& [start, partition] : kPartitions) {
    if (StartsWith(region, start)) {
      return partition;
    }
  }
  return "aws";
}

std::string PartitionOf(const Model& model, EnvironmentId environment) {
  const AwsSettings settings = EffectiveAws(model, environment);
  return std::string(settings.partition.has_value() ? model.Text(settings.partition)
                                                    : PartitionOfRegion(model.Text(settings.region)));
}

std::string_view DomainSuffix(std::string_view partition) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSuffixes = {{
      {"aws-cn", "amazonaws.com.cn"},
      {"aws-iso", "c2s.ic.gov"},
      {"aws-iso-b", "sc2s.sgov.gov"},
      {"aws-iso-e", "cloud.adc-e.uk"},
      {"aws-iso-f", "csp.hci.ic.gov"},
      {"aws-eusc", "amazonaws.eu"},
  }};
  for (const auto& [name, suffix] : kSuffixes) {
    if (partition == name) {
      return suffix;
    }
  }
  return "amazonaws.com";
}

std::vector<Person> PeopleOf(const Model& model, ProductId product, TeamId owner) {
  std::vector<Person> people;
  const auto add = [&](IdRange<MemberId> members) {
    for (const MemberId member : members) {
      const Member& row = model.members[member];
      const bool known = std::any_of(people.begin(), people.end(),
                                     [&](const Person& person) { return person.email.text == row.email.text; });
      if (!known) {
        people.push_back({row.email, row.role});
      }
    }
  };
  if (const Name& person = model.products[product].owner_person; person.has_value()) {
    people.push_back({person, MemberRole::Owner});
  }
  add(model.products[product].members);
  if (owner.has_value()) {
    add(model.teams[owner].members);
  }
  std::sort(people.begin(), people.end(),
            [&](const Person& a, const Person& b) { return model.Text(a.email) < model.Text(b.email); });
  return people;
}

}  // namespace dpc::model
