#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "question_list.h"
#include "trust.h"

namespace dpc::oracle {
namespace {

constexpr std::string_view kRun = "-0f8e7d6c-1111-2222-3333-0123456789ab";
constexpr std::string_view kSuffix = "_0123456789abcdef";  // of a permission set's role

class Questions {
 public:
  Questions(const TrustFacts& facts, const World& world) : facts_(facts), world_(world) {}

  std::vector<Json> Ask() {
    for (const WebWay& way : facts_.web) {
      Tokens(way);
    }
    NoTokens();
    Principals();
    PermissionSets();
    return queries_.Take();
  }

 private:
  // What the contract says.
  bool MayWith(const std::string& issuer, const std::string& account, const std::optional<std::string>& audience,
               const std::optional<std::string>& subject) const {
    return account == facts_.place.account && subject &&
           std::any_of(facts_.web.begin(), facts_.web.end(), [&](const WebWay& way) {
             return way.issuer == issuer && audience == way.audience && IsSubject(way, *subject);
           });
  }

  static bool IsSubject(const WebWay& way, const std::string& subject) {
    if (!way.runs) {
      return subject == way.subject;
    }
    static constexpr std::string_view kShape = "-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (subject.size() != way.subject.size() + kShape.size() || !subject.starts_with(way.subject)) {
      return false;
    }
    const std::string_view run = std::string_view(subject).substr(way.subject.size());
    return std::equal(run.begin(), run.end(), kShape.begin(),
                      [](char c, char shape) { return (c == '-') == (shape == '-'); });
  }

  std::string SetRole(const std::string& set, std::string_view region) const {
    const std::string home = region == "us-east-1" ? "" : std::string(region) + "/";
    return IamArn(facts_.place, "role/aws-reserved/sso.amazonaws.com/" + home + "AWSReservedSSO_" + set);
  }

  bool MayBe(const std::string& arn) const {
    const bool declared = std::find(facts_.principals.begin(), facts_.principals.end(), arn) != facts_.principals.end();
    const bool of_account = facts_.whole_account && arn.starts_with(IamArn(facts_.place, ""));
    if (declared || of_account || facts_.permission_set.empty()) {
      return declared || of_account;
    }
    const std::string role = SetRole(facts_.permission_set, facts_.home_region) + "_";
    return arn.starts_with(role) && arn.size() == role.size() + kSuffix.size() - 1;
  }

  void Token(const std::string& issuer, const std::string& account, const std::optional<std::string>& audience,
             const std::optional<std::string>& subject, std::string_view why) {
    Json query = {{"action", "sts:AssumeRoleWithWebIdentity"}, {"resource", facts_.role_arn}};
    query["principalArn"] = IamArn({facts_.place.partition, "", account}, "oidc-provider/" + issuer);
    Json context = Json::object();
    if (audience) {
      context[issuer + ":aud"] = *audience;
    }
    if (subject) {
      context[issuer + ":sub"] = *subject;
    }
    query["context"] = std::move(context);
    query["expect"] = MayWith(issuer, account, audience, subject) ? "allow" : "deny";
    Push(std::move(query), why);
  }

  void Tokens(const WebWay& way) {
    const std::string& own = facts_.place.account;
    const std::string good = way.subject + std::string(way.runs ? kRun : "");
    Token(way.issuer, own, way.audience, good, "the declared account");
    Token(way.issuer, own, std::nullopt, good, "no audience");
    Token(way.issuer, own, way.audience, std::nullopt, "no subject");
    Token(way.issuer, own, std::nullopt, std::nullopt, "neither");
    for (const std::string& audience :
         {std::string("https://kubernetes.default.svc"), way.audience + ".cn", std::string("sts")}) {
      Token(way.issuer, own, audience, good, "another audience");
    }
    for (const std::string& subject : WrongSubjects(way, good)) {
      Token(way.issuer, own, way.audience, subject, "another subject");
    }
    Token(way.issuer + "2", own, way.audience, good, "an issuer that looks alike");
    Token("token.actions.githubusercontent.com/x", own, way.audience, good, "another issuer");
    Token(way.issuer, "999999999999", way.audience, good, "the issuer in another account");
    for (const WebWay& other : facts_.web) {
      Token(other.issuer, own, other.audience, good, "with another way's issuer");
      Token(way.issuer, own, other.audience, good, "with another way's audience");
    }
  }

