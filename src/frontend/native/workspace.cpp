// Workspace: what holds for the whole repository; conventionally in dpc.yaml at the root.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/text.h"
#include "frontend/native/diagnostics.h"
#include "frontend/native/native.h"
#include "frontend/native/policy_settings.h"
#include "model/naming.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kTemplateType = ScalarType(fields::kTemplate);
const TypeSpec kFolderType = ScalarType(fields::kFolder);
const TypeSpec kGlobType = ScalarType(fields::kGlob);
const TypeSpec kGlobsType = ListOf(kGlobType);

// A value may be twice as long as a key.
bool AcceptsTagValue(std::string_view text) {
  constexpr std::size_t kHalf = 128;
  const std::string_view rest = text.substr(std::min(kHalf, text.size()));
  return fields::kTagText.accepts(text.substr(0, kHalf)) && (rest.empty() || fields::kTagText.accepts(rest));
}

const fields::ScalarSpec kTagValue = {"tag value", "1 to 256 letters, digits, spaces and any of `_.:/=+@-`",
                                      "^[A-Za-z0-9_ .:/=+@-]{1,256}$", AcceptsTagValue};
const TypeSpec kTagType = ScalarType(kTagValue);
const TypeSpec kTagsType = MapOf(fields::kTagText, kTagType);
const TypeSpec kBucketType = ScalarType(fields::kBucketName);
const TypeSpec kRegionType = ScalarType(fields::kRegion);

const std::array<FieldSpec, 10> kNamingFields = {{
    {"prefix", &kNameType, kOptional, "the workspace's name", "The first part of generated names.", "acme"},
    {"account", &kNameType, kOptional, "the workspace's name", "A nickname of the account, for templates that use it.",
     "data-platform"},
    {"role", &kTemplateType, kOptional, "{prefix}-{product}-{environment}", "IAM roles.",
     "\"{prefix}-{product}-{environment}\""},
    {"policy", &kTemplateType, kOptional, "{prefix}-{product}-{environment}-{part}",
     "IAM policies; `{part}` tells those of one role apart.", "\"{prefix}-{product}-{environment}-{part}\""},
    {"user", &kTemplateType, kOptional, "{prefix}-{product}-{environment}", "IAM users.",
     "\"{prefix}-{product}-{environment}\""},
    {"workgroup", &kTemplateType, kOptional, "{prefix}-{product}-{environment}", "Athena workgroups.",
     "\"{prefix}-{product}-{environment}\""},
    {"glueDatabase", &kTemplateType, kOptional, "{prefix}_{environment}_{database}", "Glue databases.",
     "\"{prefix}_{environment}_{database}\""},
    {"resultsPath", &kTemplateType, kOptional, "athena/{product}", "Where Athena keeps results, in the default bucket.",
     "\"athena/{product}\""},
    {"parameterPath", &kTemplateType, kOptional, "data_product/{product}/{environment}",
     "Parameters in Systems Manager.", "\"data_product/{product}/{environment}\""},
    {"project", &kTemplateType, kOptional, "{product}", "Conveyor projects.", "\"{product}\""},
}};
const RecordSpec kNaming = {
    "naming",
    "Templates of generated names, with the holes `{prefix}` `{account}` `{product}` `{environment}` `{domain}`.",
    kNamingFields};
const TypeSpec kNamingType = RecordType(kNaming);

const std::array<FieldSpec, 10> kAwsFields = {{
    {"assumedBy", &kAssumedByType, kOptional, "nobody", "Who may assume the products' roles.",
     "{identityCenter: {homeRegion: eu-west-1}}"},
    {"deploymentRole", &kDeploymentRoleType, kOptional, "dpc-deployment",
     "The role that Terraform assumes in each account: a name or an ARN; `none` for the caller's own credentials.",
     "terraform"},
    {"listing", &kListingType, kOptional, "exact", "What a role may list.", "bucket"},
    {"managedPoliciesPerRole", &kQuotaType, kOptional, "10", "The account's quota.", "20"},
    {"managedPoliciesPerUser", &kUserQuotaType, kOptional, "10", "The account's quota for IAM users.", "20"},
    {"expiry", &kExpiryType, kOptional, "build", "Who ends access after the last day of an agreement.", "platform"},
    {"whenFull", &kWhenFullType, kOptional, "refuse", "What to do when a role's grants do not fit IAM's quotas.",
     "access-grants"},
    {"resourcePolicies", &kResourcePoliciesType, kOptional, "none",
     "Whether dpc owns the policies of buckets, keys and the catalog; reads across accounts need them.", "managed"},
    {"lakeFormation", &kLakeFormationType, kOptional, "none", "The databases that Lake Formation guards.",
     "{databases: [orders]}"},
    {"trustPolicyBytes", &kTrustBytesType, kOptional, "2048", "The account's quota on trust policies.", "4096"},
}};
const RecordSpec kAws = {"AWS section", "What holds for every environment that does not say otherwise.", kAwsFields};
const TypeSpec kAwsType = RecordType(kAws);

