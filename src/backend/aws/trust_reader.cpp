#include "backend/aws/trust_reader.h"

#include <algorithm>

#include "backend/aws/policy_reader.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

// "arn:aws:iam::111122223333:root" and "111122223333" are the same principal.
std::string AccountOrArn(const std::string& principal) {
  const auto fields = Split(principal, ':');
  const bool root = fields.size() == 6 && fields[0] == "arn" && fields[2] == "iam" && fields[5] == "root";
  return root ? std::string(fields[4]) : principal;
}

void AddPrincipal(std::string_view type, const std::string& name, StatementParts& parts) {
  parts.resources.push_back({PatternForm::Literal, std::string(type) + " " + AccountOrArn(name)});
}

std::string ReadPrincipals(const JsonNode& value, StatementParts& parts) {
  if (value.Is("*")) {
    AddPrincipal("AWS", "*", parts);
    return "";
  }
  if (!value.IsObject() || value.empty()) {
    return "`Principal`";
  }
  for (const auto& [type, names] : value.Members()) {
    const auto texts = OneOrMore(names);
    if (!texts || (type != "AWS" && type != "Federated" && type != "Service" && type != "CanonicalUser")) {
      return "the principal `" + std::string(type.substr(0, 100)) + "`";
    }
    for (const std::string& name : *texts) {
      AddPrincipal(type, name, parts);
    }
  }
  return "";
}

std::string ReadElement(std::string_view name, const JsonNode& value, StatementParts& parts) {
  if (name == "Sid" || name == "Effect") {
    return "";
  }
  if (name == "Principal") {
    return ReadPrincipals(value, parts);
  }
  if (name == "Action") {
    parts.actions = OneOrMore(value).value_or(std::vector<std::string>());
    const bool wild = std::any_of(parts.actions.begin(), parts.actions.end(), [](const std::string& action) {
      return action.find_first_of("*?$") != std::string::npos;
    });
    return parts.actions.empty() || wild ? "`Action`" : "";
  }
  return name == "Condition" ? ReadConditions(value, true, parts.conditions)
                             : "the element `" + std::string(name.substr(0, 200)) + "`";
}

std::string ReadTrust(const JsonNode& statement, bool variables, TrustExpansion& trust) {
  if (!statement.IsObject() || !statement.Has("Principal") || !statement.Has("Action")) {
    return "it has no `Principal` or no `Action`";
  }
  if (!variables && statement.HoldsText("${")) {
    return "`${` in a document without `Version` 2012-10-17";
  }
  const auto effect = statement.Find("Effect");
  if (!effect || (!effect->Is("Allow") && !effect->Is("Deny"))) {
    return "`Effect`";
  }
  StatementParts parts;
  for (const auto& [name, value] : statement.Members()) {
    if (std::string fault = ReadElement(name, value, parts); !fault.empty()) {
      return fault;
    }
  }
  return Multiply(parts, effect->Is("Allow") ? trust.allowed : trust.denied) ? "" : "too many combinations";
}

const Limit* FindLimit(const Permission& permission, std::string_view end) {
  const auto found = std::find_if(permission.limits.begin(), permission.limits.end(),
                                  [&](const Limit& limit) { return limit.key.ends_with(end); });
  return found == permission.limits.end() ? nullptr : &*found;
}

// "service account `S` of issuer `I`", with what is unusual about it.
std::string WebIdentity(const Permission& permission, const std::string& provider) {
  const std::size_t start = provider.find(":oidc-provider/");
  const std::string issuer = start == std::string::npos ? provider : provider.substr(start + 15);
  const Limit* subject = FindLimit(permission, ":sub");
  const Limit* audience = FindLimit(permission, ":aud");
  std::string text = subject == nullptr
                         ? "every identity of issuer `" + issuer + "`"
                         : "service account `" + PatternText(subject->value) + "` of issuer `" + issuer + "`";
  return text +
         (audience == nullptr ? " with a token for any audience" : " for `" + PatternText(audience->value) + "`");
}

// The part between "AWSReservedSSO_" and the 16 characters that Identity Center adds.
std::string PermissionSetOf(const Permission& permission) {
  constexpr std::string_view kMark = "/AWSReservedSSO_";
  const Limit* arn = FindLimit(permission, "aws:principalarn");
  const std::size_t start = arn == nullptr ? std::string::npos : arn->value.text.find(kMark);
  if (start == std::string::npos) {
    return "";
  }
  const std::string rest = arn->value.text.substr(start + kMark.size());
  constexpr std::string_view kSuffix = "_????????????????";
  return rest.ends_with(kSuffix) ? rest.substr(0, rest.size() - kSuffix.size()) : "";
}

std::string Who(const Permission& permission, const std::string& type, const std::string& name) {
  if (type == "Federated") {
    return WebIdentity(permission, name);
  }
  if (type == "Service") {
    return "service `" + name + "`";
  }
  if (const std::string set = PermissionSetOf(permission); type == "AWS" && !set.empty()) {
    return "permission set `" + set + "` of account " + name;
  }
  if (type == "AWS" && (name == "*" || IsDigits(name))) {
    return name == "*" ? "anybody in any account" : "anybody in account " + name;
  }
  return "`" + name + "`";
}

// Conditions that Who() has not told.
std::string When(const Permission& permission, const std::string& type) {
  std::vector<std::string> limits;
  for (const Limit& limit : permission.limits) {
    const bool told = type == "Federated" ? limit.key.ends_with(":sub") || limit.key.ends_with(":aud")
                                          : limit.key == "aws:principalarn" && !PermissionSetOf(permission).empty();
    if (!told) {
      limits.push_back("`" + limit.key + "` is like `" + PatternText(limit.value) + "`");
    }
  }
  return limits.empty() ? "" : " when " + Join(limits, " and ");
}

}  // namespace

TrustExpansion ExpandTrust(std::string_view document) {
  return ExpandTrust(ReadDocument(document));
}

TrustExpansion ExpandTrust(const DocumentParts& read) {
  TrustExpansion trust;
  trust.unknown = read.fault;
  for (std::size_t i = 0; i < read.statements.size() && trust.known(); ++i) {
    const std::string fault = ReadTrust(read.statements[i], read.variables, trust);
    if (!fault.empty()) {
      trust.unknown = "statement " + std::to_string(i + 1) + ": " + fault;
    }
  }
  return trust;
}

std::string TrustInWords(const Permission& permission, bool denied) {
  const std::size_t space = permission.resource.text.find(' ');
  const std::string type = permission.resource.text.substr(0, space);
  const std::string name = permission.resource.text.substr(space + 1);
  const bool assumes = LowerCase(permission.action).starts_with("sts:assumerole");
  return Who(permission, type, name) + (denied ? " may not " : " may ") +
         (assumes ? "assume it" : "use `" + permission.action + "` on it") + When(permission, type);
}

std::vector<std::string> TrustDifference(const TrustExpansion& changed, const TrustExpansion& known) {
  std::set<std::string> lines;
  const PermissionSet allowed(known.allowed);
  const PermissionSet denied(known.denied);
  for (const Permission& permission : Missing(changed.allowed, allowed)) {
    lines.insert(TrustInWords(permission, false));
  }
  for (const Permission& permission : Missing(changed.denied, denied)) {
    lines.insert(TrustInWords(permission, true));
  }
  return {lines.begin(), lines.end()};
}

}  // namespace dpc::backend::aws
