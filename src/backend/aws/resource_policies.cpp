#include "backend/aws/resource_policies.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "backend/aws/diagnostics.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

struct Resource {
  ResourcePolicyKind kind;
  std::string arn;
  auto operator<=>(const Resource&) const = default;
};

struct Reader {
  Groups groups;
  std::vector<AskedItem> asked;
};

// What readers of other accounts ask of one resource, by the ARN of a role or user.
using Readers = std::map<std::string, Reader>;

struct Limit {
  std::string_view what;
  std::string_view service;
  std::size_t bytes;
};

Limit LimitOf(ResourcePolicyKind kind) {
  switch (kind) {
    case ResourcePolicyKind::Bucket:
      return {"bucket policy", "S3", kBucketPolicyBytes};
    case ResourcePolicyKind::Key:
      return {"key policy", "KMS", kKeyPolicyBytes};
    case ResourcePolicyKind::Catalog:
      return {"catalog policy", "Glue", kCatalogPolicyBytes};
  }
  return {};
}

class OwnerSide {
 public:
  OwnerSide(const Input& input, model::EnvironmentId environment, NameRegister& taken, Emitter& emitter)
      : input_(input),
        environment_(environment),
        taken_(taken),
        emitter_(emitter),
        place_(PlaceOf(input, environment)) {}

  std::vector<ResourcePolicy> Policies() {
    Keys(true);
    for (const access::RoleId id : input_.access.roles.All()) {
      const access::Role& role = input_.access.roles[id];
      if (PlaceOf(input_, role.environment).account == place_.account) {
        continue;
      }
      if (ReadsFromHere(role)) {
        Collect(id, false);
      }
      if (UsesKeyOfHere(role)) {
        Collect(id, true);
      }
    }
    LakeFormation();
    std::vector<ResourcePolicy> policies;
    for (const auto& [resource, readers] : resources_) {
      if (Claim(resource)) {
        policies.push_back(Policy(resource, readers));
      }
    }
    return policies;
  }

  // Of an environment whose policies are in other hands. There a key of its own account has a policy by default that
  // leaves everything to IAM; one of another account has not.
  void ReportForeignKeys() { Keys(false); }

 private:
  // Keys of this account have a policy of dpc's whether somebody else reads or not; keys of others are not ours.
  void Keys(bool owned) {
    for (const model::BucketId bucket : input_.model.environments[environment_].buckets) {
      const model::Name& key = input_.model.buckets[bucket].key;
      if (!key.has_value()) {
        continue;
      }
      const std::string arn(input_.model.Text(key));
      if (arn.find(":" + place_.region + ":" + place_.account + ":") != std::string::npos) {
        if (owned) {
          resources_.try_emplace({ResourcePolicyKind::Key, arn});
        }
      } else if ((!OwnsElsewhere(arn) || MayReadThroughGrants()) && foreign_keys_.insert(arn).second) {
        emitter_.Report(kForeignKey, key.range, arn, input_.model.Text(input_.model.environments[environment_].name));
      }
    }
  }

  // Lake Formation reads and writes the files of guarded tables for those whom it lets, by its own role, which has no
  // right on keys. Source: Lake Formation developer guide, "Registering an encrypted Amazon S3 location".
  void LakeFormation() {
    const Condition through_s3 = {"StringEquals", "kms:ViaService", {"s3." + place_.region + "." + place_.suffix}};
    const GroupKey key = {"", {"kms:Decrypt", "kms:GenerateDataKey"}, {}, "", {through_s3}};
    for (const resolve::PlacementId id : input_.resolved.placements.All()) {
      const resolve::Placement& placement = input_.resolved.placements[id];
      const model::Asset& asset = input_.model.assets[placement.asset];
      if (placement.environment != environment_ || !asset.path.has_value() || !IsKeyOfHere(placement.bucket) ||
          !model::IsGuarded(input_.model, placement.environment, placement.asset)) {
        continue;
      }
      Statements statements;
      const std::string arn(input_.model.Text(input_.model.buckets[placement.bucket].key));
      statements.Add(key, arn, {asset.name.range});
      Reader& reader = resources_[{ResourcePolicyKind::Key, arn}][LakeFormationRoleArn(place_)];
      reader.groups[key][arn].Merge(statements.groups().at(key).at(arn));
      reader.asked.insert(reader.asked.end(), statements.asked().begin(), statements.asked().end());
    }
  }

