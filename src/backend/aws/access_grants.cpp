#include "backend/aws/access_grants.h"

#include <nlohmann/json.hpp>
#include <set>

#include "backend/aws/diagnostics.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

constexpr std::string_view kGroup = "access_grants";
constexpr std::string_view kInstance = "default";

// Only the service, for this account's instance.
Json Trust(const Place& place) {
  Json condition = Json::object();
  condition["StringEquals"]["aws:SourceAccount"] = place.account;
  condition["ArnEquals"]["aws:SourceArn"] = AccessGrantsArn(place);
  return DocumentJson(Json::array({Json{{"Effect", "Allow"},
                                        {"Principal", Json{{"Service", "access-grants.s3." + place.suffix}}},
                                        {"Action", Json::array({"sts:AssumeRole", "sts:SetSourceIdentity"})},
                                        {"Condition", condition}}}));
}

Json Allow(const Json& action, const Json& resource, const Json& condition) {
  return Json{{"Effect", "Allow"}, {"Action", action}, {"Resource", resource}, {"Condition", condition}};
}

// Reads the buckets, and only for those whom the instance lets.
Json Policy(const Input& input, const Place& place, const std::vector<model::BucketId>& buckets) {
  Json arns = Json::array();
  Json objects = Json::array();
  std::set<std::string> keys;
  for (const model::BucketId bucket : buckets) {
    const std::string arn = BucketArn(place, input.model.Text(input.model.buckets[bucket].bucket_name));
    arns.push_back(arn);
    objects.push_back(arn + "/*");
    if (input.model.buckets[bucket].key.has_value()) {
      keys.emplace(input.model.Text(input.model.buckets[bucket].key));
    }
  }
  Json condition = Json::object();
  condition["StringEquals"]["aws:ResourceAccount"] = place.account;
  condition["ArnEquals"]["s3:AccessGrantsInstanceArn"] = AccessGrantsArn(place);
  Json statements = Json::array({Allow("s3:GetObject", objects, condition), Allow("s3:ListBucket", arns, condition)});
  if (!keys.empty()) {
    Json through = Json::object();
    through["StringEquals"]["kms:ViaService"] = "s3." + place.region + "." + place.suffix;
    statements.push_back(Allow("kms:Decrypt", Json(keys), through));
  }
  return DocumentJson(std::move(statements));
}

Json With(Json block, std::initializer_list<std::pair<const char*, Json>> fields) {
  for (const auto& [name, value] : fields) {
    block[name] = value;
  }
  return block;
}

void AddRole(const LocationRole& role, const Json& block, const std::vector<Range>& sources, terraform::Root& root) {
  root.AddFile("policies/access-grants/trust.json", role.trust, sources);
  root.AddFile("policies/access-grants/inline.json", role.policy, sources);
  root.AddResource(kGroup, "aws_iam_role", "access_grants",
                   With(block, {{"name", role.name},
                                {"assume_role_policy", terraform::FileContents("policies/access-grants/trust.json")}}));
  root.AddResource(kGroup, "aws_iam_role_policy", "access_grants",
                   With(block, {{"name", role.name},
                                {"role", role.name},
                                {"policy", terraform::FileContents("policies/access-grants/inline.json")},
                                {"depends_on", Json::array({"aws_iam_role.access_grants"})}}));
}

std::string LocationLabel(const Input& input, model::BucketId bucket) {
  return terraform::Label({input.model.Text(input.model.buckets[bucket].identifier)});
}

void AddLocations(const Input& input, const LocationRole& role, const Json& block, terraform::Root& root) {
  root.AddResource(kGroup, "aws_s3control_access_grants_instance", kInstance, block);
  for (const model::BucketId bucket : role.buckets) {
    const std::string scope = "s3://" + std::string(input.model.Text(input.model.buckets[bucket].bucket_name));
    root.AddResource(kGroup, "aws_s3control_access_grants_location", LocationLabel(input, bucket),
                     With(block, {{"iam_role_arn", role.arn},
                                  {"location_scope", scope},
                                  {"depends_on", Json::array({"aws_s3control_access_grants_instance.default",
                                                              "aws_iam_role_policy.access_grants"})}}));
  }
}

