#include "backend/aws/prove.h"

#include <mutex>

#include "backend/aws/numbered.h"
#include "backend/aws/proof_parts.h"
#include "backend/aws/trust_reader.h"
#include "base/parallel.h"

namespace dpc::backend::aws {
namespace {

// IAM quotas, AWS documentation, March 2026; the proof counts for itself. A trust policy may be raised to this size.
constexpr std::size_t kManagedBytes = 6144;
constexpr std::size_t kInlineBytes = 10240;
constexpr std::size_t kLargestTrustBytes = 8192;

// Proves one role, with permissions as numbers.
class RoleProof {
 public:
  explicit RoleProof(const RolePlan& role) : role_(role), prover_("role `" + role.name + "`") {}

  Proof Run() {
    for (const PolicyDocument& document : role_.managed) {
      Read(document, kManagedBytes);
    }
    if (role_.inline_policy) {
      Read(*role_.inline_policy, kInlineBytes);
    }
    ReadTrust();
    for (const AskedItem& item : role_.asked) {
      StatementParts parts;
      const std::string fault = ReadAsked(item.key, item.item, parts);
      Take(fault, parts, "what was asked for", asked_);
    }
    Covered(asked_, emitted_, "does not allow");
    Covered(emitted_, asked_, "allows, unasked,");
    proof_.roles = 1;
    proof_.asked = asked_.size();
    proof_.emitted = emitted_.size();
    proof_.comparisons = asked_.size() + emitted_.size();
    return proof_;
  }

 private:
  using Permissions = std::vector<NumberedPermission>;

  void Read(const PolicyDocument& policy, std::size_t quota) {
    const std::string what = "policy `" + policy.name + "`";
    const DocumentParts document = prover_.Read(what, policy.text, quota);
    if (!document.fault.empty()) {
      Outside(what, document.fault);
    }
    ++proof_.documents;
    Permissions permissions;
    for (std::size_t i = 0; i < document.statements.size(); ++i) {
      ++proof_.statements;
      StatementParts parts;
      const std::string fault = ReadStatement(document.statements[i], document.variables, parts);
      Take(fault.empty() ? "" : "statement " + std::to_string(i + 1) + ": " + fault, parts, what, permissions);
    }
    emitted_.insert(emitted_.end(), permissions.begin(), permissions.end());
  }

  void ReadTrust() {
    const std::string what = "the trust policy";
    const TrustExpansion trust = ExpandTrust(prover_.Read(what, role_.trust, kLargestTrustBytes));
    if (!trust.known()) {
      Outside(what, trust.unknown);
    }
    ++proof_.documents;
  }

  void Take(const std::string& fault, const StatementParts& parts, const std::string& what, Permissions& all) {
    if (!fault.empty()) {
      Outside(what, fault);
    }
    if (!numbers_.Add(parts, all)) {
      Outside(what, std::string(kTooMany));
    }
  }

  [[noreturn]] void Outside(const std::string& what, const std::string& why) const {
    prover_.Fail(what + " is outside of what dpc emits: " + why);
  }

  void Covered(const Permissions& wanted, const Permissions& given, std::string_view verb) const {
    const std::vector<Permission> missing = numbers_.Missing(wanted, given);
    if (!missing.empty()) {
      prover_.Fail("it " + std::string(verb) + " " + Describe(missing.front()));
    }
  }

  const RolePlan& role_;
  Prover prover_;
  PermissionNumbers numbers_;
  Permissions asked_;
  Permissions emitted_;
  Proof proof_;
};

}  // namespace

Proof& Proof::operator+=(const Proof& other) {
  roles += other.roles;
  documents += other.documents;
  statements += other.statements;
  asked += other.asked;
  emitted += other.emitted;
  comparisons += other.comparisons;
  return *this;
}

Proof Prove(const RolePlan& role) {
  return RoleProof(role).Run();
}

static Proof ProveRoles(const std::vector<RolePlan>& roles, unsigned threads) {
  constexpr std::size_t kPortion = 16;
  Portions portions(roles.size(), kPortion);
  std::mutex mutex;
  Proof all;
  InThreads(ThreadCount(threads, roles.size() / kPortion), [&] {
    Proof mine;
    while (const auto portion = portions.Next()) {
      for (std::size_t i = portion->first; i < portion->second; ++i) {
        mine += Prove(roles[i]);
      }
    }
    const std::lock_guard lock(mutex);
    all += mine;
  });
  return all;
}

Proof Prove(const AccountPlan& plan, unsigned threads) {
  Proof proof;
  try {
    proof = ProveRoles(plan.roles, threads);
  } catch (const NotProved&) {
    // Of several the first is named, whoever came upon one first.
    proof = ProveRoles(plan.roles, 1);
  }
  for (const ResourcePolicy& policy : plan.resource_policies) {
    proof += Prove(policy);
  }
  return proof;
}

}  // namespace dpc::backend::aws
