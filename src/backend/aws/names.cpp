#include "backend/aws/names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "backend/aws/diagnostics.h"
#include "backend/naming.h"
#include "base/text.h"
#include "model/naming.h"

namespace dpc::backend::aws {

// Sources: IAM API reference (CreateRole, CreateUser, CreatePolicy), Athena API reference (CreateWorkGroup), Athena
// user guide (names for databases), Systems Manager API reference (PutParameter); see reference/iam.md section a.
const NameRule kRoleName = {"IAM", 64, "_+=,.@-", "letters, digits and `_+=,.@-`", true};
const NameRule kPolicyName = {"IAM", 128, "_+=,.@-", "letters, digits and `_+=,.@-`", true};
const NameRule kWorkgroupName = {"Athena", 128, "._-", "letters, digits and `._-`", false};
const NameRule kGlueDatabaseName = {"Glue", 255, "_-", "lower-case letters, digits, `_` and `-`", true};
const NameRule kParameterPath = {"Systems Manager", 900, "_.-/", "letters, digits and `_.-/`", false};
const NameRule kResultsPath = {"S3", 900, "_.-/=+@,", "letters, digits and `_.-/=+@,`", false};

namespace {

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The first code point that the rule does not take; "" when all are taken.
std::string_view Refused(std::string_view name, const NameRule& rule) {
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!IsLetterOrDigit(name[at]) && rule.characters.find(name[at]) == std::string_view::npos) {
      return name.substr(at, std::max<std::size_t>(1, DecodeUtf8(name, at).size));
    }
  }
  return "";
}

}  // namespace

Naming::Naming(const Input& input, model::EnvironmentId environment, Once& once, Emitter& emitter)
    : input_(input), environment_(environment), once_(once), emitter_(emitter) {}

std::string Naming::Role(model::ProductId product) {
  return Fill(product, input_.model.workspace.naming.role, "the role", "", "", kRoleName);
}

std::string Naming::User(model::ProductId product) {
  return Fill(product, input_.model.workspace.naming.user, "the user", "", "", kRoleName);
}

std::string Naming::Policy(model::ProductId product, std::string_view part) {
  return Fill(product, input_.model.workspace.naming.policy, "a policy", "part", part, kPolicyName);
}

std::string Naming::Workgroup(model::ProductId product) {
  return Fill(product, input_.model.workspace.naming.workgroup, "the workgroup", "", "", kWorkgroupName);
}

std::string Naming::ResultsPath(model::ProductId product) {
  return Fill(product, input_.model.workspace.naming.results_path, "the results path", "", "", kResultsPath);
}

std::string Naming::ParameterPath(model::ProductId product) {
  return Fill(product, input_.model.workspace.naming.parameter_path, "the parameter path", "", "", kParameterPath);
}

std::string Naming::Fill(model::ProductId product, const std::string& template_text, std::string_view sort,
                         std::string_view own_hole, std::string_view own_value, const NameRule& rule) {
  const model::Model& m = input_.model;
  const model::Product& row = m.products[product];
  const std::string_view environment = m.Text(m.environments[environment_].name);
  const bool has_domain = input_.resolved.product_domain[product.index()].has_value();
  if (!has_domain && template_text.find("{domain}") != std::string::npos) {
    emitter_.Report(kNoDomainForTemplate, row.name.range, template_text, sort, m.Text(row.name))
        .Label(m.workspace.range, "the workspace's templates");
    return "";
  }
  const auto name = FillForProduct(input_, template_text, product, environment, {own_hole, own_value});
  if (!name) {
    emitter_.Report(kUnknownTemplateHole, m.workspace.range, template_text, sort);
    return "";
  }
  return Check({sort, " of `", m.Text(row.name), environment}, *name, rule, row.name.range, sort) ? *name : "";
}

