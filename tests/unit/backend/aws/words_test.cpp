#include "backend/aws/words.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "backend/aws/trust_reader.h"
#include "planned.h"

namespace dpc::backend::aws {
namespace {

using Lines = std::vector<std::string>;

Lines Words(const std::string& statements) {
  static const Planned planned;
  static const AssetNames assets(planned.input());
  const Expansion expansion = Expand(R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
  INFO(expansion.unknown);
  REQUIRE(expansion.known());
  return InWords(expansion.permissions, assets);
}

std::string Allow(const std::string& actions, const std::string& resource, const std::string& condition = "") {
  return R"({"Effect": "Allow", "Action": [)" + actions + R"(], "Resource": ")" + resource + "\"" +
         (condition.empty() ? "" : R"(, "Condition": {)" + condition + "}") + "}";
}

TEST_CASE("what is done with a folder is one sentence") {
  CHECK(Words(Allow(R"("s3:GetObject", "s3:DeleteObject")", "arn:aws:s3:::x/a/b/*") + "," +
              Allow(R"("s3:ListBucket")", "arn:aws:s3:::x", R"("StringLike": {"s3:prefix": "a/b/*"})")) ==
        Lines{"read, list and delete s3://x/a/b/"});
  CHECK(Words(Allow(R"("s3:PutObject")", "arn:aws:s3:::x/a*")) == Lines{"write in part (s3:PutObject) s3://x/a*"});
  CHECK(Words(Allow(R"("s3:ListBucket")", "arn:aws:s3:::x")) == Lines{"list s3://x/"});
}

TEST_CASE("declared assets are named: what a folder is, lies in, or holds") {
  CHECK(Words(Allow(R"("s3:GetObject")", "arn:aws:s3:::lake-production/raw/orders/*")) ==
        Lines{"read s3://lake-production/raw/orders/, asset `orders/raw` (production)"});
  CHECK(Words(Allow(R"("s3:GetObject")", "arn:aws:s3:::lake-production/raw/orders/x")) ==
        Lines{"read s3://lake-production/raw/orders/x, asset `orders/raw` (production)"});
  CHECK(Words(Allow(R"("s3:GetObject")", "arn:aws:s3:::lake-production/*")) ==
        Lines{"read s3://lake-production/, asset `orders/sales` (production) and 1 more"});
  CHECK(Words(Allow(R"("s3:GetObject")", "arn:aws:s3:::lake-production/raw/orders2/*")) ==
        Lines{"read s3://lake-production/raw/orders2/"});
}

TEST_CASE("keys, regions, dates, and what is no row of the contract") {
  const std::string key = "arn:aws:kms:eu-west-1:111122223333:key/1";
  CHECK(Words(Allow(R"("kms:Decrypt", "kms:GenerateDataKey")", key,
                    R"("StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"})")) ==
        Lines{"decrypt and encrypt with key `" + key + "` (through S3)"});
  CHECK(Words(Allow(R"("kms:Decrypt")", key, R"("DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"})")) ==
        Lines{"decrypt with key `" + key + "` before 2027-01-01T00:00:00Z"});
  CHECK(Words(Allow(R"("iam:PassRole")", "*", R"("StringLike": {"aws:X": "a*"})")) ==
        Lines{"iam:PassRole on `*` when `aws:x` is like `a*`"});
  CHECK(Words(Allow(R"("s3:GetObject")", "arn:aws:s3:::lake-production")).empty());
}

TEST_CASE("tables, workgroups and parameters") {
  const std::string glue = "arn:aws:glue:eu-west-1:111122223333:";
  CHECK(Words(Allow(R"("glue:GetTable")", glue + "table/d/t")) ==
        Lines{"read in part (glue:GetTable) Glue table `d.t`"});
  CHECK(Words(Allow(R"("glue:GetDatabase")", glue + "database/d")) == Lines{"see Glue database `d`"});
  CHECK(Words(Allow(R"("ssm:GetParametersByPath", "ssm:PutParameter")",
                    "arn:aws:ssm:eu-west-1:111122223333:parameter/p/*")) ==
        Lines{"list and write parameters below `/p/`"});
}

std::string TrustWords(const std::string& principal, const std::string& condition = "",
                       const std::string& effect = "Allow") {
  const TrustExpansion trust =
      ExpandTrust(R"({"Version": "2012-10-17", "Statement": {"Effect": ")" + effect + R"(", "Principal": )" +
                  principal + R"(, "Action": "sts:AssumeRole", "Condition": {)" + condition + "}}}");
  INFO(trust.unknown);
  REQUIRE(trust.known());
  return trust.allowed.empty() ? TrustInWords(trust.denied.at(0), true) : TrustInWords(trust.allowed.at(0), false);
}

TEST_CASE("trust in words") {
  const std::string account = R"({"AWS": "arn:aws:iam::111122223333:root"})";
  CHECK(TrustWords(account) == "anybody in account 111122223333 may assume it");
  CHECK(TrustWords(R"("*")", "", "Deny") == "anybody in any account may not assume it");
  CHECK(TrustWords(account, R"("ArnLike": {"aws:PrincipalArn":
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_data_????????????????"})") ==
        "permission set `data` of account 111122223333 may assume it");
  const std::string provider = R"({"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example/1"})";
  CHECK(TrustWords(provider, R"("StringEquals": {"idp.example/1:sub": "system:serviceaccount:a:b",
                                                 "idp.example/1:aud": "sts.amazonaws.com"})") ==
        "service account `system:serviceaccount:a:b` of issuer `idp.example/1` for `sts.amazonaws.com` may assume it");
  CHECK(TrustWords(provider) == "every identity of issuer `idp.example/1` with a token for any audience may assume it");
  CHECK(TrustWords(account, R"("StringEquals": {"aws:SourceIp": "1"})") ==
        "anybody in account 111122223333 may assume it when `aws:sourceip` is like `1`");
}

TEST_CASE("trust that dpc would not write is unknown") {
  const auto why = [](const std::string& statement) {
    return ExpandTrust(R"({"Version": "2012-10-17", "Statement": )" + statement + "}").unknown;
  };
  CHECK(why("[1]") == "statement 1: it has no `Principal` or no `Action`");
  CHECK(why(R"({"Effect": "Allow", "NotPrincipal": "*", "Action": "sts:AssumeRole"})") ==
        "statement 1: it has no `Principal` or no `Action`");
  CHECK(why(R"({"Effect": "Allow", "Principal": "*", "Action": "sts:*"})") == "statement 1: `Action`");
  CHECK(why(R"({"Effect": "Allow", "Principal": {"X": "*"}, "Action": "sts:AssumeRole"})") ==
        "statement 1: the principal `X`");
}

}  // namespace
}  // namespace dpc::backend::aws
