#include "backend/aws/prove.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "planned.h"

namespace dpc::backend::aws {
namespace {

// What is said of a role with this document in place of the first one that holds `old_text`; "" when it is proved.
std::string Changed(RolePlan role, const std::string& old_text, const std::string& new_text) {
  for (PolicyDocument* document : [&role] {
         std::vector<PolicyDocument*> all;
         for (PolicyDocument& managed : role.managed) {
           all.push_back(&managed);
         }
         if (role.inline_policy) {
           all.push_back(&*role.inline_policy);
         }
         return all;
       }()) {
    const std::size_t at = document->text.find(old_text);
    if (at == std::string::npos) {
      continue;
    }
    document->text.replace(at, old_text.size(), new_text);
    try {
      Prove(role);
    } catch (const NotProved& fault) {
      return fault.what();
    }
    return "";
  }
  FAIL("no document holds " << old_text);
  return "";
}

TEST_CASE("what is emitted is proved, and counted") {
  const Planned planned;
  const Proof proof = Prove(planned.plan());
  CHECK(proof.roles == 2);
  CHECK(proof.documents >= 4);
  CHECK(proof.statements >= 4);
  CHECK(proof.asked > 10);
  CHECK(proof.comparisons == proof.asked + proof.emitted);
}

TEST_CASE("every mutant of a document is caught, in words") {
  const Planned planned;
  const RolePlan report = planned.Role("report");
  const auto holds = [](const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  };
  // A missing slash, and a wider folder.
  holds(Changed(report, "raw/orders/*", "raw/orders*"), "it allows, unasked,");
  holds(Changed(report, "raw/orders/*", "raw/*"), "it allows, unasked,");
  holds(Changed(report, "raw/orders/*", "raw/orders/x/*"), "it does not allow");
  // A listing without its condition.
  holds(Changed(report, "\"StringLike\"", "\"StringLikeIfExists\""), "the condition operator `StringLikeIfExists`");
  holds(Changed(report, "\"StringLike\"", "\"ForAllValues:StringLike\""), "ForAllValues");
  holds(Changed(report, "\"s3:prefix\"", "\"s3:delimiter\""), "it does not allow s3:ListBucket");
  // Actions.
  holds(Changed(report, "\"s3:GetObject\"", "\"s3:*\""), "the action wildcard `s3:*`");
  holds(Changed(report, "\"s3:GetObject\"", "\"s3:GetObjectVersion\""), "it does not allow s3:GetObject");
  holds(Changed(report, "\"Allow\"", "\"Deny\""), "`Effect` is not `Allow`");
  // A lost ancestor.
  holds(Changed(report, ":catalog\"", ":catalogue\""), "catalog");
  // Text.
  holds(Changed(report, "raw/orders/*", "raw/\xE2\x82\xAC/*"), "a character that IAM does not take");
  holds(Changed(report, "raw/orders/*", "raw/\\u20AC/*"), "a character that IAM does not take");
  holds(Changed(report, "raw/orders/*", std::string(11000, 'a') + "/*"), "bytes, more than");
  holds(Changed(report, "{", ""), "is no JSON");
  holds(Changed(report, "raw/orders/*", "raw/orders*"), "role `");
}

TEST_CASE("an action that was not asked for is caught, one on what it cannot be about is not") {
  const Planned planned;
  RolePlan role = planned.Role("report");
  PolicyDocument more{"more", "more", "", {}};
  more.text = R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
                  "Resource": "arn:aws:s3:::lake-production"}})";
  role.managed.push_back(more);
  CHECK_NOTHROW(Prove(role));
  role.managed.back().text = R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                                 "Action": "s3:PutObject", "Resource": "arn:aws:s3:::lake-production/x"}})";
  CHECK_THROWS_AS(Prove(role), NotProved);
}

}  // namespace
}  // namespace dpc::backend::aws
