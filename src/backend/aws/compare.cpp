#include "backend/aws/compare.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "backend/aws/permissions.h"
#include "backend/aws/reach.h"
#include "backend/aws/rights.h"
#include "backend/aws/trust_reader.h"
#include "backend/aws/words.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// The deployment role of environments that name none.
const std::string kDeploymentRole = "dpc-deployment";

bool SameJson(const std::string& left, const std::string& right) {
  const auto one = ParseJson(left);
  const auto other = ParseJson(right);
  return one && other && nlohmann::json(*one) == nlohmann::json(*other);
}

using Identities = std::map<std::string, const Identity*>;  // by name in lower case: IAM ignores case there

Identities ByName(const std::vector<Identity>& list) {
  Identities identities;
  for (const Identity& identity : list) {
    identities.emplace(LowerCase(identity.name), &identity);
  }
  return identities;
}

const Identity* FindIn(const Identities& identities, const std::string& name) {
  const auto found = identities.find(LowerCase(name));
  return found == identities.end() ? nullptr : found->second;
}

void Append(std::vector<std::string>& to, const std::vector<std::string>& lines, const std::string& before = "") {
  for (const std::string& line : lines) {
    to.push_back(before + line);
  }
}

// Every document that speaks for an identity, those of a user's groups included.
class Documents {
 public:
  Documents(const AccountFile& file, const Identities& groups, const Identity& identity) : file_(file) {
    Take(identity, "");
    for (const std::string& name : identity.groups) {
      if (const Identity* group = FindIn(groups, name)) {
        Take(*group, "group `" + name + "`, ");
      } else {
        missing_.push_back("the group `" + name + "` is not in the file");
      }
    }
  }

  const std::vector<NamedDocument>& all() const { return all_; }

  const std::vector<std::string>& missing() const { return missing_; }

 private:
  void Take(const Identity& identity, const std::string& owner) {
    for (const NamedDocument& document : identity.inlines) {
      all_.push_back({owner + "inline policy `" + document.name + "`", document.text});
    }
    for (const std::string& arn : identity.attached) {
      const auto found = file_.policies.find(arn);
      if (found == file_.policies.end()) {
        missing_.push_back(owner + "policy `" + NameOfArn(arn) + "` has no document in the file");
      } else {
        all_.push_back({owner + "policy `" + NameOfArn(arn) + "`", found->second});
      }
    }
  }

  const AccountFile& file_;
  std::vector<NamedDocument> all_;
  std::vector<std::string> missing_;
};

std::vector<Permission> Emitted(const RolePlan& role) {
  std::vector<Permission> permissions;
  const auto take = [&](const PolicyDocument& document) {
    const Expansion expansion = Expand(document.text);
    permissions.insert(permissions.end(), expansion.permissions.begin(), expansion.permissions.end());
  };
  std::for_each(role.managed.begin(), role.managed.end(), take);
  if (role.inline_policy) {
    take(*role.inline_policy);
  }
  return permissions;
}

// Terraform puts the id of a workgroup that it creates into the documents; what it was is not known here.
bool NamesWorkgroupToCome(const RolePlan& role) {
  const auto names = [](const PolicyDocument& document) {
    return document.text.find(kWorkgroupToCome) != std::string::npos;
  };
  return std::any_of(role.managed.begin(), role.managed.end(), names) ||
         (role.inline_policy && names(*role.inline_policy));
}

// Names of policies that only one side has, as notes.
void CompareNames(const std::set<std::string>& wanted, const std::set<std::string>& found, const std::string& sort,
                  std::vector<std::string>& notes) {
  for (const std::string& name : found) {
    if (!wanted.contains(name)) {
      notes.push_back(sort + " `" + name + "` is in the account only");
    }
  }
  for (const std::string& name : wanted) {
    if (!found.contains(name)) {
      notes.push_back(sort + " `" + name + "` is not in the account");
    }
  }
}

class Comparer {
 public:
  Comparer(const Input& input, const AccountPlan& wanted, const std::vector<AccountPlan>& all, const AccountFile& file)
      : input_(input),
        wanted_(wanted),
        file_(file),
        assets_(input),
        targets_(input, wanted.environment),
        roles_(ByName(file.roles)),
        users_(ByName(file.users)),
        groups_(ByName(file.groups)) {
    for (const AccountPlan& plan : all) {
      for (const RolePlan& role : plan.roles) {
        emitted_.insert("role " + LowerCase(role.name));
        emitted_.insert("user " + LowerCase(role.user));
      }
    }
  }

