#include "backend/aws/environment_root.h"

#include <map>
#include <nlohmann/json.hpp>

#include "backend/aws/diagnostics.h"
#include "backend/aws/trust.h"
#include "backend/naming.h"
#include "backend/state.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// The `..._exclusive` resources came with 5.72; nothing here depends on a later major version than 6.
constexpr std::string_view kProviderVersion = ">= 5.72.0, < 7.0.0";
// What Terraform assumes in the environment's account unless the environment says otherwise.
constexpr std::string_view kDeploymentRole = "dpc-deployment";
// Default quota of managed policies per role (IAM quotas, AWS documentation, March 2026).
constexpr std::int64_t kManagedPoliciesPerRole = 10;

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
      alias_("account_" + place_.account + "_" + place_.region),
      default_bucket_(input, environment) {}

void EnvironmentRoot::Emit() {
  Provider();
  Buckets();
  GlueDatabases();
  if (!model::EffectiveAws(input_.model, environment_).assumed_by.declared) {
    const model::Environment& row = input_.model.environments[environment_];
    emitter_.Report(kNobodyMayAssume, row.name.range, Text(row.name))
        .Hint("say `aws: {assumedBy: ...}` in dpc.yaml, or in an Environment for it alone");
  }
  for (const access::RoleId role : input_.access.roles.All()) {
    if (input_.access.roles[role].environment == environment_) {
      Product(role);
    }
  }
}