const std::array<FieldSpec, 3> kStateFields = {{
    {"bucket", &kBucketType, kRequired, "", "The S3 bucket of Terraform's state.", "acme-terraform"},
    {"region", &kRegionType, kRequired, "", "Its region.", "eu-west-1"},
    {"prefix", &kFolderType, kOptional, "", "In front of each root's key.", "dpc"},
}};
const RecordSpec kState = {"Terraform state", "Each root gets a key of its own.", kStateFields};
const TypeSpec kStateType = RecordType(kState);
const std::array<FieldSpec, 1> kTerraformFields = {{
    {"state", &kStateType, kOptional, "no backend block", "Where Terraform's state lies.",
     "{bucket: acme-terraform, region: eu-west-1}"},
}};
const RecordSpec kTerraform = {"Terraform section", "About the emitted roots.", kTerraformFields};
const TypeSpec kTerraformType = RecordType(kTerraform);

const std::array<FieldSpec, 15> kFields = {{
    kApiVersionField,
    kKindField,
    {"name", &kNameType, kRequired, "",
     "The repository's name; the prefix of generated names unless `naming` says otherwise.", "acme"},
    {"naming", &kNamingType, kOptional, "", "Templates of generated names.", "{prefix: acme}"},
    {"targets", &kSomeNamesType, kOptional, "[aws]", "The platforms that `dpc build` emits configuration for.",
     "[aws, conveyor]"},
    {"governance", &kTeamNameType, kOptional, "data-governance",
     "The team that may allow what no owner of data may: settings, environments, policies, waivers.", "data-office"},
    {"output", &kFolderType, kOptional, "generated", "The folder that `dpc build` writes.", "generated"},
    {"keep", &kGlobsType, kOptional, "whatever lies there",
     "Files of yours in that folder, relative to it: `*`, `**` and `?`. With this list `dpc build` refuses any other. "
     "Below "
     "`terraform` it keeps nothing.",
     "[README.md, \"docs/**\"]"},
    {"tags", &kTagsType, kOptional, "{}", "Tags of everything that is created in AWS.", "{cost-center: data}"},
    {"exclude", &kGlobsType, kOptional, "[]", "YAML files that are not declarations: `*`, `**` and `?`.",
     "[\"charts/**\"]"},
    {"repository", &kUrlType, kOptional, "", "The URL of this repository.", "\"https://git.acme.example/data\""},
    {"aws", &kAwsType, kOptional, "", "AWS settings of every environment.", "{listing: exact}"},
    {"conveyor", &kConveyorType, kOptional, "", "Conveyor settings of every environment.",
     "{deletionProtection: true}"},
    {"terraform", &kTerraformType, kOptional, "", "About the emitted Terraform.",
     "{state: {bucket: acme-terraform, region: eu-west-1}}"},
    {"policies", &kPoliciesType, kOptional, "", "Which policies judge the repository, and how.", "{packs: [builtin]}"},
}};
const RecordSpec kRecord = {"Workspace",
                            "What holds for the whole repository: names, targets, defaults. At most one, "
                            "conventionally in `dpc.yaml` at the root.",
                            kFields};

const fields::KindSpec kSpec = {"native", "dpc/v1", "Workspace", &kRecord,
                                "apiVersion: dpc/v1\nkind: Workspace\nname: acme\ntargets: [aws, conveyor]\n"
                                "aws:\n  assumedBy:\n    identityCenter: {homeRegion: eu-west-1}\n"};

// The holes of `text` that are none: "did you mean `{environment}`?".
std::string HoleHint(std::string_view text, const std::vector<std::string_view>& holes) {
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    const std::string_view hole = text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
    if (close == std::string_view::npos) {
      return "close the brace behind `" + std::string(hole) + "`";
    }
    if (std::find(holes.begin(), holes.end(), hole) != holes.end()) {
      continue;
    }
    const auto begun = std::find_if(holes.begin(), holes.end(),
                                    [&](std::string_view known) { return !hole.empty() && known.starts_with(hole); });
    const auto nearest = begun != holes.end() ? std::optional(std::string(*begun)) : NearestName(hole, holes);
    return nearest ? "did you mean `{" + *nearest + "}`?" : "take `{" + std::string(hole) + "}` out";
  }
  return "a brace stands alone: take it out";
}

// A template may use the common holes and those of its own resource. Without a `needed` one, all names would be one.
void CheckTemplate(const Context& context, const RecordReader& naming, std::string_view field, std::string& target,
                   const std::vector<std::string_view>& holes, const std::vector<std::string_view>& needed) {
  const auto text = naming.GetText(field);
  if (!text) {
    return;
  }
  std::vector<model::NamingValue> values;
  std::string list;
  for (const std::string_view hole : holes) {
    values.emplace_back(hole, "x");
    list += (list.empty() ? "`{" : ", `{") + std::string(hole) + "}`";
  }
  if (!model::FillTemplate(text->text, values)) {
    context.emitter.Report(kUnknownHole, text->range, field, text->text, list).Hint(HoleHint(text->text, holes));
    return;
  }
  for (const std::string_view hole : needed) {
    if (text->text.find("{" + std::string(hole) + "}") == std::string_view::npos) {
      context.emitter.Report(kMissingHole, text->range, field, text->text, hole)
          .Hint("write `" + std::string(text->text) + "-{" + std::string(hole) + "}`, or put it where it belongs");
      return;
    }
  }
  target = text->text;
}