  // Then another role than the reader's uses the key, and the other account's policy does not name it.
  bool MayReadThroughGrants() const {
    return model::EffectiveAws(input_.model, environment_).when_full == model::WhenFull::AccessGrants;
  }

  // Another environment, whose policies are dpc's too, is in the key's account and region and uses it.
  bool OwnsElsewhere(const std::string& arn) const {
    const auto all = input_.model.environments.All();
    return std::any_of(all.begin(), all.end(), [&](model::EnvironmentId id) {
      const Place place = PlaceOf(input_, id);
      const auto& buckets = input_.model.environments[id].buckets;
      return model::EffectiveAws(input_.model, id).owns_resource_policies.value_or(false) &&
             arn.find(":" + place.region + ":" + place.account + ":") != std::string::npos &&
             std::any_of(buckets.begin(), buckets.end(), [&](model::BucketId bucket) {
               return input_.model.Text(input_.model.buckets[bucket].key) == arn;
             });
    });
  }

  bool IsKeyOfHere(model::BucketId bucket) const {
    return bucket.has_value() && input_.model.buckets[bucket].key.has_value() &&
           resources_.contains(
               {ResourcePolicyKind::Key, std::string(input_.model.Text(input_.model.buckets[bucket].key))});
  }

  // A bucket of whatever environment, the one of query results included, that a key of this one encrypts.
  bool UsesKeyOfHere(const access::Role& role) const {
    return IsKeyOfHere(input_.resolved.environment_default_bucket[role.environment.index()]) ||
           std::any_of(role.grants.begin(), role.grants.end(), [&](access::GrantId grant) {
             return IsKeyOfHere(input_.resolved.placements[input_.access.grants[grant].placement].bucket);
           });
  }

  bool ReadsFromHere(const access::Role& role) const {
    return std::any_of(role.grants.begin(), role.grants.end(), [&](access::GrantId grant) {
      const auto placement = input_.access.grants[grant].placement;
      return input_.resolved.placements[placement].environment == environment_;
    });
  }

  // Keys: whatever the role does with them. Else: its reads of the environment's buckets and catalog.
  void Collect(access::RoleId id, bool keys) {
    // What is wrong with the role's names and grants is reported where the role is planned.
    DiagnosticList unheard;
    Emitter silent(unheard);
    Once once;
    const access::Role& role = input_.access.roles[id];
    Naming names(input_, role.environment, once, silent);
    Rights rights(input_, id, names, silent);
    if (keys ? rights.Derive() : rights.DeriveReadsFrom(environment_)) {
      for (const std::string& arn : Principals(role, names)) {
        Collect(rights, arn, keys);
      }
    }
  }

  // The role and the user beside it: each asks in its own name.
  std::vector<std::string> Principals(const access::Role& role, Naming& names) const {
    const Place place = PlaceOf(input_, role.environment);
    std::vector<std::string> arns;
    if (const std::string name = names.Role(role.product); !name.empty()) {
      arns.push_back(RoleArn(place, name));
    }
    const std::string user = input_.model.products[role.product].services.Has(model::Service::IamUser)
                                 ? names.User(role.product)
                                 : std::string();
    if (!user.empty()) {
      arns.push_back(UserArn(place, user));
    }
    return arns;
  }

  void Collect(const Rights& rights, const std::string& arn, bool keys) {
    for (const auto& [key, items] : rights.statements().groups()) {
      for (const auto& [item, notes] : items) {
        if (const auto resource = ResourceOf(key.item_key.empty() ? item : key.resources.front(), keys)) {
          GroupKey plain = key;
          plain.topic.clear();
          resources_[*resource][arn].groups[plain][item].Merge(notes);
        }
      }
    }
    for (const AskedItem& asked : rights.statements().asked()) {
      if (const auto resource =
              ResourceOf(asked.key.item_key.empty() ? asked.item : asked.key.resources.front(), keys)) {
        resources_[*resource][arn].asked.push_back(asked);
      }
    }
  }

  std::optional<Resource> ResourceOf(const std::string& arn, bool keys) const {
    const Resource key{ResourcePolicyKind::Key, arn};
    if (keys || resources_.contains(key)) {
      return keys && resources_.contains(key) ? std::optional(key) : std::nullopt;
    }
    const std::string s3 = BucketArn(place_, "");
    if (arn.starts_with(s3)) {
      return Resource{ResourcePolicyKind::Bucket, arn.substr(0, arn.find('/'))};
    }
    if (arn.starts_with(GlueArn(place_, ""))) {
      return Resource{ResourcePolicyKind::Catalog, GlueArn(place_, "catalog")};
    }
    return std::nullopt;
  }

