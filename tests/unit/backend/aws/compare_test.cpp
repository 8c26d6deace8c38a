#include "backend/aws/compare.h"

#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "../../property.h"
#include "planned.h"

namespace dpc::backend::aws {
namespace {

constexpr std::string_view kPolicies = "arn:aws:iam::111122223333:policy/";

Json Managed(const std::string& name, const Json& document) {
  return Json{{"PolicyName", name},
              {"Arn", std::string(kPolicies) + name},
              {"PolicyVersionList", Json::array({Json{{"Document", "old"}, {"IsDefaultVersion", false}},
                                                 Json{{"Document", document}, {"IsDefaultVersion", true}}})}};
}

Json Attachment(const std::string& name) {
  return Json{{"PolicyName", name}, {"PolicyArn", std::string(kPolicies) + name}};
}

Json RoleJson(const std::string& name, const std::string& trust) {
  return Json{{"RoleName", name},
              {"Arn", "arn:aws:iam::111122223333:role/" + name},
              {"AssumeRolePolicyDocument", *ParseJson(trust)},
              {"RolePolicyList", Json::array()},
              {"AttachedManagedPolicies", Json::array()}};
}

// An account that has what the plan says.
Json AccountOf(const AccountPlan& plan) {
  Json file = {{"UserDetailList", Json::array()},
               {"GroupDetailList", Json::array()},
               {"RoleDetailList", Json::array()},
               {"Policies", Json::array()},
               {"IsTruncated", false}};
  for (const RolePlan& role : plan.roles) {
    Json row = RoleJson(role.name, role.trust);
    for (const PolicyDocument& policy : role.managed) {
      row["AttachedManagedPolicies"].push_back(Attachment(policy.name));
      file["Policies"].push_back(Managed(policy.name, *ParseJson(policy.text)));
    }
    if (role.inline_policy) {
      row["RolePolicyList"].push_back(
          Json{{"PolicyName", role.inline_policy->name}, {"PolicyDocument", *ParseJson(role.inline_policy->text)}});
    }
    file["RoleDetailList"].push_back(std::move(row));
  }
  return file;
}

Json Allow(const Json& actions, const Json& resources) {
  return Json{{"Version", "2012-10-17"},
              {"Statement", Json::array({Json{{"Effect", "Allow"}, {"Action", actions}, {"Resource", resources}}})}};
}

// A plan, the account that has it, and a way to change the account.
class Account {
 public:
  Account() : file_(AccountOf(planned_.plan())) {}

  Json& operator*() { return file_; }

  const Planned& planned() const { return planned_; }

  // The first role, which is that of `orders`.
  Json& role() { return file_["RoleDetailList"][0]; }

  void Attach(const std::string& name, const Json& document) {
    role()["AttachedManagedPolicies"].push_back(Attachment(name));
    file_["Policies"].push_back(Managed(name, document));
  }

  void AddRole(const std::string& name, const Json& document) {
    Json row = RoleJson(name, R"({"Version": "2012-10-17", "Statement": []})");
    row["RolePolicyList"].push_back(Json{{"PolicyName", "own"}, {"PolicyDocument", document}});
    file_["RoleDetailList"].push_back(std::move(row));
  }

  ComparedEnvironment Run() const {
    std::string fault;
    const auto file = ReadAccountFile(CompactJson(file_), fault);
    INFO(fault);
    REQUIRE(file);
    return Compare(planned_.input(), planned_.plan(), {planned_.plan()}, *file);
  }

  Compared First() const { return Run().emitted.front(); }

