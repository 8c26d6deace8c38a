// What Workspace and Environment share: who may assume roles, deployment, listing, Conveyor.
#include <array>

#include "frontend/native/diagnostics.h"
#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kIssuerType = ScalarType(fields::kIssuer);
const TypeSpec kAudienceType = ScalarType(fields::kAudience);
const TypeSpec kServiceAccountType = ScalarType(fields::kServiceAccount);
const TypeSpec kServiceAccountsType = ListOf(kServiceAccountType, true);
const TypeSpec kClusterType = ScalarType(fields::kClusterName);
const TypeSpec kRegionType = ScalarType(fields::kRegion);
const TypeSpec kPrincipalType = ScalarType(fields::kRoleOrUserArn);
const TypeSpec kPrincipalsType = ListOf(kPrincipalType, true);

const std::array<FieldSpec, 2> kConveyorIssuerFields = {{
    {"issuer", &kIssuerType, kRequired, "", "The OIDC issuer of Conveyor's cluster.",
     "\"https://oidc.eks.eu-west-1.amazonaws.com/id/ABC123\""},
    {"audience", &kAudienceType, kOptional, "the partition's sts endpoint", "The audience its tokens are made for.",
     "sts.amazonaws.com"},
}};
const RecordSpec kConveyorIssuer = {
    "Conveyor issuer", "Conveyor's workers assume the roles of their project's product.", kConveyorIssuerFields};
const TypeSpec kConveyorIssuerType = RecordType(kConveyorIssuer);

// Whom the accounts are for.
constexpr FieldSpec kProductsField = {
    "products", &kSomeNamesType, kOptional, "all", "Only into the roles of these products.", "[orders]"};
constexpr FieldSpec kExceptServicesField = {"exceptServices",
                                            &kServicesType,
                                            kOptional,
                                            "[]",
                                            "Not into the roles of products that ask for one of these services.",
                                            "[conveyor]"};

const std::array<FieldSpec, 5> kServiceAccountsFields = {{
    {"issuer", &kIssuerType, kRequired, "", "The OIDC issuer of the EKS cluster.",
     "\"https://oidc.eks.eu-west-1.amazonaws.com/id/ABC123\""},
    {"names", &kServiceAccountsType, kRequired, "",
     "Service accounts as `namespace/name`; `{product}` and `{environment}` are filled in. One without `{product}` "
     "gets "
     "into every product's role.",
     "[\"jobs/{product}\"]"},
    {"audience", &kAudienceType, kOptional, "the partition's sts endpoint", "The audience its tokens are made for.",
     "sts.amazonaws.com"},
    kProductsField,
    kExceptServicesField,
}};
const RecordSpec kServiceAccounts = {"service account section", "Kubernetes service accounts of an EKS cluster.",
                                     kServiceAccountsFields};
const TypeSpec kServiceAccountsRecordType = RecordType(kServiceAccounts);

const std::array<FieldSpec, 4> kPodIdentityFields = {{
    {"cluster", &kClusterType, kRequired, "", "The EKS cluster's name; it lies in the environment's account.", "jobs"},
    {"serviceAccounts", &kServiceAccountsType, kRequired, "",
     "Service accounts as `namespace/name`; `{product}` and `{environment}` are filled in. One without `{product}` "
     "gets "
     "into every product's role.",
     "[\"jobs/{product}\"]"},
    kProductsField,
    kExceptServicesField,
}};
const RecordSpec kPodIdentity = {"Pod Identity section", "Pods of an EKS cluster, through EKS Pod Identity.",
                                 kPodIdentityFields};
const TypeSpec kPodIdentityType = RecordType(kPodIdentity);

const std::array<FieldSpec, 1> kIdentityCenterFields = {{
    {"homeRegion", &kRegionType, kRequired, "", "The home region of IAM Identity Center.", "eu-west-1"},
}};
const RecordSpec kIdentityCenter = {"Identity Center", "People come through the permission set that their team names.",
                                    kIdentityCenterFields};
const TypeSpec kIdentityCenterType = RecordType(kIdentityCenter);

constexpr FieldSpec kConveyorField = {"conveyor",
                                      &kConveyorIssuerType,
                                      kOptional,
                                      "",
                                      "Conveyor's workers, for products with the service `conveyor`.",
                                      "{issuer: \"https://...\"}"};
constexpr FieldSpec kServiceAccountsField = {"serviceAccounts",
                                             &kServiceAccountsRecordType,
                                             kOptional,
                                             "",
                                             "Service accounts of an EKS cluster.",
                                             "{issuer: \"https://...\", names: [\"jobs/{product}\"]}"};
constexpr FieldSpec kPodIdentityField = {"podIdentity",
                                         &kPodIdentityType,
                                         kOptional,
                                         "",
                                         "Service accounts of an EKS cluster, through EKS Pod Identity.",
                                         "{cluster: jobs, serviceAccounts: [\"jobs/{product}\"]}"};
constexpr FieldSpec kIdentityCenterField = {"identityCenter",
                                            &kIdentityCenterType,
                                            kOptional,
                                            "",
                                            "People, through the permission set of the product's team.",
                                            "{homeRegion: eu-west-1}"};
