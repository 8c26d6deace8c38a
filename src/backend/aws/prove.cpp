#include "backend/aws/prove.h"

#include <nlohmann/json.hpp>

#include "backend/aws/proof_parts.h"
#include "backend/aws/trust_reader.h"

namespace dpc::backend::aws {
namespace {

// IAM quotas, AWS documentation, March 2026; the proof counts for itself. A trust policy may be raised to this size.
constexpr std::size_t kManagedBytes = 6144;
constexpr std::size_t kInlineBytes = 10240;
constexpr std::size_t kLargestTrustBytes = 8192;

// Reads one policy of a role.
void Read(const Prover& prover, const PolicyDocument& document, std::size_t quota, std::vector<Permission>& emitted,
          Proof& proof) {
  const std::string what = "policy `" + document.name + "`";
  prover.CheckedDocument(what, document.text, quota);
  Expansion expansion = Expand(document.text);
  ++proof.documents;
  proof.statements += expansion.statements;
  prover.Take(std::move(expansion), what, emitted);
}

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
  const Prover prover("role `" + role.name + "`");
  Proof proof;
  std::vector<Permission> asked;
  std::vector<Permission> emitted;
  for (const PolicyDocument& document : role.managed) {
    Read(prover, document, kManagedBytes, emitted, proof);
  }
  if (role.inline_policy) {
    Read(prover, *role.inline_policy, kInlineBytes, emitted, proof);
  }
  prover.CheckedDocument("the trust policy", role.trust, kLargestTrustBytes);
  if (const TrustExpansion trust = ExpandTrust(role.trust); !trust.known()) {
    prover.Fail("the trust policy is outside of what dpc emits: " + trust.unknown);
  }
  for (const AskedItem& item : role.asked) {
    prover.Take(Expand(item), "what was asked for", asked);
  }
  prover.Compare(asked, emitted);
  proof.roles = 1;
  ++proof.documents;
  proof.asked = asked.size();
  proof.emitted = emitted.size();
  proof.comparisons = asked.size() + emitted.size();
  return proof;
}

Proof Prove(const AccountPlan& plan) {
  Proof proof;
  for (const RolePlan& role : plan.roles) {
    proof += Prove(role);
  }
  for (const ResourcePolicy& policy : plan.resource_policies) {
    proof += Prove(policy);
  }
  return proof;
}

}  // namespace dpc::backend::aws