// A segment of dots would lead out of the folder, an empty one is another key than it seems.
static bool HasOddSegment(const std::string& name, const NameRule& rule) {
  if (rule.characters.find('/') == std::string_view::npos) {
    return false;
  }
  const auto segments = Split(name, '/');
  return std::any_of(segments.begin(), segments.end(),
                     [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

// What the service keeps for itself, in words; "" when the name is free. Sources: Systems Manager user guide,
// "requirements and constraints for parameter names"; IAM user guide, service-linked roles and roles of Identity
// Center; Athena user guide, workgroups; the schema that each catalog of Athena has.
static std::string_view Reserved(const std::string& name, const NameRule& rule) {
  if (&rule == &kPolicyName) {
    return "";
  }
  const std::string folded = LowerCase(name);
  if (&rule == &kRoleName && (folded.starts_with("awsreservedsso_") || folded.starts_with("awsservicerolefor"))) {
    return "names that begin like this are for roles that AWS makes";
  }
  if (&rule == &kWorkgroupName && folded == "primary") {
    return "the workgroup `primary` is in every account already";
  }
  if (&rule == &kParameterPath && (folded.starts_with("aws") || folded.starts_with("ssm"))) {
    return "no parameter begins with `aws` or `ssm`, in whatever case";
  }
  if (&rule == &kGlueDatabaseName && folded == "information_schema") {
    return "Athena has a schema of that name in every catalog";
  }
  return "";
}

std::string Naming::Subject::Text() const {
  std::string text(sort);
  text += joint;
  text += name;
  text += "` in ";
  return text += environment;
}

bool Naming::Check(const Subject& subject, const std::string& name, const NameRule& rule, Range range,
                   std::string_view sort) {
  const std::string_view refused = Refused(name, rule);
  const bool odd = HasOddSegment(name, rule);
  const std::string_view reserved = Reserved(name, rule);
  if (refused.empty() && !odd && name.size() <= rule.longest && reserved.empty()) {
    return true;
  }
  if (!once_(sort, range)) {
    return false;
  }
  const std::string what = subject.Text();
  if (!reserved.empty()) {
    emitter_.Report(kReservedName, range, what, name, rule.service, reserved)
        .Hint("rename it, or change its template under `naming` in dpc.yaml");
  } else if (odd) {
    emitter_.Report(kNameSegment, range, what, name);
  } else if (!refused.empty()) {
    emitter_.Report(kNameCharacter, range, what, name, rule.service, refused, rule.takes);
  } else {
    emitter_.Report(kNameTooLong, range, what, name, name.size(), rule.service, rule.longest)
        .Hint("shorten it by " + Plural(name.size() - rule.longest, "character") +
              ", or change the template in dpc.yaml");
  }
  return false;
}

std::string Naming::GlueDatabase(model::AssetId asset, model::EnvironmentId environment) const {
  const model::Model& m = input_.model;
  const model::Asset& row = m.assets[asset];
  const std::array<model::NamingValue, 4> values = {{
      {"prefix", m.Text(m.workspace.naming.prefix)},
      {"account", m.Text(m.workspace.naming.account)},
      {"environment", m.Text(m.environments[environment].name)},
      {"database", m.Text(row.database)},
  }};
  const std::string name = model::FillTemplate(m.workspace.naming.glue_database, values).value_or("");
  // Athena and Glue ignore case: the name is emitted as they store it.
  return LowerCase(row.schema.has_value() ? name + "__" + std::string(m.Text(row.schema)) : name);
}

bool Naming::CheckGlueDatabase(model::AssetId asset, const std::string& name) {
  const model::Model& m = input_.model;
  const model::Asset& row = m.assets[asset];
  if (name.empty()) {
    emitter_.Report(kUnknownTemplateHole, m.workspace.range, m.workspace.naming.glue_database, "a Glue database");
    return false;
  }
  return Check({"the Glue database", " `", m.Text(row.database), m.Text(m.environments[environment_].name)}, name,
               kGlueDatabaseName, row.database.range, "a Glue database");
}

// Why it is awkward; "" when it is not. Source: Athena user guide, "Name databases, tables, and columns".
static std::string_view Awkward(std::string_view name) {
  if (name.find('-') != std::string_view::npos) {
    return "it holds `-`";
  }
  return !name.empty() && name.front() >= '0' && name.front() <= '9' ? "it begins with a digit" : "";
}

void Naming::CheckForAthena(model::AssetId asset, const std::string& name) {
  const model::Model& m = input_.model;
  const model::Asset& row = m.assets[asset];
  if (Awkward(name).empty()) {
    return;
  }
  Range range = m.workspace.range;
  const auto blame = [&](const model::Name& part, std::string_view hole) {
    const bool holds = m.Text(part).find('-') != std::string_view::npos &&
                       m.workspace.naming.glue_database.find(hole) != std::string::npos;
    range = holds && part.range.has_value() ? part.range : range;
  };
  blame(m.workspace.naming.account, "{account}");
  blame(m.workspace.naming.prefix, "{prefix}");
  blame(m.environments[environment_].name, "{environment}");
  blame(row.schema, "");
  blame(row.database, "{database}");
  if (!range.has_value()) {
    range = row.database.range;
  }
  if (once_("Athena", range)) {
    emitter_.Report(kAwkwardInAthena, range, "a Glue database", name, Awkward(name));
  }
}

static std::string TextOf(const NameRegister::Owner& owner) {
  std::string text;
  for (const std::string_view piece : owner) {
    text += piece;
  }
  return text;
}

const NameRegister::Holder* NameRegister::Hold(std::string_view account, std::string_view sort, std::string_view name,
                                               const Holder& holder) {
  key_ = sort == kResultsSort ? "" : account;
  key_ += '\n';
  key_ += sort;
  key_ += '\n';
  key_ += name;
  const Symbol key = keys_.Intern(key_);
  if (key.index() < holders_.size()) {
    return &holders_[key.index()];
  }
  holders_.push_back(holder);
  return nullptr;
}

std::optional<Range> NameRegister::Take(std::string_view account, std::string_view sort, std::string_view name,
                                        Range range) {
  const Holder* other = Hold(account, sort, name, Holder{{}, range, {}});
  return other == nullptr ? std::nullopt : std::optional(other->range);
}

bool NameRegister::Claim(std::string_view account, std::string_view sort, std::string_view name, const Owner& owner,
                         Range range, bool ignores_case, model::ProductId product) {
  const Holder* other =
      Hold(account, sort, ignores_case ? std::string_view(LowerCase(name)) : name, Holder{owner, range, product});
  if (other == nullptr) {
    return true;
  }
  const Holder& holder = *other;
  if (!product.has_value() || holder.product != product) {
    emitter_.Report(kNameCollision, range, TextOf(holder.owner), TextOf(owner), name, account)
        .Label(holder.range, "the other one");
  } else if (blamed_.emplace(sort).second) {
    emitter_.Report(kTemplateWithoutEnvironment, range, TextOf(holder.owner), TextOf(owner), name, account)
        .Hint("put `{environment}` into its template under `naming` in dpc.yaml");
  }
  return false;
}

}  // namespace dpc::backend::aws