  ComparedEnvironment Run() {
    ComparedEnvironment out;
    out.environment = input_.model.Text(input_.model.environments[wanted_.environment].name);
    for (const RolePlan& role : wanted_.roles) {
      out.emitted.push_back(CompareRole(role));
      if (!role.user.empty()) {
        out.emitted.push_back(CompareUser(role));
      }
    }
    Strangers("role", file_.roles, out);
    Strangers("user", file_.users, out);
    return out;
  }

 private:
  std::string ProductOf(const RolePlan& role) const {
    return std::string(input_.model.Text(input_.model.products[input_.access.roles[role.role].product].name));
  }

  Compared CompareRole(const RolePlan& role) const {
    Compared row{"role", role.name, ProductOf(role), Likeness::Missing, {}, {}, {}, {}, {}};
    if (const Identity* found = FindIn(roles_, role.name)) {
      ComparePolicies(role, *found, row);
      CompareTrust(role, *found, row);
      if (found->arn != role.arn) {
        row.trust.push_back("its ARN is `" + found->arn + "`");
      }
      Judge(row);
    }
    return row;
  }

  Compared CompareUser(const RolePlan& role) const {
    Compared row{"user", role.user, ProductOf(role), Likeness::Missing, {}, {}, {}, {}, {}};
    if (const Identity* found = FindIn(users_, role.user)) {
      ComparePolicies(role, *found, row);
      Judge(row);
    }
    return row;
  }

  static void Judge(Compared& row) {
    const bool same = row.gains.empty() && row.lacks.empty() && row.trust.empty();
    row.likeness = !row.reasons.empty() ? Likeness::Unknown : same ? Likeness::Equal : Likeness::Differs;
  }

  void ComparePolicies(const RolePlan& role, const Identity& found, Compared& row) const {
    const Documents documents(file_, groups_, found);
    row.reasons = documents.missing();
    std::vector<Permission> given;
    for (const NamedDocument& document : documents.all()) {
      const Expansion expansion = Expand(document.text);
      given.insert(given.end(), expansion.permissions.begin(), expansion.permissions.end());
      if (!expansion.known()) {
        row.reasons.push_back(document.name + ": " + expansion.unknown);
      }
    }
    const std::vector<Permission> emitted = Emitted(role);
    row.gains = InWords(Missing(given, PermissionSet(emitted)), assets_);
    row.lacks = InWords(Missing(emitted, PermissionSet(given)), assets_);
    ComparePolicyNames(role, found, row);
    if (NamesWorkgroupToCome(role)) {
      row.reasons.push_back(
          "the id of the Redshift workgroup is AWS's: `workgroupId` of the environment does not say it");
    }
    if (!found.boundary.empty()) {
      row.trust.push_back("the permissions boundary `" + found.boundary + "` limits it, which dpc does not emit");
    }
    if (!row.reasons.empty()) {
      AddReach(role, documents, row);
    }
  }

  static void ComparePolicyNames(const RolePlan& role, const Identity& found, Compared& row) {
    std::set<std::string> wanted;
    std::set<std::string> attached;
    std::set<std::string> inlines;
    for (const PolicyDocument& policy : role.managed) {
      wanted.insert(policy.name);
    }
    for (const std::string& arn : found.attached) {
      attached.insert(NameOfArn(arn));
    }
    for (const NamedDocument& policy : found.inlines) {
      inlines.insert(policy.name);
    }
    CompareNames(wanted, attached, "managed policy", row.notes);
    CompareNames(role.inline_policy ? std::set{role.inline_policy->name} : std::set<std::string>(), inlines,
                 "inline policy", row.notes);
    for (const std::string& group : found.groups) {
      row.notes.push_back("group `" + group + "` is in the account only");
    }
  }