  std::vector<std::string> WrongSubjects(const WebWay& way, const std::string& good) const {
    const std::string run(way.runs ? kRun : "");
    const std::size_t colon = way.subject.rfind(':');
    const std::string name = way.subject.substr(colon + 1);
    const std::string space = way.subject.substr(0, colon);
    std::vector<std::string> wrong = {good + "x",
                                      good.substr(0, good.size() - 1),
                                      "x" + good,
                                      way.subject + "2" + run,
                                      way.subject + "-x" + run,
                                      way.subject + std::string(way.runs ? "" : kRun),
                                      space + ":" + "x" + name + run,
                                      space + "2:" + name + run,
                                      space + ":x:" + name + run,
                                      space + ":",
                                      space + ":default",
                                      "*",
                                      way.subject + "*"};
    for (const std::string& environment : Sample(world_.environments, 8, facts_.role_arn)) {
      wrong.push_back("system:serviceaccount:" + environment + ":" + name + run);
    }
    for (const ProductPlace& product : Sample(world_.products, 24, facts_.role_arn)) {
      wrong.push_back(space + ":" + product.worker + run);
    }
    return wrong;
  }

  // Cluster tokens where no way was declared.
  void NoTokens() {
    for (const ProductPlace& product : Sample(world_.products, 4, facts_.role_arn)) {
      Token("oidc.eks.eu-west-1.amazonaws.com/id/FFFF", facts_.place.account, "sts.amazonaws.com",
            "system:serviceaccount:" + product.environment + ":" + product.worker + std::string(kRun),
            "an unknown cluster");
    }
  }

  void Assume(const std::string& arn, std::string_view why) {
    Caller("sts:AssumeRole", arn, "", MayBe(arn), why);
    // Nobody tags sessions, nobody sets another identity.
    Caller("sts:TagSession", arn, "", false, why);
    Caller("sts:SetSourceIdentity", arn, "", false, why);
  }

  // `as` is the ARN of the session when it differs from the role that `arn` names.
  void Caller(std::string_view action, const std::string& arn, const std::string& as, bool may, std::string_view why) {
    Json query = {
        {"action", std::string(action)}, {"resource", facts_.role_arn}, {"principalArn", as.empty() ? arn : as}};
    if (!as.empty()) {
      query["context"] = Json{{"aws:PrincipalArn", arn}};
    }
    query["expect"] = may ? "allow" : "deny";
    Push(std::move(query), why);
  }

  void Principals() {
    for (const std::string& arn : facts_.principals) {
      Assume(arn, "a declared principal");
      Assume(arn + "2", "a name that looks alike");
      Assume(arn.substr(0, arn.rfind('/') + 1) + "x/" + arn.substr(arn.rfind('/') + 1), "the name under a path");
      std::string elsewhere = arn;
      elsewhere.replace(elsewhere.find("::") + 2, 12, "999999999999");
      Assume(elsewhere, "the name in another account");
    }
    for (const std::string_view resource : {"role/admin", "user/admin", "role/airflow", "user/airflow", "role/ci"}) {
      Assume(IamArn(facts_.place, resource), "somebody of the account");
      Assume(IamArn({facts_.place.partition, "", "999999999999"}, resource), "somebody of another account");
    }
    for (const ProductPlace& product : Sample(world_.products, 12, facts_.role_arn)) {
      Assume(IamArn(product.place, "role/" + product.role_name), "another product's role");
    }
  }

  void PermissionSets() {
    const std::string set = facts_.permission_set.empty() ? "Nobody" : facts_.permission_set;
    std::vector<std::string> sets = {set, set + "_Admin", set + "2", "x" + set, set + "_0123456789abcdef"};
    const std::vector<std::string> known = Sample(world_.permission_sets, 12, facts_.role_arn);
    sets.insert(sets.end(), known.begin(), known.end());
    std::set<std::string> regions = {facts_.home_region.empty() ? "eu-west-1" : facts_.home_region, "eu-west-2",
                                     "us-east-1"};
    for (const std::string& name : sets) {
      for (const std::string& region : regions) {
        Session(SetRole(name, region) + std::string(kSuffix), "a permission set");
      }
    }
    const std::string home = *regions.begin();
    Session(SetRole(set, home) + std::string(kSuffix) + "0", "a suffix too long");
    Session(SetRole(set, home) + "_012345", "a suffix too short");
    Session(IamArn(facts_.place, "role/AWSReservedSSO_" + set + std::string(kSuffix)), "outside the reserved path");
  }

  // IAM Identity Center's people are sessions; the ARN of a session leaves out the role's path.
  void Session(const std::string& role, std::string_view why) {
    const std::string name = role.substr(role.rfind('/') + 1);
    const std::string session =
        Arn({facts_.place.partition, "", facts_.place.account}, "sts", "assumed-role/" + name + "/jane");
    Caller("sts:AssumeRole", role, session, MayBe(role), why);
    Caller("sts:TagSession", role, session, false, why);
  }

  void Push(const Json& query, std::string_view why) { queries_.Push(query, why); }

  const TrustFacts& facts_;
  const World& world_;
  QuestionList queries_{"trust"};
};

}  // namespace

std::vector<Json> TrustQueries(const TrustFacts& facts, const World& world) {
  std::vector<Json> queries = Questions(facts, world).Ask();
  for (Json& query : PodQueries(facts, world)) {
    queries.push_back(std::move(query));
  }
  return queries;
}

}  // namespace dpc::oracle