 private:
  Planned planned_;
  Json file_;
};

using Lines = std::vector<std::string>;

TEST_CASE("an account that has what is emitted is equal") {
  Account account;
  const ComparedEnvironment out = account.Run();
  CHECK(out.equal());
  CHECK(out.emitted.size() == 2);
  CHECK(out.emitted.front().notes.empty());
}

TEST_CASE("the same rights in other documents are equal, with a note") {
  Account account;
  Json& role = account.role();
  role["RolePolicyList"] = Json::array();
  int number = 0;
  for (const Json& attached : role["AttachedManagedPolicies"]) {
    for (const Json& policy : (*account)["Policies"]) {
      if (policy["Arn"] == attached["PolicyArn"]) {
        role["RolePolicyList"].push_back(Json{{"PolicyName", "p" + std::to_string(number++)},
                                              {"PolicyDocument", policy["PolicyVersionList"][1]["Document"]}});
      }
    }
  }
  role["AttachedManagedPolicies"] = Json::array();
  const Compared row = account.First();
  CHECK(row.likeness == Likeness::Equal);
  CHECK(!row.notes.empty());
}

TEST_CASE("an added policy is a gain, in words") {
  Account account;
  account.Attach("extra", Allow("s3:GetObject", "arn:aws:s3:::other/x/*"));
  const Compared row = account.First();
  CHECK(row.likeness == Likeness::Differs);
  CHECK(row.gains == Lines{"read s3://other/x/"});
  CHECK(row.notes == Lines{"managed policy `extra` is in the account only"});
}

TEST_CASE("a removed policy is a lack, in words") {
  Account account;
  account.role()["AttachedManagedPolicies"] = Json::array();
  account.role()["RolePolicyList"] = Json::array();
  const Compared row = account.First();
  CHECK(row.likeness == Likeness::Differs);
  CHECK(row.gains.empty());
  CHECK(std::find(row.lacks.begin(), row.lacks.end(),
                  "read, list, write and delete s3://lake-production/raw/orders/, asset `orders/raw` (production)") !=
        row.lacks.end());
}

TEST_CASE("a changed trust is told on both sides") {
  Account account;
  account.role()["AssumeRolePolicyDocument"] = *ParseJson(R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})");
  CHECK(account.First().trust == Lines{"in the account only: service `ec2.amazonaws.com` may assume it",
                                       "not in the account: anybody in account 111122223333 may assume it"});
}

TEST_CASE("a role that is not there, has another ARN, or a boundary") {
  Account account;
  account.role()["Arn"] = "arn:aws:iam::111122223333:role/team/x";
  account.role()["PermissionsBoundary"] = Json{{"PermissionsBoundaryArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}};
  CHECK(account.First().trust.size() == 2);
  account.role()["RoleName"] = "another";
  CHECK(account.First().likeness == Likeness::Missing);
}

TEST_CASE("what is outside of the subset is unknown, never equal") {
  Account account;
  account.Attach("extra", *ParseJson(R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}]})"));
  CHECK(account.First().likeness == Likeness::Unknown);
  CHECK(account.First().reasons == Lines{"policy `extra`: statement 1: `Effect` is not `Allow`"});
  (*account)["Policies"].erase((*account)["Policies"].size() - 1);
  CHECK(account.First().reasons == Lines{"policy `extra` has no document in the file"});
  account.role()["AssumeRolePolicyDocument"] = "%7B%7D";
  CHECK(account.First().reasons.size() == 2);
}

TEST_CASE("who is unknown to dpc and reaches an asset is listed, with what may be") {
  Account account;
  account.AddRole("reader", Allow("s3:Get*", "arn:aws:s3:::lake-prod?ction/raw/*"));
  account.AddRole("harmless", Allow("s3:*", "arn:aws:s3:::elsewhere/*"));
  account.AddRole("dpc-deployment", Allow("*", "*"));
  account.AddRole("odd", *ParseJson(R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]})"));
  Json limited = Allow("s3:GetObject", "*");
  limited["Statement"][0]["Condition"]["IpAddress"]["aws:SourceIp"] = "10.0.0.0/8";
  account.AddRole("visitor", limited);
  const ComparedEnvironment out = account.Run();
  CHECK_FALSE(out.equal());
  CHECK(out.strangers ==
        std::vector<Stranger>{
            {"role", "odd", {}, {"inline policy `own`: statement 1: `NotAction`"}},
            {"role", "reader", {"read asset `orders/raw` (production)"}, {}},
            {"role",
             "visitor",
             {"may read asset `orders/raw` (production)", "may read asset `orders/sales` (production)"},
             {}},
        });
  CHECK(out.other_strangers == 1);
  CHECK(out.notes.size() == 1);
}

TEST_CASE("a user has the rights of its groups") {
  Account account;
  (*account)["GroupDetailList"].push_back(Json{
      {"GroupName", "all"},
      {"Arn", "arn:aws:iam::111122223333:group/all"},
      {"GroupPolicyList", Json::array({Json{{"PolicyName", "g"}, {"PolicyDocument", Allow("glue:GetTable", "*")}}})}});
  (*account)["UserDetailList"].push_back(Json{
      {"UserName", "ann"}, {"Arn", "arn:aws:iam::111122223333:user/ann"}, {"GroupList", Json::array({"all", "gone"})}});
  CHECK(account.Run().strangers == std::vector<Stranger>{{"user",
                                                          "ann",
                                                          {"see the table of asset `orders/sales` (production)"},
                                                          {"the group `gone` is not in the file"}}});
}

