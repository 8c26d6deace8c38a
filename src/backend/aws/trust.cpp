#include "backend/aws/trust.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "backend/aws/diagnostics.h"
#include "backend/naming.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

using access::Way;
using access::WayKind;
using Ways = std::vector<Way>;

// One value stands for itself; a list is an OR.
Json OneOrMany(const std::vector<std::string>& values) {
  return values.size() == 1 ? Json(values.front()) : Json(values);
}

// The statements of each kind of way. One statement has at most one list, so that no two lists multiply.
class TrustBuilder {
 public:
  TrustBuilder(const Input& input, const access::Role& role)
      : input_(input),
        m_(input.model),
        role_(role),
        product_(m_.products[role.product]),
        place_(PlaceOf(input, role.environment)),
        assumed_by_(model::EffectiveAws(m_, role.environment).assumed_by) {}

  Trust Build() {
    const Ways all = access::WaysInto(m_, input_.resolved, role_.product, role_.environment);
    for (const Way& way : all) {
      ways_[way.kind].push_back(way);
    }
    Conveyor(ways_[WayKind::Conveyor]);
    ServiceAccounts(ways_[WayKind::ServiceAccount]);
    PodIdentity(ways_[WayKind::PodIdentity]);
    IdentityCenter(ways_[WayKind::IdentityCenter]);
    Principals(ways_[WayKind::Principal]);
    WholeAccount(ways_[WayKind::WholeAccount]);
    trust_.sources.insert(product_.name.range);
    trust_.nobody = statements_.empty();
    if (trust_.nobody) {
      statements_.push_back(Json{{"Effect", "Deny"}, {"Principal", Json{{"AWS", "*"}}}, {"Action", "sts:AssumeRole"}});
    } else if (assumed_by_.range.has_value()) {
      trust_.sources.insert(assumed_by_.range);
      if (assumed_by_.inherit.value_or(false) && m_.workspace.aws.assumed_by.range.has_value()) {
        trust_.sources.insert(m_.workspace.aws.assumed_by.range);
      }
    }
    trust_.policy = DocumentJson(std::move(statements_));
    return std::move(trust_);
  }

 private:
  std::string_view EnvironmentName() const { return m_.Text(m_.environments[role_.environment].name); }

  std::string AccountRoot() const { return "arn:" + place_.partition + ":iam::" + place_.account + ":root"; }

  std::string Audience(const model::Name& declared) const {
    return declared.has_value() ? std::string(m_.Text(declared)) : "sts." + place_.suffix;
  }

  void Add(std::string what, const Way& first, std::size_t callers, Json statement) {
    trust_.parts.push_back({std::move(what), callers, CompactJson(statement).size(), first.range});
    statements_.push_back(std::move(statement));
  }

  // `sub` without `aud` would accept tokens made for others; `aud` without `sub` every service account of the cluster.
  Json WebIdentity(std::string_view issuer_url, const model::Name& audience, std::string_view subject_operation,
                   const Json& subjects) const {
    std::string issuer(issuer_url.substr(issuer_url.find("//") + 2));
    Json condition = Json::object();
    condition["StringEquals"][issuer + ":aud"] = Audience(audience);
    condition[std::string(subject_operation)][issuer + ":sub"] = subjects;
    const std::string provider = "arn:" + place_.partition + ":iam::" + place_.account + ":oidc-provider/" + issuer;
    return Json{{"Effect", "Allow"},
                {"Principal", Json{{"Federated", provider}}},
                {"Action", "sts:AssumeRoleWithWebIdentity"},
                {"Condition", std::move(condition)}};
  }

  void Conveyor(const Ways& ways) {
    // Conveyor starts a project's workers as service accounts of this form, with `.` for `_` in the project's name.
    const std::string project = ConveyorWorker(ConveyorProject(input_, role_.product));
    if (ways.empty() || project.empty() || !PatternCharacter(project).empty()) {
      return;
    }
    Add("Conveyor's workers", ways.front(), 1,
        WebIdentity(
            ways.front().name, assumed_by_.conveyor_audience, "StringLike",
            "system:serviceaccount:" + std::string(EnvironmentName()) + ":" + project + access::RunIdPattern()));
  }

  // Names by namespace, in order of declaration, without repetition; those that IAM could read as a pattern left out.
  static std::vector<std::pair<std::string, std::string>> Accounts(const Ways& ways) {
    std::vector<std::pair<std::string, std::string>> accounts;
    for (const Way& way : ways) {
      const std::size_t slash = way.name.find('/');
      if (slash == std::string::npos || !PatternCharacter(way.name).empty()) {
        continue;
      }
      std::pair<std::string, std::string> account(way.name.substr(0, slash), way.name.substr(slash + 1));
      if (std::find(accounts.begin(), accounts.end(), account) == accounts.end()) {
        accounts.push_back(std::move(account));
      }
    }
    return accounts;
  }

  // One issuer and audience: the subjects are one list, which multiplies with nothing.
  void ServiceAccounts(const Ways& ways) {
    std::vector<std::string> subjects;
    for (const auto& [space, name] : Accounts(ways)) {
      subjects.push_back("system:serviceaccount:" + space + ":" + name);
    }
    if (!subjects.empty()) {
      Add(Plural(subjects.size(), "service account"), ways.front(), subjects.size(),
          WebIdentity(m_.Text(assumed_by_.service_account_issuer), assumed_by_.service_account_audience, "StringEquals",
                      OneOrMany(subjects)));
    }
  }

