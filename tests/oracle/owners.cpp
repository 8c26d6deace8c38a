#include "owners.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "model/settings.h"

namespace dpc::oracle {
namespace {

Json Side(const std::string& match, const std::string& account, const Json& policy) {
  return {{"match", match}, {"accountId", account}, {"policy", policy}};
}

Json Allowing(const std::string& principal, const std::string& action) {
  const Json statement = {
      {"Effect", "Allow"}, {"Principal", {{"AWS", principal}}}, {"Action", action}, {"Resource", "*"}};
  return {{"Version", "2012-10-17"}, {"Statement", Json::array({statement})}};
}

std::string AccountOf(const std::string& arn) {
  const std::size_t end = arn.rfind(':');
  const std::size_t begin = arn.rfind(':', end - 1) + 1;
  return arn.substr(begin, end - begin);
}

std::string CatalogOf(const Place& place) {
  return Arn(place, "glue", "*");
}

}  // namespace

Owners::Owners(const driver::Compilation& c, const World& world) : world_(world) {
  for (const model::EnvironmentId environment : c.environments) {
    const std::string name(c.model.Text(c.model.environments[environment].name));
    if (!c.model.environments[environment].has_aws) {
      continue;
    }
    const oracle::Emitted root(c.artifacts, name + "-resource-policies");
    for (const OwnerPolicy& policy : root.OwnerPolicies()) {
      Add(PlaceOf(c, environment), policy);
    }
  }
  CloseTheRest();
}

// `emitted` tells the mutants which policies are dpc's.
void Owners::Add(const Place& place, const OwnerPolicy& policy) {
  std::vector<std::string> matches = {policy.resource};
  if (policy.type == "aws_s3_bucket_policy") {
    matches = {S3Arn(place, policy.resource), S3Arn(place, policy.resource + "/*")};
  } else if (policy.type == "aws_glue_resource_policy") {
    matches = {CatalogOf(place)};
  } else {
    matches = {Arn(place, "kms", "key/" + policy.resource)};
  }
  for (const std::string& match : matches) {
    Json side = Side(match, place.account, policy.policy);
    side["emitted"] = policy.type;
    emitted_.push_back(std::move(side));
  }
}

// Without a policy nobody of another account gets anything; a key without one of dpc's has KMS's default.
void Owners::CloseTheRest() {
  for (const BucketPlace& bucket : world_.buckets) {
    if (!bucket.key.empty()) {
      const std::string account = AccountOf(bucket.key);
      emitted_.push_back(
          Side(bucket.key, account, Allowing(IamArn({bucket.place.partition, "", account}, "root"), "kms:*")));
    }
  }
  for (const Place& catalog : world_.managed_catalogs) {
    emitted_.push_back(Side(CatalogOf(catalog), catalog.account, nullptr));
  }
}

Json Owners::Open(const Place& home, const std::string& principal) const {
  Json sides = Json::array();
  std::set<std::string> accounts = {"999999999999"};
  // What dpc says about resources at home holds for the role too.
  std::copy_if(emitted_.begin(), emitted_.end(), std::back_inserter(sides),
               [&](const Json& side) { return side["accountId"] == home.account; });
  for (const BucketPlace& bucket : world_.buckets) {
    if (bucket.place.account != home.account) {
      accounts.insert(bucket.place.account);
      for (const char* rest : {"", "/*"}) {
        sides.push_back(Side(S3Arn(bucket.place, bucket.name + rest), bucket.place.account, Allowing(principal, "*")));
      }
    }
  }
  for (const TablePlace& table : world_.tables) {
    accounts.insert(table.catalog.account);
  }
  accounts.erase(home.account);
  for (const std::string& account : accounts) {
    for (const char* service : {"glue", "kms"}) {
      sides.push_back(
          Side("arn:*:" + std::string(service) + ":*:" + account + ":*", account, Allowing(principal, "*")));
    }
  }
  return sides;
}

Json Owners::ForLint() const {
  static const std::map<std::string, std::string> kKinds = {
      {"aws_s3_bucket_policy", "bucket"}, {"aws_kms_key_policy", "kms"}, {"aws_glue_resource_policy", "glue"}};
  Json documents = Json::array();
  for (const Json& side : emitted_) {
    const std::string match = side["match"];
    // A bucket's policy is there twice: for itself and for its objects.
    if (side.contains("emitted") && !match.ends_with("/*")) {
      documents.push_back({{"name", match}, {"kind", kKinds.at(side["emitted"])}, {"policy", side["policy"]}});
    }
  }
  return documents;
}

}  // namespace dpc::oracle