  // What an unknown document may be good for: more than dpc emits.
  void AddReach(const RolePlan& role, const Documents& documents, Compared& row) const {
    Reach emitted(targets_);
    for (const PolicyDocument& document : role.managed) {
      emitted.Add("", document.text);
    }
    if (role.inline_policy) {
      emitted.Add("", role.inline_policy->text);
    }
    Reach given(targets_);
    given.Doubt();
    emitted.Doubt();
    for (const NamedDocument& document : documents.all()) {
      given.Add(document.name, document.text);
    }
    const std::vector<std::string> known = emitted.Sentences();
    for (const std::string& sentence : given.Sentences()) {
      if (std::find(known.begin(), known.end(), sentence) == known.end()) {
        row.gains.push_back(sentence);
      }
    }
  }

  static void CompareTrust(const RolePlan& role, const Identity& found, Compared& row) {
    const TrustExpansion wanted = ExpandTrust(role.trust);
    const TrustExpansion given = ExpandTrust(found.trust);
    if (!given.known() || !wanted.known()) {
      row.reasons.push_back("trust policy: " + (given.known() ? wanted : given).unknown);
      return;
    }
    Append(row.trust, TrustDifference(given, wanted), "in the account only: ");
    Append(row.trust, TrustDifference(wanted, given), "not in the account: ");
  }

  // What Terraform assumes is declared, though not emitted; it may do everything.
  bool IsDeploymentRole(const std::string& kind, const std::string& name) const {
    const model::AwsSettings settings = model::EffectiveAws(input_.model, wanted_.environment);
    const std::string declared(input_.model.Text(settings.deployment_role));
    return kind == "role" && !settings.deployment_role_ambient &&
           name == (declared.empty() ? kDeploymentRole : NameOfArn(declared));
  }

  // Emitted for S3 Access Grants, and what the account has is word for word that; otherwise it is a stranger.
  bool IsLocationRole(const std::string& kind, const Identity& identity, const Documents& documents) const {
    return kind == "role" && wanted_.location_role && identity.name == wanted_.location_role->name &&
           identity.boundary.empty() && documents.missing().empty() && documents.all().size() == 1 &&
           SameJson(documents.all().front().text, wanted_.location_role->policy) &&
           SameJson(identity.trust, wanted_.location_role->trust);
  }

  void Strangers(const std::string& kind, const std::vector<Identity>& list, ComparedEnvironment& out) const {
    for (const Identity& identity : list) {
      if (emitted_.contains(kind + " " + LowerCase(identity.name))) {
        continue;
      }
      if (IsDeploymentRole(kind, identity.name)) {
        out.notes.push_back("role `" + identity.name + "` is the declared deployment role: not compared");
        continue;
      }
      const Documents documents(file_, groups_, identity);
      if (IsLocationRole(kind, identity, documents)) {
        out.notes.push_back("role `" + identity.name + "` is that of S3 Access Grants, as emitted");
        continue;
      }
      Reach reach(targets_);
      for (const NamedDocument& document : documents.all()) {
        reach.Add(document.name, document.text);
      }
      if (!identity.boundary.empty()) {
        reach.Doubt();
      }
      Stranger stranger{kind, identity.name, reach.Sentences(), documents.missing()};
      Append(stranger.reasons, reach.reasons());
      if (stranger.reaches.empty() && stranger.reasons.empty()) {
        ++out.other_strangers;
      } else {
        out.strangers.push_back(std::move(stranger));
      }
    }
  }

  const Input& input_;
  const AccountPlan& wanted_;
  std::set<std::string> emitted_;  // "role acme-orders", in lower case
  const AccountFile& file_;
  AssetNames assets_;
  Targets targets_;
  Identities roles_;
  Identities users_;
  Identities groups_;
};

}  // namespace

std::string_view LikenessName(Likeness likeness) {
  switch (likeness) {
    case Likeness::Equal:
      return "equal";
    case Likeness::Differs:
      return "differs";
    case Likeness::Missing:
      return "missing";
    case Likeness::Unknown:
      break;
  }
  return "unknown";
}

bool ComparedEnvironment::equal() const {
  return strangers.empty() && std::all_of(emitted.begin(), emitted.end(),
                                          [](const Compared& row) { return row.likeness == Likeness::Equal; });
}

ComparedEnvironment Compare(const Input& input, const AccountPlan& wanted, const std::vector<AccountPlan>& all,
                            const AccountFile& file) {
  return Comparer(input, wanted, all, file).Run();
}

}  // namespace dpc::backend::aws