std::string FaultOf(const std::function<void(Json&)>& change) {
  Account account;
  change(*account);
  std::string fault;
  CHECK_FALSE(ReadAccountFile(CompactJson(*account), fault));
  return fault;
}

TEST_CASE("a file that is no whole answer of one account is refused, with the place") {
  CHECK(FaultOf([](Json& f) { f["IsTruncated"] = true; }) ==
        "it is one page of a longer answer, so nothing can be called missing");
  CHECK(FaultOf([](Json& f) { f["NextToken"] = "x"; }) ==
        "it is one page of a longer answer, so nothing can be called missing");
  CHECK(FaultOf([](Json& f) { f.erase("Policies"); }) == "the file has no `Policies`");
  CHECK(FaultOf([](Json& f) { f["RoleDetailList"] = 1; }) == "the file.RoleDetailList is not a list");
  CHECK(FaultOf([](Json& f) { f["RoleDetailList"][1] = 1; }) == "RoleDetailList[1] has no `RoleName`");
  CHECK(FaultOf([](Json& f) { f["RoleDetailList"][1]["Arn"] = "x"; }) == "`x` is not the ARN of a role, user or group");
  CHECK(FaultOf([](Json& f) { f["RoleDetailList"][1]["Arn"] = "arn:aws:iam::444455556666:role/x"; }) ==
        "it holds ARNs of the accounts 111122223333 and 444455556666");
  CHECK(FaultOf([](Json& f) { f["RoleDetailList"].push_back(f["RoleDetailList"][0]); }) ==
        "RoleDetailList[2] repeats the name of another one");
  CHECK(FaultOf([](Json& f) {
          f["Policies"].push_back(f["Policies"][0]);
        }).ends_with("is there twice, or has two default versions"));
  CHECK(FaultOf([](Json& f) { f["RoleDetailList"] = Json::array(); }) ==
        "it holds no role, user or group that would tell its account");
}

// Replaces some value deep in `json` by another sort of value.
void Damage(Json& json) {
  Json* at = &json;
  while (at->is_structured() && !at->empty() && *rc::gen::inRange(0, 6) != 0) {
    const auto index = *rc::gen::inRange<std::size_t>(0, at->size());
    at = &std::next(at->begin(), static_cast<std::ptrdiff_t>(index)).value();
  }
  static const std::vector<Json> kOthers = {nullptr,
                                            1,
                                            true,
                                            "",
                                            "*",
                                            "%",
                                            "${x}",
                                            Json::array(),
                                            Json::object(),
                                            Json::array({1}),
                                            Json{{"Statement", "x"}},
                                            Json{{"a", Json::array({Json()})}}};
  *at = *rc::gen::elementOf(kOthers);
}

TEST_CASE("no damaged file is more than refused or unknown") {
  Account account;
  account.AddRole("reader", Allow("s3:Get*", "arn:aws:s3:::lake-*/raw/*"));
  const Json whole = *account;
  const std::string text = CompactJson(whole);
  const Planned& planned = account.planned();
  const auto survives = [&](const std::string& damaged) {
    std::string fault;
    if (const auto file = ReadAccountFile(damaged, fault)) {
      Compare(planned.input(), planned.plan(), {planned.plan()}, *file);
    } else {
      RC_ASSERT(!fault.empty());
    }
  };
  CHECK(Holds(300, 100, [&] {
    Json damaged = whole;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      Damage(damaged);
    }
    survives(CompactJson(damaged));
  }));
  CHECK(Holds(100, 100, [&] {
    std::string damaged = text.substr(0, *rc::gen::inRange<std::size_t>(0, text.size() + 1));
    if (!damaged.empty()) {
      damaged[*rc::gen::inRange<std::size_t>(0, damaged.size())] = *rc::gen::arbitrary<char>();
    }
    survives(damaged);
    survives(text.substr(0, 100) + damaged);
  }));
  survives(std::string(100000, '['));
  survives(std::string(100000, '{'));
}

}  // namespace
}  // namespace dpc::backend::aws