constexpr FieldSpec kPrincipalsField = {
    "principals",
    &kPrincipalsType,
    kOptional,
    "",
    "IAM roles or users, by ARN. Each gets into the role of every product, and so does whoever gets into it.",
    "[\"arn:aws:iam::111122223333:role/airflow\"]"};
constexpr FieldSpec kWholeAccountField = {"wholeAccount",
                                          &kFlagType,
                                          kOptional,
                                          "false",
                                          "Everyone in the account whose own policy allows it. Rarely what you want.",
                                          "true"};

constexpr std::array<FieldSpec, 6> kAssumedByFields = {{
    kConveyorField,
    kServiceAccountsField,
    kPodIdentityField,
    kIdentityCenterField,
    kPrincipalsField,
    kWholeAccountField,
}};
const RecordSpec kAssumedBy = {"assumedBy", "Who may assume the products' roles. Nobody, if nothing is said.",
                               kAssumedByFields};

constexpr FieldSpec kInheritField = {
    "inherit",
    &kFlagType,
    kOptional,
    "false, and a warning where that leaves a way out",
    "Whether the workspace's ways that are not named here hold as well. Those that are named here replace the "
    "workspace's of the same name.",
    "true"};

// An environment has the workspace's ways, and says what becomes of those that it does not name.
constexpr std::array<FieldSpec, 7> WithInherit(const std::array<FieldSpec, 6>& ways) {
  return {{ways[0], ways[1], ways[2], ways[3], ways[4], ways[5], kInheritField}};
}

constexpr std::array<FieldSpec, 7> kEnvironmentAssumedByFields = WithInherit(kAssumedByFields);
const RecordSpec kEnvironmentAssumedBy = {"assumedBy", "Who may assume the products' roles in this environment.",
                                          kEnvironmentAssumedByFields};

constexpr std::array<Choice, 2> kListings = {{
    {"exact", "a role lists only what it may read"},
    {"bucket", "a role lists all keys of the buckets that it may read from; an absent key answers 404"},
}};
constexpr std::array<Choice, 2> kExpiries = {{
    {"build", "the first build after the last day takes it away"},
    {"platform", "AWS ends it on the day as well, whether anybody builds or not"},
}};
constexpr std::array<Choice, 2> kWhenFull = {{
    {"refuse", "an error with the arithmetic"},
    {"access-grants", "the prefixes that the role reads become S3 Access Grants"},
}};
constexpr std::array<Choice, 2> kResourcePolicies = {{
    {"none", "dpc leaves the policies of buckets, keys and the catalog alone", " unmanaged false no off "},
    {"managed", "dpc owns them: they hold the owner's side of reads across accounts, and nothing else",
     " true yes on own owned manage "},
}};
const TypeSpec kGlueNameType = ScalarType(fields::kGlueName);
const TypeSpec kGlueNamesType = ListOf(kGlueNameType, true);
const std::array<FieldSpec, 2> kLakeFormationFields = {{
    {"allDatabases", &kFlagType, kOptional, "false", "Every Glue database.", "true"},
    {"databases", &kGlueNamesType, kOptional, "[]", "These Glue databases, as assets name them.", "[orders]"},
}};
const RecordSpec kLakeFormation = {
    "Lake Formation section",
    "Glue databases whose data Lake Formation guards: readers get its permissions instead of rights on files.",
    kLakeFormationFields};
constexpr std::array<Choice, 2> kLifecycles = {
    {{"spot", "cheaper, may be interrupted"}, {"on-demand", "not interrupted"}}};
const TypeSpec kLifecycleType = ChoiceType(kLifecycles);
const std::array<FieldSpec, 3> kConveyorFields = {{
    {"deletionProtection", &kFlagType, kOptional, "true", "Whether Conveyor refuses to delete the environment.",
     "true"},
    {"instanceLifecycle", &kLifecycleType, kOptional, "Conveyor's own", "What its instances are.", "on-demand"},
    {"cluster", &kTextType, kOptional, "Conveyor's own", "The id of the cluster.", "8a4d7c1e"},
}};
const RecordSpec kConveyor = {"Conveyor section", "The Conveyor environment of the same name.", kConveyorFields};

}  // namespace

const TypeSpec kAssumedByType = RecordType(kAssumedBy);
const TypeSpec kEnvironmentAssumedByType = RecordType(kEnvironmentAssumedBy);
const TypeSpec kListingType = ChoiceType(kListings);
const TypeSpec kQuotaType = {.shape = Shape::Integer, .minimum = 1, .maximum = 25};
// IAM and AWS STS quotas, AWS documentation, March 2026.
const TypeSpec kUserQuotaType = {.shape = Shape::Integer, .minimum = 1, .maximum = 20};
const TypeSpec kExpiryType = ChoiceType(kExpiries);
const TypeSpec kWhenFullType = ChoiceType(kWhenFull);
const TypeSpec kResourcePoliciesType = ChoiceType(kResourcePolicies);
const TypeSpec kLakeFormationType = RecordType(kLakeFormation);
const TypeSpec kTrustBytesType = {.shape = Shape::Integer, .minimum = 2048, .maximum = 8192};
const TypeSpec kDeploymentRoleType = ScalarType(fields::kRoleOrNone);
const TypeSpec kConveyorType = RecordType(kConveyor);

