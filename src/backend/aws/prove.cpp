#include "backend/aws/prove.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "backend/aws/permissions.h"
#include "backend/aws/resource_types.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

// IAM quotas, AWS documentation, March 2026; the proof counts for itself. A trust policy may be raised to this size.
constexpr std::size_t kManagedBytes = 6144;
constexpr std::size_t kInlineBytes = 10240;
constexpr std::size_t kLargestTrustBytes = 8192;

class RoleProof {
 public:
  explicit RoleProof(const RolePlan& role) : role_(role) {}

  Proof Run() {
    for (const PolicyDocument& document : role_.managed) {
      Read(document, kManagedBytes);
    }
    if (role_.inline_policy) {
      Read(*role_.inline_policy, kInlineBytes);
    }
    CheckText("the trust policy", role_.trust, kLargestTrustBytes);
    for (const AskedItem& item : role_.asked) {
      Take(Expand(item), "what was asked for", asked_);
    }
    proof_.roles = 1;
    proof_.asked = asked_.size();
    proof_.emitted = emitted_.size();
    proof_.comparisons = asked_.size() + emitted_.size();
    Compare(asked_, emitted_, "does not allow");
    Compare(emitted_, asked_, "allows, unasked,");
    return proof_;
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw NotProved("role `" + role_.name + "` is not proved: " + what);
  }

  void Read(const PolicyDocument& document, std::size_t quota) {
    const std::string what = "policy `" + document.name + "`";
    CheckText(what, document.text, quota);
    Expansion expansion = Expand(document.text);
    proof_.statements += expansion.statements;
    Take(std::move(expansion), what, emitted_);
  }

  void Take(Expansion expansion, const std::string& what, std::vector<Permission>& all) const {
    if (!expansion.known()) {
      Fail(what + " is outside of what dpc emits: " + expansion.unknown);
    }
    std::move(expansion.permissions.begin(), expansion.permissions.end(), std::back_inserter(all));
  }

  void CheckText(const std::string& what, const std::string& text, std::size_t quota) {
    ++proof_.documents;
    const auto document = ParseForeignJson(text);
    if (!document) {
      Fail(what + " is no JSON");
    }
    const std::string compact = CompactJson(*document);
    if (compact.size() > quota) {
      Fail(what + " has " + std::to_string(compact.size()) + " bytes, more than " + std::to_string(quota));
    }
    CheckCharacters(what, text);
    CheckCharacters(what, compact);
  }

  // Source: the IAM API's pattern for policy documents.
  void CheckCharacters(const std::string& what, std::string_view text) const {
    for (std::size_t at = 0; at < text.size();) {
      const CodePoint point = DecodeUtf8(text, at);
      const bool white = point.value == '\t' || point.value == '\n' || point.value == '\r';
      if (point.size == 0 || point.value > 0xFF || (point.value < 0x20 && !white)) {
        Fail(what + " holds a character that IAM does not take");
      }
      at += point.size;
    }
  }

  // An action on what is no resource of it allows nothing.
  void Compare(const std::vector<Permission>& wanted, const std::vector<Permission>& given,
               std::string_view verb) const {
    const PermissionSet set(given);
    for (const Permission& permission : wanted) {
      if (!set.Covers(permission) && MayApply(permission.action, PatternText(permission.resource))) {
        Fail("it " + std::string(verb) + " " + Describe(permission));
      }
    }
  }

  const RolePlan& role_;
  std::vector<Permission> asked_;
  std::vector<Permission> emitted_;
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

Proof Prove(const AccountPlan& plan) {
  Proof proof;
  for (const RolePlan& role : plan.roles) {
    proof += Prove(role);
  }
  return proof;
}

}  // namespace dpc::backend::aws
