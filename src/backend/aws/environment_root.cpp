#include "backend/aws/environment_root.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "backend/aws/access_grants.h"
#include "backend/aws/diagnostics.h"
#include "backend/aws/lake_formation.h"
#include "backend/aws/prove.h"
#include "backend/aws/redshift.h"
#include "backend/aws/trust_order.h"
#include "backend/state.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// The `..._exclusive` resources came with 5.72.0, those of users with 5.72.1; nothing here depends on a later major
// version than 6.
constexpr std::string_view kProviderVersion = ">= 5.72.1, < 7.0.0";
// What Terraform assumes in the environment's account unless the environment says otherwise.
constexpr std::string_view kDeploymentRole = "dpc-deployment";
// Where the owner's side of reads across accounts goes.
constexpr std::string_view kSharedSuffix = "-resource-policies";

}  // namespace

EnvironmentRoot::EnvironmentRoot(const Input& input, model::EnvironmentId environment, terraform::Root& root,
                                 NameRegister& taken, Emitter& emitter)
    : input_(input),
      environment_(environment),
      root_(root),
      taken_(taken),
      emitter_(emitter),
      names_(input, environment, taken.once(), emitter),
      place_(PlaceOf(input, environment)),
      alias_("account_" + place_.account + "_" + place_.region) {}

void EnvironmentRoot::Emit(terraform::Roots& roots) {
  const std::string name(Text(input_.model.environments[environment_].name));
  const auto databases = ClaimGlueDatabases();
  const AccountPlan plan = PlanAccount(input_, environment_, taken_, emitter_);
  if (emitter_.errors() == 0) {
    Prove(plan, input_.threads);  // throws rather than let a document out that does not say what was asked for
  }
  const std::string shared = name + std::string(kSharedSuffix);
  if (!plan.resource_policies.empty() && IsEnvironment(shared)) {
    emitter_.Report(kNameCollision, input_.model.environments[environment_].name.range,
                    "the Terraform root of environment `" + shared + "`",
                    "that of the resource policies of environment `" + name + "`", shared, place_.account);
    return;
  }
  if (input_.renders) {
    Render(roots, plan, databases, name);
  }
}

void EnvironmentRoot::Render(terraform::Roots& roots, const AccountPlan& plan, const Databases& databases,
                             const std::string& name) {
  Provider(root_, name);
  Buckets();
  GlueDatabases(databases);
  for (const RolePlan& role : plan.roles) {
    Product(role);
  }
  AddLakeFormation(input_, plan, Block(), root_);
  AddAccessGrants(input_, plan, Block(), root_);
  AddRedshift(input_, plan, Block(), root_);
  if (!plan.resource_policies.empty()) {
    const std::string shared = name + std::string(kSharedSuffix);
    Provider(roots.Get(shared), shared);
    ResourcePolicies(roots.Get(shared), plan.resource_policies);
  }
}

bool EnvironmentRoot::IsEnvironment(std::string_view name) const {
  const auto all = input_.model.environments.All();
  return std::any_of(all.begin(), all.end(),
                     [&](model::EnvironmentId id) { return Text(input_.model.environments[id].name) == name; });
}

void EnvironmentRoot::Provider(terraform::Root& root, std::string_view root_name) {
  const model::Model& m = input_.model;
  const model::AwsSettings aws = model::EffectiveAws(m, environment_);
  root.AddSources("terraform", {m.environments[environment_].name.range, m.workspace.range});
  root.RequireProvider("aws", "hashicorp/aws", kProviderVersion);
  Json provider = {{"alias", alias_}, {"region", place_.region}, {"allowed_account_ids", {place_.account}}};
  if (!aws.deployment_role_ambient) {
    const std::string_view role = aws.deployment_role.has_value() ? m.Text(aws.deployment_role) : kDeploymentRole;
    const bool arn = role.starts_with("arn:");
    provider["assume_role"] = Json{{"role_arn", arn ? std::string(role) : RoleArn(place_, role)}};
  }
  Json tags = Json::object();
  for (const model::SettingId tag : m.workspace.tags) {
    tags[std::string(Text(m.settings[tag].key))] = std::string(Text(m.settings[tag].value));
  }
  if (!tags.empty()) {
    provider["default_tags"] = Json{{"tags", tags}};
  }
  root.AddProvider("aws", provider);
  SetStateBackend(m, root_name, root);
}