namespace {

// Names that were refused would leave an empty list, which means all: then it means nobody.
model::Beneficiaries LowerBeneficiaries(const Context& context, const RecordReader& accounts) {
  model::Beneficiaries out;
  out.products = context.NamesOf(accounts.GetTexts("products"));
  out.nobody = accounts.Has("products") && out.products.empty();
  out.but_services = ServicesOf(accounts, "exceptServices");
  return out;
}

}  // namespace

model::AssumedBy LowerAssumedBy(const Context& context, const RecordReader& aws) {
  model::AssumedBy out;
  const auto record = aws.GetRecord("assumedBy");
  if (!record) {
    return out;
  }
  out.declared = true;
  out.range = aws.KeyRange("assumedBy");
  if (const auto conveyor = record->GetRecord("conveyor")) {
    out.conveyor_issuer = context.NameOf(conveyor->GetText("issuer"));
    out.conveyor_audience = context.NameOf(conveyor->GetText("audience"));
  }
  if (const auto accounts = record->GetRecord("serviceAccounts")) {
    out.service_account_issuer = context.NameOf(accounts->GetText("issuer"));
    out.service_accounts = context.NamesOf(accounts->GetTexts("names"));
    out.service_account_audience = context.NameOf(accounts->GetText("audience"));
    out.service_accounts_for = LowerBeneficiaries(context, *accounts);
  }
  if (const auto pods = record->GetRecord("podIdentity")) {
    out.pod_identity_cluster = context.NameOf(pods->GetText("cluster"));
    out.pod_identity_accounts = context.NamesOf(pods->GetTexts("serviceAccounts"));
    out.pod_identity_for = LowerBeneficiaries(context, *pods);
  }
  if (const auto center = record->GetRecord("identityCenter")) {
    out.identity_center_region = context.NameOf(center->GetText("homeRegion"));
  }
  out.principals = context.NamesOf(record->GetTexts("principals"));
  out.whole_account = record->GetBoolean("wholeAccount").value_or(false);
  out.says_whole_account = record->Has("wholeAccount");
  out.whole_account_range = record->KeyRange("wholeAccount");
  return out;
}

model::LakeFormation LowerLakeFormation(const Context& context, const RecordReader& aws) {
  model::LakeFormation out;
  const auto record = aws.GetRecord("lakeFormation");
  if (!record) {
    return out;
  }
  out.declared = true;
  out.range = aws.KeyRange("lakeFormation");
  out.all_databases = record->GetBoolean("allDatabases").value_or(false);
  out.databases = context.NamesOf(record->GetTexts("databases"));
  if (record->IsSound() && !out.all_databases && !record->Has("databases")) {
    context.emitter.Report(kGuardsNothing, out.range)
        .Hint("name them, like `databases: [orders]`; or say `allDatabases: true`; or take `lakeFormation` away");
  }
  return out;
}

void LowerAwsDefaults(const Context& context, const RecordReader& aws, model::AwsSettings& settings) {
  settings.assumed_by = LowerAssumedBy(context, aws);
  const auto role = aws.GetText("deploymentRole");
  settings.deployment_role_ambient = role && role->text == "none";
  if (role && !settings.deployment_role_ambient) {
    settings.deployment_role = context.NameOf(*role);
  }
  if (const auto listing = aws.GetChoice("listing")) {
    settings.listing = *listing == 0 ? model::Listing::Exact : model::Listing::Bucket;
  }
  settings.managed_policies_per_user = aws.GetInteger("managedPoliciesPerUser");
  settings.managed_policies_per_role = aws.GetInteger("managedPoliciesPerRole");
  if (const auto expiry = aws.GetChoice("expiry")) {
    settings.expiry = static_cast<model::Expiry>(*expiry);
  }
  if (const auto when_full = aws.GetChoice("whenFull")) {
    settings.when_full = static_cast<model::WhenFull>(*when_full);
  }
  if (const auto policies = aws.GetChoice("resourcePolicies")) {
    settings.owns_resource_policies = *policies == 1;
  }
  settings.lake_formation = LowerLakeFormation(context, aws);
  settings.trust_policy_bytes = aws.GetInteger("trustPolicyBytes");
}

model::ConveyorSettings LowerConveyor(const Context& context, const RecordReader& record) {
  model::ConveyorSettings settings;
  const auto conveyor = record.GetRecord("conveyor");
  if (!conveyor) {
    return settings;
  }
  settings.declared = true;
  settings.range = record.KeyRange("conveyor");
  settings.deletion_protection = conveyor->GetBoolean("deletionProtection");
  settings.instance_lifecycle = context.NameOf(conveyor->GetText("instanceLifecycle"));
  settings.cluster = context.NameOf(conveyor->GetText("cluster"));
  return settings;
}

}  // namespace dpc::frontend::native
