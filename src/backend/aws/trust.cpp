#include "backend/aws/trust.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "backend/naming.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// `-` and a UUID, one `?` for each character: nothing longer or shorter fits.
std::string RunIdPattern() {
  std::string pattern;
  for (const std::size_t group : {8U, 4U, 4U, 4U, 12U}) {
    pattern += "-" + std::string(group, '?');
  }
  return pattern;
}

class TrustBuilder {
 public:
  TrustBuilder(const Input& input, const access::Role& role)
      : input_(input),
        m_(input.model),
        role_(role),
        product_(m_.products[role.product]),
        owner_(input.resolved.product_owner[role.product.index()]),
        place_(PlaceOf(input, role.environment)),
        assumed_by_(model::EffectiveAws(m_, role.environment).assumed_by) {}

  Trust Build() {
    Conveyor();
    ServiceAccounts();
    IdentityCenter();
    Principals();
    WholeAccount();
    trust_.sources.insert(product_.name.range);
    trust_.nobody = statements_.empty();
    if (trust_.nobody) {
      statements_.push_back(Json{{"Effect", "Deny"}, {"Principal", Json{{"AWS", "*"}}}, {"Action", "sts:AssumeRole"}});
    } else if (assumed_by_.range.has_value()) {
      trust_.sources.insert(assumed_by_.range);
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

  // `sub` without `aud` would accept tokens made for others; `aud` without `sub` every service account of the cluster.
  void WebIdentity(std::string_view issuer_url, const model::Name& audience, std::string_view subject_operation,
                   const Json& subjects) {
    std::string issuer(issuer_url.substr(issuer_url.find("//") + 2));
    Json condition = Json::object();
    condition["StringEquals"][issuer + ":aud"] = Audience(audience);
    condition[std::string(subject_operation)][issuer + ":sub"] = subjects;
    const std::string provider = "arn:" + place_.partition + ":iam::" + place_.account + ":oidc-provider/" + issuer;
    statements_.push_back(Json{{"Effect", "Allow"},
                               {"Principal", Json{{"Federated", provider}}},
                               {"Action", "sts:AssumeRoleWithWebIdentity"},
                               {"Condition", std::move(condition)}});
  }

  void Conveyor() {
    if (!assumed_by_.conveyor_issuer.has_value() || !product_.services.Has(model::Service::Conveyor)) {
      return;
    }
    // Conveyor starts a project's workers as service accounts of this form, with `.` for `_` in the project's name.
    const std::string project = ConveyorWorker(ConveyorProject(input_, role_.product));
    if (project.empty() || !PatternCharacter(project).empty()) {
      return;
    }
    WebIdentity(m_.Text(assumed_by_.conveyor_issuer), assumed_by_.conveyor_audience, "StringLike",
                "system:serviceaccount:" + std::string(EnvironmentName()) + ":" + project + RunIdPattern());
  }

  void ServiceAccounts() {
    if (!assumed_by_.service_account_issuer.has_value()) {
      return;
    }
    Json subjects = Json::array();
    const std::array<model::NamingValue, 2> values = {
        {{"product", m_.Text(product_.name)}, {"environment", EnvironmentName()}}};
    for (const model::NameId name : assumed_by_.service_accounts) {
      std::string account = model::FillTemplate(m_.Text(m_.names[name]), values).value_or("");
      const std::size_t slash = account.find('/');
      if (slash == std::string::npos || !PatternCharacter(account).empty()) {
        continue;
      }
      account[slash] = ':';
      subjects.push_back("system:serviceaccount:" + account);
    }
    if (!subjects.empty()) {
      WebIdentity(m_.Text(assumed_by_.service_account_issuer), assumed_by_.service_account_audience, "StringEquals",
                  subjects.size() == 1 ? subjects.front() : subjects);
    }
  }

  void IdentityCenter() {
    if (!assumed_by_.identity_center_region.has_value() || !owner_.has_value()) {
      return;
    }
    const std::string_view set = m_.Text(m_.teams[owner_].permission_set);
    if (set.empty() || !PatternCharacter(set).empty()) {
      return;
    }
    // The generated role ends in 16 characters that change on re-assignment; `_*` would also match a set named
    // `<set>_Admin`. In us-east-1 the path has no region segment.
    const std::string_view home = m_.Text(assumed_by_.identity_center_region);
    const std::string region = home == "us-east-1" ? "" : std::string(home) + "/";
    const std::string role = "arn:" + place_.partition + ":iam::" + place_.account +
                             ":role/aws-reserved/sso.amazonaws.com/" + region + "AWSReservedSSO_" + std::string(set) +
                             "_" + std::string(16, '?');
    Json condition = Json::object();
    condition["ArnLike"]["aws:PrincipalArn"] = role;
    statements_.push_back(Json{{"Effect", "Allow"},
                               {"Principal", Json{{"AWS", AccountRoot()}}},
                               {"Action", "sts:AssumeRole"},
                               {"Condition", std::move(condition)}});
    trust_.sources.insert(m_.teams[owner_].permission_set.range);
  }

  void Principals() {
    Json principals = Json::array();
    for (const model::NameId name : assumed_by_.principals) {
      principals.push_back(std::string(m_.Text(m_.names[name])));
    }
    if (!principals.empty()) {
      AllowAws(principals.size() == 1 ? principals.front() : principals);
    }
  }

  void WholeAccount() {
    if (assumed_by_.whole_account) {
      AllowAws(AccountRoot());
    }
  }

  void AllowAws(const Json& principals) {
    statements_.push_back(
        Json{{"Effect", "Allow"}, {"Principal", Json{{"AWS", principals}}}, {"Action", "sts:AssumeRole"}});
  }

  const Input& input_;
  const model::Model& m_;
  const access::Role& role_;
  const model::Product& product_;
  model::TeamId owner_;
  Place place_;
  model::AssumedBy assumed_by_;
  Json statements_ = Json::array();
  Trust trust_;
};

}  // namespace

Trust TrustOf(const Input& input, const access::Role& role) {
  return TrustBuilder(input, role).Build();
}

}  // namespace dpc::backend::aws