// For the reader's role, or for the user beside it.
void AddGrant(const Input& input, const RolePlan& reader, bool user, const AccessGrant& grant, const Json& block,
              terraform::Root& root) {
  const model::Product& product = input.model.products[input.access.roles[reader.role].product];
  const std::string bucket = LocationLabel(input, grant.bucket);
  const std::string_view name = input.model.Text(product.name);
  const std::string_view identifier = input.model.Text(input.model.buckets[grant.bucket].identifier);
  const std::string_view prefix = grant.prefix.empty() ? "*" : std::string_view(grant.prefix);
  const std::string label =
      user ? terraform::Label({name, "user", identifier, prefix}) : terraform::Label({name, identifier, prefix});
  const Json location =
      terraform::Expression("aws_s3control_access_grants_location." + bucket + ".access_grants_location_id");
  // The slash keeps `raw` apart from `raw2`.
  const std::string scope = grant.prefix.empty() ? "*" : grant.prefix + "/*";
  root.AddResource(
      kGroup, "aws_s3control_access_grant", label,
      With(block,
           {{"access_grants_location_id", location},
            {"permission", "READ"},
            {"access_grants_location_configuration", Json::array({Json{{"s3_sub_prefix", scope}}})},
            {"grantee",
             Json::array({Json{{"grantee_type", "IAM"}, {"grantee_identifier", user ? reader.user_arn : reader.arn}}})},
            {"depends_on", Json::array({(user ? "aws_iam_user." : "aws_iam_role.") + terraform::Label({name})})}}));
}

}  // namespace

std::optional<LocationRole> PlanLocationRole(const Input& input, const AccountPlan& plan, NameRegister& taken,
                                             Emitter& emitter) {
  std::set<model::BucketId> buckets;
  for (const RolePlan& role : plan.roles) {
    for (const AccessGrant& grant : role.access_grants) {
      buckets.insert(grant.bucket);
    }
  }
  if (buckets.empty()) {
    return std::nullopt;
  }
  const model::Environment& environment = input.model.environments[plan.environment];
  const Place place = PlaceOf(input, plan.environment);
  LocationRole role;
  role.name = std::string(input.model.Text(input.model.workspace.naming.prefix)) + "-access-grants-" +
              std::string(input.model.Text(environment.name));
  if (role.name.size() > kRoleName.longest) {
    emitter.Report(kNameTooLong, environment.name.range, "the role of S3 Access Grants", role.name, role.name.size(),
                   kRoleName.service, kRoleName.longest);
    return std::nullopt;
  }
  const NameRegister::Owner owner = {"the S3 Access Grants of environment `", input.model.Text(environment.name), "`",
                                     "", ""};
  if (!taken.Claim(place.account, "role", role.name, owner, environment.name.range, true) ||
      !taken.Claim(place.account, "access grants " + place.region, kInstance, owner, environment.name.range, false)) {
    return std::nullopt;
  }
  role.arn = RoleArn(place, role.name);
  role.buckets = {buckets.begin(), buckets.end()};
  role.trust = PrettyJson(Trust(place));
  role.policy = PrettyJson(Policy(input, place, role.buckets));
  return role;
}

void AddAccessGrants(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root) {
  if (!plan.location_role) {
    return;
  }
  const std::vector<Range> sources = {input.model.environments[plan.environment].name.range};
  root.AddSources(kGroup, sources);
  AddRole(*plan.location_role, block, sources, root);
  AddLocations(input, *plan.location_role, block, root);
  for (const RolePlan& role : plan.roles) {
    for (const AccessGrant& grant : role.access_grants) {
      AddGrant(input, role, false, grant, block, root);
      if (!role.user.empty()) {
        AddGrant(input, role, true, grant, block, root);
      }
    }
  }
}

}  // namespace dpc::backend::aws