void EnvironmentRoot::Provider() {
  const model::Model& m = input_.model;
  const model::AwsSettings aws = model::EffectiveAws(m, environment_);
  root_.AddSources("terraform", {m.environments[environment_].name.range, m.workspace.range});
  root_.RequireProvider("aws", "hashicorp/aws", kProviderVersion);
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
  root_.AddProvider("aws", provider);
  SetStateBackend(m, Text(m.environments[environment_].name), root_);
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

void EnvironmentRoot::GlueDatabases() {
  const model::Model& m = input_.model;
  // By name; the first asset with a location for the database says where it lies (`resolve` refuses two locations).
  std::map<std::string, model::AssetId> databases;
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
  for (const auto& [name, asset] : databases) {
    const model::Asset& row = m.assets[asset];
    if (!taken_.Claim(place_.account, "Glue database " + place_.region, name,
                      "the Glue database `" + std::string(Text(row.database)) + "` of environment `" +
                          std::string(Text(m.environments[environment_].name)) + "`",
                      row.database.range, true)) {
      continue;
    }
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

void EnvironmentRoot::Product(access::RoleId id) {
  const access::Role& role = input_.access.roles[id];
  Rights rights(input_, id, names_, emitter_);
  const std::string name = names_.Role(role.product);
  if (!rights.Derive() || name.empty() || !Claim("role", name, "the role", role.product, true)) {
    return;
  }
  if (input_.model.products[role.product].services.Has(model::Service::Ssm) &&
      !Claim("parameters " + place_.region, names_.ParameterPath(role.product), "the parameters", role.product)) {
    return;
  }
  if (!ClaimWorkers(role.product)) {
    return;
  }
  const std::vector<Document> documents = Pack(rights.statements().groups(), Topics());
  if (!FitsQuota(role, documents)) {
    return;
  }
  const std::string group = "product_" + terraform::Label({Text(input_.model.products[role.product].name)});
  const std::vector<Policy> policies = Policies(role.product, group, documents);
  root_.AddSources(
      group, {input_.model.products[role.product].name.range, input_.model.environments[environment_].name.range});
  RoleOf(role, name, group, policies);
  if (input_.model.products[role.product].services.Has(model::Service::IamUser)) {
    UserOf(role.product, group, policies);
  }
  if (!rights.workgroup().empty()) {
    Workgroup(role.product, rights, group);
  }
}

bool EnvironmentRoot::FitsQuota(const access::Role& role, const std::vector<Document>& documents) {
  const auto quota =
      model::EffectiveAws(input_.model, environment_).managed_policies_per_role.value_or(kManagedPoliciesPerRole);
  std::size_t bytes = 0;
  bool each_fits = true;
  for (const Document& document : documents) {
    bytes += document.bytes;
    each_fits = each_fits && document.bytes <= kManagedPolicyBytes;
  }
  if (each_fits && documents.size() <= static_cast<std::size_t>(quota)) {
    return true;
  }
  const model::Product& product = input_.model.products[role.product];
  emitter_
      .Report(kTooManyPolicies, product.name.range, Text(product.name),
              Text(input_.model.environments[environment_].name), documents.size(), bytes,
              static_cast<std::size_t>(quota))
      .Hint(
          "offer folders rather than single assets, or set `managedPoliciesPerRole` once the account's quota is "
          "raised");
  return false;
}

std::string EnvironmentRoot::Folder(model::ProductId product) const {
  return "policies/" + terraform::Label({Text(input_.model.products[product].name)}) + "/";
}

std::vector<EnvironmentRoot::Policy> EnvironmentRoot::Policies(model::ProductId product, std::string_view group,
                                                               const std::vector<Document>& documents) {
  std::vector<Policy> policies;
  for (const Document& document : documents) {
    const std::string name = names_.Policy(product, document.part);
    if (name.empty() || !Claim("policy", name, "a policy", product, true)) {
      continue;
    }
    const std::string path = Folder(product) + document.part + ".json";
    root_.AddFile(path, PrettyJson(document.policy), document.sources);
    const std::string label = terraform::Label({Text(input_.model.products[product].name), document.part});
    Json block = Block();
    block["name"] = name;
    block["policy"] = terraform::FileContents(path);
    root_.AddResource(group, "aws_iam_policy", label, block);
    policies.push_back({name, label});
  }
  return policies;
}

void EnvironmentRoot::RoleOf(const access::Role& role, const std::string& name, std::string_view group,
                             const std::vector<Policy>& policies) {
  const model::Product& product = input_.model.products[role.product];
  const std::string_view environment = Text(input_.model.environments[environment_].name);
  const Trust trust = TrustOf(input_, role);
  if (!TrustFits(input_, role, trust, emitter_)) {
    return;
  }
  if (trust.nobody && model::EffectiveAws(input_.model, environment_).assumed_by.declared) {
    auto report = emitter_.Report(kNobodyMayAssumeProduct, product.name.range, Text(product.name), environment);
    const model::TeamId owner = input_.resolved.product_owner[role.product.index()];
    if (owner.has_value() && !input_.model.teams[owner].permission_set.has_value()) {
      report.Label(input_.model.teams[owner].name.range, "the owner team names no `permissionSet`");
    }
  }
  const std::string path = Folder(role.product) + "trust.json";
  root_.AddFile(path, PrettyJson(trust.policy), {trust.sources.begin(), trust.sources.end()});
  const std::string label = terraform::Label({Text(product.name)});
  Json block = Block();
  block["name"] = name;
  block["assume_role_policy"] = terraform::FileContents(path);
  root_.AddResource(group, "aws_iam_role", label, block);

  // "Nothing else" on the live role: what is attached besides these is detached. ARNs are computed, so that the plan
  // shows them.
  Json arns = Json::array();
  Json depends_on = Json::array({"aws_iam_role." + label});
  for (const Policy& policy : policies) {
    arns.push_back(PolicyArn(place_, policy.name));
    depends_on.push_back("aws_iam_role_policy_attachment." + policy.label);
    // Besides the exclusive list below, so that Terraform detaches a policy before it deletes it: IAM refuses
    // otherwise.
    Json attachment = Block();
    attachment["role"] = name;
    attachment["policy_arn"] = PolicyArn(place_, policy.name);
    attachment["depends_on"] = Json::array({"aws_iam_role." + label, "aws_iam_policy." + policy.label});
    root_.AddResource(group, "aws_iam_role_policy_attachment", policy.label, attachment);
  }
  Json attachments = Block();
  attachments["role_name"] = name;
  attachments["policy_arns"] = arns;
  attachments["depends_on"] = depends_on;
  root_.AddResource(group, "aws_iam_role_policy_attachments_exclusive", label, attachments);
  Json inlines = Block();
  inlines["role_name"] = name;
  inlines["policy_names"] = Json::array();
  inlines["depends_on"] = Json::array({"aws_iam_role." + label});
  root_.AddResource(group, "aws_iam_role_policies_exclusive", label, inlines);
}

void EnvironmentRoot::UserOf(model::ProductId product, std::string_view group, const std::vector<Policy>& policies) {
  const std::string name = names_.User(product);
  if (name.empty() || !Claim("user", name, "the user", product, true)) {
    return;
  }
  const std::string label = terraform::Label({Text(input_.model.products[product].name)});
  Json user = Block();
  user["name"] = name;
  root_.AddResource(group, "aws_iam_user", label, user);
  for (const Policy& policy : policies) {
    Json attachment = Block();
    attachment["user"] = name;
    attachment["policy_arn"] = PolicyArn(place_, policy.name);
    attachment["depends_on"] = Json::array({"aws_iam_user." + label, "aws_iam_policy." + policy.label});
    root_.AddResource(group, "aws_iam_user_policy_attachment", policy.label, attachment);
  }
}

void EnvironmentRoot::Workgroup(model::ProductId product, const Rights& rights, std::string_view group) {
  const model::Bucket& bucket = input_.model.buckets[input_.resolved.environment_default_bucket[environment_.index()]];
  const std::string results_folder = std::string(Text(bucket.bucket_name)) + "/" + rights.results_path();
  if (!Claim("workgroup " + place_.region, rights.workgroup(), "the Athena workgroup", product) ||
      !Claim("results", results_folder, "the folder of query results", product) ||
      !KeepsResultsApart(product, rights.results_path())) {
    return;
  }
  Json results = {
      {"output_location", "s3://" + std::string(Text(bucket.bucket_name)) + "/" + rights.results_path() + "/"}};
  results["encryption_configuration"] =
      bucket.key.has_value() ? Json{{"encryption_option", "SSE_KMS"}, {"kms_key_arn", std::string(Text(bucket.key))}}
                             : Json{{"encryption_option", "SSE_S3"}};
  Json block = Block();
  block["name"] = rights.workgroup();
  // Without enforcement the client would choose where results go.
  block["configuration"] = Json{{"enforce_workgroup_configuration", true},
                                {"publish_cloudwatch_metrics_enabled", true},
                                {"result_configuration", results}};
  root_.AddResource(group, "aws_athena_workgroup", terraform::Label({Text(input_.model.products[product].name)}),
                    block);
}

bool EnvironmentRoot::ClaimWorkers(model::ProductId product) {
  const bool trusts_conveyor = model::EffectiveAws(input_.model, environment_).assumed_by.conveyor_issuer.has_value() &&
                               input_.model.products[product].services.Has(model::Service::Conveyor);
  const std::string environment(Text(input_.model.environments[environment_].name));
  return !trusts_conveyor || Claim("Conveyor workers in " + environment,
                                   ConveyorWorker(ConveyorProject(input_, product)), "the Conveyor workers", product);
}

bool EnvironmentRoot::KeepsResultsApart(model::ProductId product, const std::string& results_path) {
  const model::AssetId asset = default_bucket_.Overlapping(results_path);
  if (!asset.has_value()) {
    return true;
  }
  const model::Asset& row = input_.model.assets[asset];
  if (!taken_.once()("results", row.name.range)) {
    return false;
  }
  emitter_
      .Report(kResultsInAsset, row.path.has_value() ? row.path.range : row.range,
              model::AssetLabel(input_.model, asset), results_path + "/", Text(input_.model.products[product].name))
      .Label(input_.model.products[product].name.range, "the product with Athena");
  return false;
}

bool EnvironmentRoot::Claim(std::string_view sort, const std::string& name, std::string_view what,
                            model::ProductId product, bool ignores_case) {
  const model::Product& row = input_.model.products[product];
  const std::string owner = std::string(what) + " of `" + std::string(Text(row.name)) + "` in " +
                            std::string(Text(input_.model.environments[environment_].name));
  return taken_.Claim(place_.account, sort, name, owner, row.name.range, ignores_case, product);
}

}  // namespace dpc::backend::aws