void LowerNaming(const Context& context, const RecordReader& naming, model::Naming& out) {
  out.prefix = context.NameOf(naming.GetText("prefix"));
  out.account = context.NameOf(naming.GetText("account"));
  const std::vector<std::string_view> common = {"prefix", "account", "product", "environment", "domain"};
  std::vector<std::string_view> policy = common;
  policy.emplace_back("part");
  CheckTemplate(context, naming, "role", out.role, common, {"product"});
  CheckTemplate(context, naming, "policy", out.policy, policy, {"product", "part"});
  CheckTemplate(context, naming, "user", out.user, common, {"product"});
  CheckTemplate(context, naming, "workgroup", out.workgroup, common, {"product"});
  CheckTemplate(context, naming, "glueDatabase", out.glue_database, {"prefix", "account", "environment", "database"},
                {"database"});
  CheckTemplate(context, naming, "resultsPath", out.results_path, common, {"product"});
  CheckTemplate(context, naming, "parameterPath", out.parameter_path, common, {"product"});
  CheckTemplate(context, naming, "project", out.project, {"prefix", "account", "product"}, {"product"});
}

// What AWS refuses of tags, so that an apply does not.
void CheckTags(const Context& context, model::Settings tags) {
  constexpr std::size_t kMost = 50;
  std::map<std::string, model::Name> known;
  for (const model::SettingId id : tags) {
    const model::Name& key = context.model.settings[id].key;
    const std::string folded = LowerCase(context.model.Text(key));
    const auto [other, added] = known.try_emplace(folded, key);
    if (!added) {
      context.emitter.Report(kTagRefused, key.range, context.model.Text(key), "another key differs in case only")
          .Label(other->second.range, "the other one")
          .Hint("take one of them away");
    } else if (folded.starts_with("aws:")) {
      context.emitter
          .Report(kTagRefused, key.range, context.model.Text(key), "keys that begin with `aws:` are AWS's own")
          .Hint("choose a key without `aws:`");
    } else if (const model::Name& value = context.model.settings[id].value;
               LowerCase(context.model.Text(value)).starts_with("aws:")) {
      context.emitter
          .Report(kTagRefused, value.range, context.model.Text(key), "values that begin with `aws:` are AWS's own")
          .Hint("choose a value without `aws:`");
    } else if (known.size() == kMost + 1) {
      context.emitter.Report(kTagRefused, key.range, context.model.Text(key), "a resource has at most 50 tags")
          .Hint("take tags away until 50 are left");
    }
  }
}

void Lower(Context& context, const RecordReader& record) {
  model::Workspace& out = context.model.workspace;
  if (out.declared) {
    context.emitter.Report(kSecondWorkspace, context.range)
        .Label(out.range, "the first one")
        .Hint("move what it says into the first one, and delete it");
    return;
  }
  const bool at_root = context.file_path == "dpc.yaml" || context.file_path == "dpc.yml";
  for (const std::string_view field : {"exclude", "output"}) {
    if (!at_root && record.Has(field)) {
      context.emitter.Report(kOnlyAtRoot, record.KeyRange(field), field)
          .Hint("move the Workspace to `dpc.yaml` at the root");
    }
  }
  out.declared = true;
  out.poisoned = context.poisoned;
  out.range = context.range;
  out.name = context.NameOf(record.GetText("name"));
  if (const auto naming = record.GetRecord("naming")) {
    LowerNaming(context, *naming, out.naming);
  }
  out.targets = context.NamesOf(record.GetTexts("targets"));
  out.governance = context.NameOf(record.GetText("governance"));
  out.output = context.NameOf(record.GetText("output"));
  out.keep_declared = record.Has("keep");
  out.keep = context.NamesOf(record.GetTexts("keep"));
  out.tags = context.SettingsOf(record.GetTextMap("tags"));
  CheckTags(context, out.tags);
  out.exclude = context.NamesOf(record.GetTexts("exclude"));
  out.repository = context.NameOf(record.GetText("repository"));
  if (const auto aws = record.GetRecord("aws")) {
    LowerAwsDefaults(context, *aws, out.aws);
  }
  out.conveyor = LowerConveyor(context, record);
  out.policies = LowerPolicySettings(context, record);
  const auto terraform = record.GetRecord("terraform");
  if (const auto state = terraform ? terraform->GetRecord("state") : std::nullopt) {
    out.terraform.state_bucket = context.NameOf(state->GetText("bucket"));
    out.terraform.state_region = context.NameOf(state->GetText("region"));
    out.terraform.state_prefix = context.PathOf(state->GetText("prefix"));
  }
}

}  // namespace

const Kind kWorkspace = {&kSpec, Lower};

}  // namespace dpc::frontend::native