  // A key or catalog of two environments would get two policies, and the one applied later would win.
  bool Claim(const Resource& resource) {
    const Range range = input_.model.environments[environment_].name.range;
    const auto other = taken_.Take(place_.account, LimitOf(resource.kind).what, resource.arn, range);
    if (other) {
      emitter_
          .Report(kSharedResource, range, LimitOf(resource.kind).what, resource.arn,
                  input_.model.Text(input_.model.environments[environment_].name))
          .Label(*other, "the other environment")
          .Hint("give each environment its own, or say `resourcePolicies: none` in one of them");
    }
    return !other;
  }

  ResourcePolicy Policy(const Resource& resource, const Readers& readers) {
    ResourcePolicy policy{resource.kind, resource.arn, "", {}, {}};
    Json statements = Json::array();
    if (resource.kind == ResourcePolicyKind::Key) {
      statements.push_back(AccountDecides());
    }
    Sources sources = {input_.model.environments[environment_].name.range};
    for (const auto& [key, roles] : Shared(readers, sources)) {
      statements.push_back(StatementFor(resource, key.first, key.second, roles));
    }
    for (const auto& [arn, reader] : readers) {
      policy.asked[arn] = reader.asked;
    }
    const Json document = DocumentJson(std::move(statements));
    const std::size_t bytes = CompactJson(document).size();
    if (const Limit limit = LimitOf(resource.kind); bytes > limit.bytes) {
      const model::Environment& row = input_.model.environments[environment_];
      emitter_.Report(kResourcePolicyTooLong, row.name.range, limit.what, resource.arn, bytes, readers.size(),
                      limit.service, limit.bytes);
    }
    policy.text = PrettyJson(document);
    policy.sources = {sources.begin(), sources.end()};
    return policy;
  }

  // Roles and users with the same items share a statement.
  using Statement = std::pair<GroupKey, std::vector<std::string>>;

  static std::map<Statement, std::vector<std::string>> Shared(const Readers& readers, Sources& sources) {
    std::map<Statement, std::vector<std::string>> statements;
    for (const auto& [arn, reader] : readers) {
      for (const auto& [key, items] : reader.groups) {
        std::vector<std::string> names;
        for (const auto& [item, notes] : items) {
          names.push_back(item);
          sources.insert(notes.sources.begin(), notes.sources.end());
        }
        statements[{key, std::move(names)}].push_back(arn);
      }
    }
    return statements;
  }

  static Json StatementFor(const Resource& resource, const GroupKey& key, const std::vector<std::string>& items,
                           const std::vector<std::string>& roles) {
    Json inner = StatementJson(key, items);
    Json statement = {{"Effect", "Allow"}};
    statement["Principal"]["AWS"] = roles.size() == 1 ? Json(roles.front()) : Json(roles);
    statement["Action"] = inner["Action"];
    // In a key policy `*` is the key itself.
    statement["Resource"] = resource.kind == ResourcePolicyKind::Key ? Json("*") : inner["Resource"];
    if (inner.contains("Condition")) {
      statement["Condition"] = inner["Condition"];
    }
    return statement;
  }

  // KMS's default key policy: without it nobody could use or change the key any more.
  Json AccountDecides() const {
    return Json{{"Effect", "Allow"},
                {"Principal", Json{{"AWS", "arn:" + place_.partition + ":iam::" + place_.account + ":root"}}},
                {"Action", "kms:*"},
                {"Resource", "*"}};
  }

  const Input& input_;
  model::EnvironmentId environment_;
  NameRegister& taken_;
  Emitter& emitter_;
  Place place_;
  std::map<Resource, Readers> resources_;
  std::set<std::string> foreign_keys_;
};

}  // namespace

std::vector<ResourcePolicy> ResourcePolicies(const Input& input, model::EnvironmentId environment, NameRegister& taken,
                                             Emitter& emitter) {
  if (!model::EffectiveAws(input.model, environment).owns_resource_policies.value_or(false)) {
    OwnerSide(input, environment, taken, emitter).ReportForeignKeys();
    return {};
  }
  return OwnerSide(input, environment, taken, emitter).Policies();
}

}  // namespace dpc::backend::aws
