// The owner's side of reads across accounts: every role and user that a bucket, key or catalog policy names may do
// there what it was granted, and nobody else is named.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "backend/aws/proof_parts.h"
#include "backend/aws/prove.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

// iam.md section a: S3 20 KB, KMS 32,768, Glue 10 KB.
std::size_t QuotaOf(ResourcePolicyKind kind) {
  switch (kind) {
    case ResourcePolicyKind::Bucket:
      return 20480;
    case ResourcePolicyKind::Key:
      return 32768;
    case ResourcePolicyKind::Catalog:
      break;
  }
  return 10240;
}

// KMS's default key policy: the key's own account decides through its IAM policies.
bool IsAccountDecides(const ResourcePolicy& policy, const Json& statement) {
  const auto fields = Split(policy.resource, ':');
  const std::string root = "arn:" + std::string(fields.at(1)) + ":iam::" + std::string(fields.at(4)) + ":root";
  return statement ==
         Json{{"Effect", "Allow"}, {"Principal", Json{{"AWS", root}}}, {"Action", "kms:*"}, {"Resource", "*"}};
}

// The names in a principal: a text or a list of texts; nothing for anything else.
std::vector<std::string> NamesIn(const Json& principal) {
  if (principal.is_string()) {
    return {principal.get<std::string>()};
  }
  std::vector<std::string> names;
  for (const Json& name : principal.is_array() ? principal : Json::array()) {
    if (!name.is_string()) {
      return {};
    }
    names.push_back(name.get<std::string>());
  }
  return names;
}

using ByRole = std::map<std::string, std::vector<Permission>>;

class PolicyProof {
 public:
  explicit PolicyProof(const ResourcePolicy& policy)
      : policy_(policy), prover_("the policy of `" + policy.resource + "`") {}

  Proof Run() {
    Json document = prover_.CheckedDocument("it", policy_.text, QuotaOf(policy_.kind));
    bool account_decides = false;
    for (const Json& statement : document["Statement"]) {
      ++proof_.statements;
      const bool decides = policy_.kind == ResourcePolicyKind::Key && IsAccountDecides(policy_, statement);
      account_decides = account_decides || decides;
      if (!decides) {
        Read(statement);
      }
    }
    if (policy_.kind == ResourcePolicyKind::Key && !account_decides) {
      prover_.Fail("the key's own account is shut out");
    }
    CompareAll();
    proof_.documents = 1;
    return proof_;
  }

 private:
  void Read(Json statement) {
    const Json principal = statement.contains("Principal") ? statement["Principal"] : Json();
    const auto roles = principal.is_object() && principal.size() == 1 && principal.contains("AWS")
                           ? NamesIn(principal["AWS"])
                           : std::vector<std::string>();
    if (roles.empty()) {
      prover_.Fail("it names somebody else than roles and users");
    }
    statement.erase("Principal");
    std::vector<Permission> permissions;
    prover_.Take(Expand(CompactJson(DocumentJson(Json::array({statement})))), "it", permissions);
    for (Permission& permission : permissions) {
      // In a key policy `*` is the key itself.
      if (policy_.kind == ResourcePolicyKind::Key && PatternText(permission.resource) == "*") {
        permission.resource = {PatternForm::Literal, policy_.resource};
      }
    }
    for (const std::string& role : roles) {
      auto& all = emitted_[role];
      all.insert(all.end(), permissions.begin(), permissions.end());
    }
  }

  void CompareAll() {
    for (const auto& [role, items] : policy_.asked) {
      for (const AskedItem& item : items) {
        prover_.Take(Expand(item), "what was asked for", asked_[role]);
      }
    }
    std::set<std::string> roles;
    for (const ByRole* side : {&asked_, &emitted_}) {
      for (const auto& [role, permissions] : *side) {
        roles.insert(role);
      }
    }
    for (const std::string& role : roles) {
      Prover("the policy of `" + policy_.resource + "` for `" + role + "`").Compare(asked_[role], emitted_[role]);
      proof_.asked += asked_[role].size();
      proof_.emitted += emitted_[role].size();
    }
    proof_.comparisons = proof_.asked + proof_.emitted;
  }

  const ResourcePolicy& policy_;
  Prover prover_;
  ByRole asked_;
  ByRole emitted_;
  Proof proof_;
};

}  // namespace

Proof Prove(const ResourcePolicy& policy) {
  return PolicyProof(policy).Run();
}

}  // namespace dpc::backend::aws