Json EnvironmentRoot::Block() const {
  return Json{{"provider", "aws." + alias_}};
}

void EnvironmentRoot::Buckets() {
  const model::Model& m = input_.model;
  for (const model::BucketId bucket : m.environments[environment_].buckets) {
    const model::Bucket& row = m.buckets[bucket];
    if (!row.create) {
      continue;
    }
    const std::string label = terraform::Label({Text(row.identifier)});
    const std::string name(Text(row.bucket_name));
    Json block = Block();
    block["bucket"] = name;
    // Data outlives its declaration.
    block["lifecycle"] = Json{{"prevent_destroy", true}};
    root_.AddResource("buckets", "aws_s3_bucket", label, block);
    root_.AddSources("buckets", {row.identifier.range});
    const Json id = terraform::Expression("aws_s3_bucket." + label + ".id");
    Json access = Block();
    access["bucket"] = id;
    for (const char* option :
         {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}) {
      access[option] = true;
    }
    root_.AddResource("buckets", "aws_s3_bucket_public_access_block", label, access);
    if (row.key.has_value()) {
      Json encryption = Block();
      encryption["bucket"] = id;
      encryption["rule"] =
          Json{{"bucket_key_enabled", true},
               {"apply_server_side_encryption_by_default",
                Json{{"sse_algorithm", "aws:kms"}, {"kms_master_key_id", std::string(Text(row.key))}}}};
      root_.AddResource("buckets", "aws_s3_bucket_server_side_encryption_configuration", label, encryption);
    }
  }
}

EnvironmentRoot::Databases EnvironmentRoot::ClaimGlueDatabases() {
  const model::Model& m = input_.model;
  // By name; the first asset with a location for the database says where it lies (`resolve` refuses two locations).
  Databases databases;
  for (const resolve::PlacementId id : input_.resolved.placements.All()) {
    const resolve::Placement& placement = input_.resolved.placements[id];
    if (placement.environment != environment_ || m.assets[placement.asset].kind != model::AssetKind::Glue) {
      continue;
    }
    const std::string name = names_.GlueDatabase(placement.asset, environment_);
    const auto [known, added] = databases.try_emplace(name, placement.asset);
    if (added && !names_.CheckGlueDatabase(placement.asset, name)) {
      databases.erase(known);
    } else if (!m.assets[known->second].database_path.has_value() &&
               m.assets[placement.asset].database_path.has_value()) {
      known->second = placement.asset;
    }
  }
  std::erase_if(databases, [&](const auto& database) {
    const model::Asset& row = m.assets[database.second];
    names_.CheckForAthena(database.second, database.first);
    return !taken_.Claim(
        place_.account, "Glue database " + place_.region, database.first,
        {"the Glue database `", Text(row.database), "` of environment `", Text(m.environments[environment_].name), "`"},
        row.database.range, true);
  });
  return databases;
}

void EnvironmentRoot::GlueDatabases(const Databases& databases) {
  const model::Model& m = input_.model;
  for (const auto& [name, asset] : databases) {
    const model::Asset& row = m.assets[asset];
    Json block = Block();
    block["name"] = name;
    const resolve::PlacementId placement = input_.resolved.Find(asset, environment_);
    const model::BucketId bucket = input_.resolved.placements[placement].bucket;
    if (row.database_path.has_value() && bucket.has_value()) {
      block["location_uri"] =
          "s3://" + std::string(Text(m.buckets[bucket].bucket_name)) + "/" + std::string(Text(row.database_path));
    }
    block["lifecycle"] = Json{{"prevent_destroy", true}};
    root_.AddResource("glue", "aws_glue_catalog_database", terraform::Label({name}), block);
    root_.AddSources("glue", {row.name.range, input_.model.environments[environment_].name.range});
  }
}

void EnvironmentRoot::Product(const RolePlan& plan) {
  const model::Product& product = input_.model.products[ProductOf(plan)];
  const std::string group = "product_" + Label(plan);
  const std::vector<Policy> policies = Policies(plan, group);
  root_.AddSources(group, {product.name.range, input_.model.environments[environment_].name.range});
  Role(plan, group, policies);
  if (!plan.user.empty()) {
    User(plan, group, policies);
  }
  if (!plan.workgroup.empty()) {
    Workgroup(plan, group);
  }
}

