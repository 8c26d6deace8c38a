// KMS keys: only through S3, readers only decrypt.
#include <array>
#include <set>

#include "interview.h"

namespace dpc::oracle {
namespace {

constexpr std::array<std::string_view, 2> kUse = {"kms:Decrypt", "kms:GenerateDataKey"};
constexpr std::array<std::string_view, 11> kBeyond = {"kms:Encrypt",
                                                      "kms:ReEncryptFrom",
                                                      "kms:ReEncryptTo",
                                                      "kms:CreateGrant",
                                                      "kms:DescribeKey",
                                                      "kms:GenerateDataKeyPair",
                                                      "kms:GenerateDataKeyWithoutPlaintext",
                                                      "kms:PutKeyPolicy",
                                                      "kms:ScheduleKeyDeletion",
                                                      "kms:DisableKey",
                                                      "kms:GetKeyPolicy"};

// Ways to a key that are not through S3 in its region.
std::vector<std::optional<std::string>> OtherWays(const Place& place) {
  const std::string via = ThroughS3(place);
  const std::string rest = via.substr(2);
  Place elsewhere = place;
  elsewhere.region = place.region == "us-east-1" ? "us-east-2" : "us-east-1";
  return {std::nullopt,
          "dynamodb" + rest,
          "secretsmanager" + rest,
          ThroughS3(elsewhere),
          "s3.amazonaws.com",
          via + ".evil.example",
          "xs3" + rest,
          "s3"};
}

std::string WithOtherEnd(std::string key) {
  key.back() = key.back() == '0' ? '1' : '0';
  return key;
}

void AskKey(Interview& ask, const std::string& key, const Place& place) {
  for (const std::string_view action : kUse) {
    ask.Key(action, key, ThroughS3(place), "through S3");
    for (const auto& via : OtherWays(place)) {
      ask.Key(action, key, via, "not through S3 of the key's region");
    }
    ask.Key(action, WithOtherEnd(key), ThroughS3(place), "a key that looks alike");
  }
  for (const std::string_view action : kBeyond) {
    ask.Key(action, key, ThroughS3(place), "beyond using the key");
  }
  // Regions in which the repository has other buckets: grants on several keys may have run into one.
  for (const BucketPlace& bucket : Sample(ask.world().buckets, 16, key)) {
    ask.Key("kms:Decrypt", key, ThroughS3(bucket.place), "through S3 of some region");
    ask.Key("kms:GenerateDataKey", key, ThroughS3(bucket.place), "through S3 of some region");
  }
}

}  // namespace

void AskKeys(Interview& ask) {
  std::set<std::string> keys;
  for (const FileGrant& file : ask.facts().files) {
    if (!file.key.empty() && keys.insert(file.key).second) {
      AskKey(ask, file.key, file.place);
    }
  }
  for (const BucketPlace& bucket : Sample(ask.world().buckets, 16, ask.facts().label)) {
    if (!bucket.key.empty() && keys.insert(bucket.key).second) {
      ask.Key("kms:Decrypt", bucket.key, ThroughS3(bucket.place), "somebody's key");
      ask.Key("kms:GenerateDataKey", bucket.key, ThroughS3(bucket.place), "somebody's key");
    }
  }
}

}  // namespace dpc::oracle
