#include "backend/aws/account_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "json/json.h"

namespace dpc::backend::aws {
namespace {

// A part of the file that is not as IAM writes it; caught in this file.
struct Fault {
  std::string what;
};

// A place in the file, for messages: "RoleDetailList[3].Arn".
const Json& Field(const Json& object, const std::string& name, const std::string& place) {
  if (!object.is_object() || !object.contains(name)) {
    throw Fault{place + " has no `" + name + "`"};
  }
  return object[name];
}

std::string TextField(const Json& object, const std::string& name, const std::string& place) {
  const Json& value = Field(object, name, place);
  if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
    throw Fault{place + "." + name + " is not a text"};
  }
  return value.get<std::string>();
}

// An absent list is an empty one, except at the top of the file.
const Json& ListField(const Json& object, const std::string& name, const std::string& place) {
  static const Json kNone = Json::array();
  if (!object.is_object() || !object.contains(name)) {
    return kNone;
  }
  if (!object[name].is_array()) {
    throw Fault{place + "." + name + " is not a list"};
  }
  return object[name];
}

std::string At(const std::string& list, std::size_t index) {
  return list + "[" + std::to_string(index) + "]";
}

// The document's text, whichever way it is written.
std::string DocumentField(const Json& object, const std::string& name, const std::string& place) {
  const Json& value = Field(object, name, place);
  return value.is_string() ? value.get<std::string>() : CompactJson(value);
}

std::vector<NamedDocument> Inlines(const Json& entity, const std::string& list, const std::string& place) {
  std::vector<NamedDocument> inlines;
  const Json& rows = ListField(entity, list, place);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string at = place + "." + At(list, i);
    inlines.push_back({TextField(rows[i], "PolicyName", at), DocumentField(rows[i], "PolicyDocument", at)});
  }
  std::sort(inlines.begin(), inlines.end(),
            [](const NamedDocument& left, const NamedDocument& right) { return left.name < right.name; });
  return inlines;
}

std::vector<std::string> Attached(const Json& entity, const std::string& place) {
  std::vector<std::string> arns;
  const Json& rows = ListField(entity, "AttachedManagedPolicies", place);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    arns.push_back(TextField(rows[i], "PolicyArn", place + "." + At("AttachedManagedPolicies", i)));
  }
  std::sort(arns.begin(), arns.end());
  return arns;
}

std::vector<std::string> Groups(const Json& entity, const std::string& place) {
  std::vector<std::string> groups;
  for (const Json& group : ListField(entity, "GroupList", place)) {
    if (!group.is_string()) {
      throw Fault{place + ".GroupList holds what is not a text"};
    }
    groups.push_back(group.get<std::string>());
  }
  return groups;
}

std::string Boundary(const Json& entity, const std::string& place) {
  const bool present = entity.contains("PermissionsBoundary") && !entity["PermissionsBoundary"].is_null();
  return present ? TextField(entity["PermissionsBoundary"], "PermissionsBoundaryArn", place + ".PermissionsBoundary")
                 : "";
}

struct Shape {
  std::string list;     // "RoleDetailList"
  std::string name;     // "RoleName"
  std::string inlines;  // "RolePolicyList"
  bool trust;
};

std::vector<Identity> Identities(const Json& file, const Shape& shape) {
  Field(file, shape.list, "the file");
  const Json& rows = ListField(file, shape.list, "the file");
  std::vector<Identity> identities;
  std::set<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string place = At(shape.list, i);
    Identity identity;
    identity.name = TextField(rows[i], shape.name, place);
    identity.arn = TextField(rows[i], "Arn", place);
    identity.trust = shape.trust ? DocumentField(rows[i], "AssumeRolePolicyDocument", place) : "";
    identity.inlines = Inlines(rows[i], shape.inlines, place);
    identity.attached = Attached(rows[i], place);
    identity.groups = Groups(rows[i], place);
    identity.boundary = Boundary(rows[i], place);
    if (!names.insert(LowerCase(identity.name)).second) {
      throw Fault{place + " repeats the name of another one"};
    }
    identities.push_back(std::move(identity));
  }
  std::sort(identities.begin(), identities.end(),
            [](const Identity& left, const Identity& right) { return left.name < right.name; });
  return identities;
}

// The file says in two places which version holds; where they differ, none does.
bool IsDefault(const Json& policy, const Json& version) {
  const bool flagged =
      version.is_object() && version.contains("IsDefaultVersion") && version["IsDefaultVersion"] == true;
  return flagged && (!policy.contains("DefaultVersionId") || !version.contains("VersionId") ||
                     policy["DefaultVersionId"] == version["VersionId"]);
}

// A policy without a default version has no entry: whoever it is attached to is unknown.
void ReadPolicies(const Json& file, AccountFile& account) {
  Field(file, "Policies", "the file");
  const Json& rows = ListField(file, "Policies", "the file");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string place = At("Policies", i);
    const std::string arn = TextField(rows[i], "Arn", place);
    for (const Json& version : ListField(rows[i], "PolicyVersionList", place)) {
      if (IsDefault(rows[i], version) && version.contains("Document") &&
          !account.policies.emplace(arn, DocumentField(version, "Document", place)).second) {
        throw Fault{place + " is there twice, or has two default versions"};
      }
    }
  }
}

// IAM answers in pages; the CLI joins them unless `--max-items` cuts it short.
void RefusePart(const Json& file) {
  const bool truncated = file.contains("IsTruncated") && file["IsTruncated"] != false;
  if (truncated || file.contains("NextToken") || file.contains("Marker")) {
    throw Fault{"it is one page of a longer answer, so nothing can be called missing"};
  }
}

std::string AccountOf(const AccountFile& file) {
  std::string account;
  for (const std::vector<Identity>* list : {&file.roles, &file.users, &file.groups}) {
    for (const Identity& identity : *list) {
      const auto fields = Split(identity.arn, ':');
      if (fields.size() < 6 || fields[2] != "iam" || fields[4].size() != 12 || !IsDigits(fields[4])) {
        throw Fault{"`" + identity.arn.substr(0, 200) + "` is not the ARN of a role, user or group"};
      }
      if (!account.empty() && account != fields[4]) {
        throw Fault{"it holds ARNs of the accounts " + account + " and " + std::string(fields[4])};
      }
      account = fields[4];
    }
  }
  if (account.empty()) {
    throw Fault{"it holds no role, user or group that would tell its account"};
  }
  return account;
}

}  // namespace

std::optional<AccountFile> ReadAccountFile(std::string_view text, std::string& fault) {
  const auto file = ParseForeignJson(text);
  if (!file || !file->is_object()) {
    fault = "it is no JSON object, or one with a key twice";
    return std::nullopt;
  }
  try {
    RefusePart(*file);
    AccountFile account;
    account.roles = Identities(*file, {"RoleDetailList", "RoleName", "RolePolicyList", true});
    account.users = Identities(*file, {"UserDetailList", "UserName", "UserPolicyList", false});
    account.groups = Identities(*file, {"GroupDetailList", "GroupName", "GroupPolicyList", false});
    ReadPolicies(*file, account);
    account.account = AccountOf(account);
    return account;
  } catch (const Fault& found) {
    fault = found.what;
    return std::nullopt;
  }
}

std::string NameOfArn(std::string_view arn) {
  return std::string(arn.substr(arn.rfind('/') + 1));
}

}  // namespace dpc::backend::aws