std::string EnvironmentRoot::Label(const RolePlan& plan) const {
  return terraform::Label({Text(input_.model.products[ProductOf(plan)].name)});
}

std::string EnvironmentRoot::Folder(const RolePlan& plan) const {
  return "policies/" + Label(plan) + "/";
}

std::vector<EnvironmentRoot::Policy> EnvironmentRoot::Policies(const RolePlan& plan, const std::string& group) {
  std::vector<Policy> policies;
  for (const PolicyDocument& document : plan.managed) {
    const std::string path = Folder(plan) + document.part + ".json";
    root_.AddFile(path, document.text, document.sources);
    const std::string label = terraform::Label({Text(input_.model.products[ProductOf(plan)].name), document.part});
    Json block = Block();
    block["name"] = document.name;
    block["policy"] = PolicyContents(path, document.text);
    root_.AddResource(group, "aws_iam_policy", label, block);
    policies.push_back({document.name, label});
  }
  return policies;
}

void EnvironmentRoot::Role(const RolePlan& plan, const std::string& group, const std::vector<Policy>& policies) {
  const std::string path = Folder(plan) + "trust.json";
  root_.AddFile(path, plan.trust, {plan.trust_sources.begin(), plan.trust_sources.end()});
  Json block = Block();
  block["name"] = plan.name;
  block["assume_role_policy"] = terraform::FileContents(path);
  Json first = Json::array();
  for (const std::string& address : TrustedHere(input_, input_.access.roles[plan.role])) {
    first.push_back(address);
  }
  if (!first.empty()) {
    block["depends_on"] = std::move(first);
  }
  root_.AddResource(group, "aws_iam_role", Label(plan), block);
  Attachments(plan, group, policies);
  Inline(plan, group);
}

void EnvironmentRoot::Attachments(const RolePlan& plan, const std::string& group, const std::vector<Policy>& policies) {
  // "Nothing else" on the live role: what is attached besides these is detached. ARNs are computed, so that the plan
  // shows them.
  const std::string label = Label(plan);
  Json arns = Json::array();
  Json depends_on = Json::array({"aws_iam_role." + label});
  for (const Policy& policy : policies) {
    arns.push_back(PolicyArn(place_, policy.name));
    depends_on.push_back("aws_iam_role_policy_attachment." + policy.label);
    // Besides the exclusive list below, so that Terraform detaches a policy before it deletes it: IAM refuses
    // otherwise.
    Json attachment = Block();
    attachment["role"] = plan.name;
    attachment["policy_arn"] = PolicyArn(place_, policy.name);
    attachment["depends_on"] = Json::array({"aws_iam_role." + label, "aws_iam_policy." + policy.label});
    root_.AddResource(group, "aws_iam_role_policy_attachment", policy.label, attachment);
  }
  Json attachments = Block();
  attachments["role_name"] = plan.name;
  attachments["policy_arns"] = arns;
  attachments["depends_on"] = depends_on;
  root_.AddResource(group, "aws_iam_role_policy_attachments_exclusive", label, attachments);
}

void EnvironmentRoot::Inline(const RolePlan& plan, const std::string& group) {
  const std::string label = Label(plan);
  Json names = Json::array();
  Json depends_on = Json::array({"aws_iam_role." + label});
  if (plan.inline_policy) {
    const std::string path = Folder(plan) + plan.inline_policy->part + ".json";
    root_.AddFile(path, plan.inline_policy->text, plan.inline_policy->sources);
    Json policy = Block();
    policy["name"] = plan.inline_policy->name;
    policy["role"] = plan.name;
    policy["policy"] = PolicyContents(path, plan.inline_policy->text);
    policy["depends_on"] = Json::array({"aws_iam_role." + label});
    root_.AddResource(group, "aws_iam_role_policy", label, policy);
    names.push_back(plan.inline_policy->name);
    depends_on.push_back("aws_iam_role_policy." + label);
  }
  Json inlines = Block();
  inlines["role_name"] = plan.name;
  inlines["policy_names"] = names;
  inlines["depends_on"] = depends_on;
  root_.AddResource(group, "aws_iam_role_policies_exclusive", label, inlines);
}