  // A statement for each namespace: a list of namespaces besides one of names would be a cross product.
  void PodIdentity(const Ways& ways) {
    std::vector<std::pair<std::string, std::vector<std::string>>> spaces;
    for (const auto& [space, name] : Accounts(ways)) {
      const auto known =
          std::find_if(spaces.begin(), spaces.end(), [&space = space](const auto& row) { return row.first == space; });
      if (known == spaces.end()) {
        spaces.push_back({space, {name}});
      } else {
        known->second.push_back(name);
      }
    }
    for (const auto& [space, names] : spaces) {
      Json equals = Json::object();
      equals["aws:SourceAccount"] = place_.account;
      equals["aws:RequestTag/eks-cluster-name"] = std::string(m_.Text(assumed_by_.pod_identity_cluster));
      equals["aws:RequestTag/kubernetes-namespace"] = space;
      equals["aws:RequestTag/kubernetes-service-account"] = OneOrMany(names);
      Add(Plural(names.size(), "service account") + " of namespace `" + space + "` by EKS Pod Identity", ways.front(),
          names.size(),
          Json{{"Effect", "Allow"},
               {"Principal", Json{{"Service", "pods.eks.amazonaws.com"}}},
               {"Action", Json::array({"sts:AssumeRole", "sts:TagSession"})},
               {"Condition", Json{{"StringEquals", std::move(equals)}}}});
    }
  }

  void IdentityCenter(const Ways& ways) {
    if (ways.empty() || !PatternCharacter(ways.front().name).empty()) {
      return;
    }
    const Way& way = ways.front();
    // The generated role ends in 16 characters that change on re-assignment; `_*` would also match a set named
    // `<set>_Admin`. In us-east-1 the path has no region segment.
    const std::string_view home = m_.Text(assumed_by_.identity_center_region);
    const std::string region = home == "us-east-1" ? "" : std::string(home) + "/";
    const std::string role = "arn:" + place_.partition + ":iam::" + place_.account +
                             ":role/aws-reserved/sso.amazonaws.com/" + region + "AWSReservedSSO_" + way.name + "_" +
                             std::string(16, '?');
    Json condition = Json::object();
    condition["ArnLike"]["aws:PrincipalArn"] = role;
    Json statement = {{"Effect", "Allow"},
                      {"Principal", Json{{"AWS", AccountRoot()}}},
                      {"Action", "sts:AssumeRole"},
                      {"Condition", std::move(condition)}};
    Add("permission set `" + way.name + "`", way, 1, std::move(statement));
    trust_.sources.insert(m_.teams[way.team].permission_set.range);
  }

  void Principals(const Ways& ways) {
    std::vector<std::string> arns;
    for (const Way& way : ways) {
      arns.push_back(way.name);
    }
    if (!arns.empty()) {
      Add(Plural(arns.size(), "principal"), ways.front(), arns.size(), AllowAws(OneOrMany(arns)));
    }
  }

  void WholeAccount(const Ways& ways) {
    if (!ways.empty()) {
      Add("the whole account", ways.front(), 1, AllowAws(AccountRoot()));
    }
  }

  static Json AllowAws(const Json& principals) {
    return Json{{"Effect", "Allow"}, {"Principal", Json{{"AWS", principals}}}, {"Action", "sts:AssumeRole"}};
  }

  const Input& input_;
  const model::Model& m_;
  const access::Role& role_;
  const model::Product& product_;
  Place place_;
  model::AssumedBy assumed_by_;
  std::map<WayKind, Ways> ways_;
  Json statements_ = Json::array();
  Trust trust_;
};

// "3 principals take 214 bytes (about 71 each)".
std::string Arithmetic(const TrustPart& part) {
  std::string text = part.what + (part.callers == 1 ? " takes " : " take ") + std::to_string(part.bytes) + " bytes";
  return part.callers == 1 ? text : text + " (about " + std::to_string(part.bytes / part.callers) + " each)";
}

}  // namespace

Trust TrustOf(const Input& input, const access::Role& role) {
  return TrustBuilder(input, role).Build();
}

bool TrustFits(const Input& input, const access::Role& role, const Trust& trust, Emitter& emitter) {
  const model::Model& m = input.model;
  const std::size_t bytes = CompactJson(trust.policy).size();
  const auto setting = model::EffectiveAws(m, role.environment).trust_policy_bytes;
  const std::size_t quota = setting ? static_cast<std::size_t>(*setting) : kTrustBytes;
  if (bytes <= quota) {
    return true;
  }
  const model::Product& product = m.products[role.product];
  auto report = emitter.Report(kTrustTooLong, product.name.range, m.Text(product.name),
                               m.Text(m.environments[role.environment].name), bytes, quota);
  std::size_t statements = 0;
  for (const TrustPart& part : trust.parts) {
    report.Label(part.range, Arithmetic(part));
    statements += part.bytes;
  }
  report.Hint("the statements take " + std::to_string(statements) + " bytes, the frame around them " +
              std::to_string(bytes - statements) + "; the quota is " + std::to_string(quota) +
              ": name fewer, or have the account's quota raised (to 8192 at most) and set `trustPolicyBytes`");
  return false;
}

}  // namespace dpc::backend::aws
