#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "backend/aws/prove.h"
#include "planned.h"

namespace dpc::backend::aws {
namespace {

constexpr const char* kConsumer = "arn:aws:iam::444455556666:role/reader";

AskedItem Asked(const std::vector<std::string>& actions, const std::string& item) {
  return {{"", actions, {}, "", {}}, item};
}

ResourcePolicy BucketPolicy(const std::string& principal, const std::string& resource) {
  ResourcePolicy policy;
  policy.kind = ResourcePolicyKind::Bucket;
  policy.resource = "arn:aws:s3:::lake";
  policy.text = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": )" + principal +
                R"(, "Action": "s3:GetObject", "Resource": ")" + resource + "\"}]}";
  policy.asked[kConsumer] = {Asked({"s3:GetObject"}, "arn:aws:s3:::lake/raw/*")};
  return policy;
}

ResourcePolicy KeyPolicy(const std::string& first_action) {
  ResourcePolicy policy;
  policy.kind = ResourcePolicyKind::Key;
  policy.resource = "arn:aws:kms:eu-west-1:111122223333:key/1";
  policy.text = R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": ")" +
                first_action + R"(", "Resource": "*"},
    {"Effect": "Allow", "Principal": {"AWS": ")" +
                kConsumer + R"("}, "Action": "kms:Decrypt", "Resource": "*"}]})";
  policy.asked[kConsumer] = {Asked({"kms:Decrypt"}, policy.resource)};
  return policy;
}

std::string Quoted(const std::string& text) {
  return R"({"AWS": ")" + text + "\"}";
}

TEST_CASE("a resource policy that lets in who was granted, and only there, is proved") {
  CHECK(Prove(BucketPolicy(Quoted(kConsumer), "arn:aws:s3:::lake/raw/*")).asked == 1);
  CHECK(Prove(KeyPolicy("kms:*")).statements == 2);
}

TEST_CASE("others, more and less are caught in a resource policy") {
  const auto refused = [](const ResourcePolicy& policy) { CHECK_THROWS_AS(Prove(policy), NotProved); };
  refused(BucketPolicy(Quoted("arn:aws:iam::444455556666:root"), "arn:aws:s3:::lake/raw/*"));
  refused(BucketPolicy(Quoted("*"), "arn:aws:s3:::lake/raw/*"));
  refused(BucketPolicy("\"*\"", "arn:aws:s3:::lake/raw/*"));
  refused(BucketPolicy(R"({"Service": "ec2.amazonaws.com"})", "arn:aws:s3:::lake/raw/*"));
  refused(BucketPolicy(Quoted(kConsumer), "arn:aws:s3:::lake/raw*"));
  refused(BucketPolicy(Quoted(kConsumer), "arn:aws:s3:::lake/raw/x/*"));
  refused(KeyPolicy("kms:Decrypt"));
}

TEST_CASE("what is emitted for readers of another account is proved, with an end on both sides") {
  auto development = EnvironmentFile("development", "canReadFrom: [production]\n");
  development.second.replace(development.second.find("111122223333"), 12, "444455556666");
  auto production = EnvironmentFile("production");
  production.second += "  resourcePolicies: managed\n";
  Files files = {{"dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: acme\naws: {expiry: platform}\n"},
                 production,
                 development,
                 ProductFile("orders", Offers("orders", "restricted")),
                 ProductFile("report", Reads({"orders/out"})),
                 AgreementFile("orders", "report", "until: 2099-12-31\n")};
  const Planned planned(files);
  REQUIRE(planned.plan().resource_policies.size() == 1);
  const ResourcePolicy& policy = planned.plan().resource_policies.front();
  CHECK(policy.text.find("2100-01-01T00:00:00Z") != std::string::npos);
  CHECK(Prove(policy).asked > 0);
  CHECK(Prove(planned.plan()).documents > Prove(policy).documents);
}

}  // namespace
}  // namespace dpc::backend::aws