void EnvironmentRoot::User(const RolePlan& plan, const std::string& group, const std::vector<Policy>& policies) {
  const std::string label = Label(plan);
  Json user = Block();
  user["name"] = plan.user;
  root_.AddResource(group, "aws_iam_user", label, user);
  Json arns = Json::array();
  Json depends_on = Json::array({"aws_iam_user." + label});
  for (const Policy& policy : policies) {
    arns.push_back(PolicyArn(place_, policy.name));
    depends_on.push_back("aws_iam_user_policy_attachment." + policy.label);
    Json attachment = Block();
    attachment["user"] = plan.user;
    attachment["policy_arn"] = PolicyArn(place_, policy.name);
    attachment["depends_on"] = Json::array({"aws_iam_user." + label, "aws_iam_policy." + policy.label});
    root_.AddResource(group, "aws_iam_user_policy_attachment", policy.label, attachment);
  }
  OnlyForUser(plan, group, arns, depends_on);
}

void EnvironmentRoot::OnlyForUser(const RolePlan& plan, const std::string& group, const Json& arns,
                                  const Json& depends_on) {
  // As on the role. Terraform has no such list of a user's groups: what they give is not taken away.
  Json attachments = Block();
  attachments["user_name"] = plan.user;
  attachments["policy_arns"] = arns;
  attachments["depends_on"] = depends_on;
  root_.AddResource(group, "aws_iam_user_policy_attachments_exclusive", Label(plan), attachments);
  Json inlines = Block();
  inlines["user_name"] = plan.user;
  inlines["policy_names"] = Json::array();
  inlines["depends_on"] = Json::array({"aws_iam_user." + Label(plan)});
  root_.AddResource(group, "aws_iam_user_policies_exclusive", Label(plan), inlines);
}

void EnvironmentRoot::Workgroup(const RolePlan& plan, const std::string& group) {
  const model::Bucket& bucket = input_.model.buckets[input_.resolved.environment_default_bucket[environment_.index()]];
  Json results = {{"output_location", "s3://" + std::string(Text(bucket.bucket_name)) + "/" + plan.results_path + "/"}};
  results["encryption_configuration"] =
      bucket.key.has_value() ? Json{{"encryption_option", "SSE_KMS"}, {"kms_key_arn", std::string(Text(bucket.key))}}
                             : Json{{"encryption_option", "SSE_S3"}};
  Json block = Block();
  block["name"] = plan.workgroup;
  // AWS refuses to delete a workgroup with a history of queries, which is all that goes: results lie in the bucket.
  block["force_destroy"] = true;
  // Without enforcement the client would choose where results go.
  block["configuration"] = Json{{"enforce_workgroup_configuration", true},
                                {"publish_cloudwatch_metrics_enabled", true},
                                {"result_configuration", results}};
  root_.AddResource(group, "aws_athena_workgroup", Label(plan), block);
}

void EnvironmentRoot::ResourcePolicies(terraform::Root& root, const std::vector<ResourcePolicy>& policies) {
  for (const ResourcePolicy& policy : policies) {
    const std::string id = policy.resource.substr(policy.resource.find_last_of(":/") + 1);
    Json block = Block();
    std::string type;
    std::string path;
    switch (policy.kind) {
      case ResourcePolicyKind::Bucket:
        type = "aws_s3_bucket_policy";
        path = "policies/buckets/" + terraform::Label({id}) + ".json";
        block["bucket"] = id;
        break;
      case ResourcePolicyKind::Key:
        type = "aws_kms_key_policy";
        path = "policies/keys/" + terraform::Label({id}) + ".json";
        block["key_id"] = id;  // the provider reads the id back, not the ARN
        break;
      case ResourcePolicyKind::Catalog:
        type = "aws_glue_resource_policy";
        path = "policies/catalog.json";
        break;
    }
    root.AddFile(path, policy.text, policy.sources);
    block["policy"] = terraform::FileContents(path);
    root.AddResource("resource_policies", type, terraform::Label({id}), block);
    root.AddSources("resource_policies", policy.sources);
  }
}

}  // namespace dpc::backend::aws
