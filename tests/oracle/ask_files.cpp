// Rows "read an S3 prefix" and "own (write) an S3 prefix": objects, listing, and the bucket itself.
#include <algorithm>
#include <array>

#include "interview.h"

namespace dpc::oracle {
namespace {

constexpr std::array<std::string_view, 5> kObjectActions = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject",
                                                            "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"};
// "versions, ACLs, tags" of readers; "ACLs, versions, retention, restore" of owners.
constexpr std::array<std::string_view, 18> kBeyond = {
    "s3:GetObjectVersion",    "s3:GetObjectAcl",        "s3:GetObjectTagging", "s3:GetObjectAttributes",
    "s3:GetObjectRetention",  "s3:GetObjectLegalHold",  "s3:GetObjectTorrent", "s3:GetObjectVersionTagging",
    "s3:PutObjectAcl",        "s3:PutObjectVersionAcl", "s3:PutObjectTagging", "s3:PutObjectRetention",
    "s3:PutObjectLegalHold",  "s3:DeleteObjectVersion", "s3:RestoreObject",    "s3:BypassGovernanceRetention",
    "s3:DeleteObjectTagging", "s3:ReplicateObject"};
constexpr std::array<std::string_view, 14> kBucketSettings = {"s3:ListBucketVersions",
                                                              "s3:ListBucketMultipartUploads",
                                                              "s3:GetBucketLocation",
                                                              "s3:GetBucketPolicy",
                                                              "s3:PutBucketPolicy",
                                                              "s3:DeleteBucketPolicy",
                                                              "s3:GetBucketAcl",
                                                              "s3:PutBucketAcl",
                                                              "s3:PutBucketVersioning",
                                                              "s3:PutLifecycleConfiguration",
                                                              "s3:PutEncryptionConfiguration",
                                                              "s3:PutBucketPublicAccessBlock",
                                                              "s3:DeleteBucket",
                                                              "s3:PutReplicationConfiguration"};

std::string Parent(const std::string& prefix) {
  const std::size_t slash = prefix.rfind('/');
  return slash == std::string::npos ? "" : prefix.substr(0, slash + 1);
}

std::string Exchanged(std::string text) {
  for (char& c : text) {
    c = c == '_' ? '-' : c == '-' ? '_' : c;
  }
  return text;
}

std::string OtherCase(std::string text) {
  for (char& c : text) {
    c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return text;
}

// Prefixes that look like `prefix` and are others. Cutting the last byte may break a character of two bytes: then not.
std::vector<std::string> LookAlikes(const std::string& prefix) {
  std::vector<std::string> others = {prefix + "2",
                                     prefix + "x",
                                     prefix + "-old",
                                     prefix + " ",
                                     "x" + prefix,
                                     "/" + prefix,
                                     Parent(prefix) + "other",
                                     Exchanged(prefix),
                                     OtherCase(prefix),
                                     prefix + "%2Fx",
                                     Parent(prefix) + "x/" + prefix};
  if (prefix.size() > 1 && static_cast<unsigned char>(prefix.back()) < 0x80 && prefix[prefix.size() - 2] != '/') {
    others.push_back(prefix.substr(0, prefix.size() - 1));
  }
  std::erase(others, prefix);
  return others;
}

void Inside(Interview& ask, const FileGrant& file) {
  const std::string folder = file.prefix.empty() ? "" : file.prefix + "/";
  for (const std::string_view action : kObjectActions) {
    ask.Object(action, file.bucket, folder + "part-0.parquet", "below the prefix");
    ask.Object(action, file.bucket, folder + "2024/01/é a+b.csv", "deep below the prefix");
  }
  // Wildcards and dots are ordinary characters of a key.
  ask.Object("s3:GetObject", file.bucket, folder + "a*b?c", "a key with a star");
  ask.Object("s3:GetObject", file.bucket, folder + "../x", "a key with dots");
  ask.Object("s3:GetObject", file.bucket, folder + "/x", "a key with two slashes");
  for (const std::string_view action : kBeyond) {
    ask.Object(action, file.bucket, folder + "part-0.parquet", "beyond the row's actions");
  }
  if (!file.key.empty() && !file.through_grants) {
    ask.Encrypted(file, folder + "part-0.parquet", "an encrypted object");
  }
}

void Beside(Interview& ask, const FileGrant& file) {
  if (file.prefix.empty()) {
    return;
  }
  for (const std::string& other : LookAlikes(file.prefix)) {
    for (const std::string_view action : {kObjectActions[0], kObjectActions[1]}) {
      ask.Object(action, file.bucket, other + "/part-0.parquet", "below a look-alike of the prefix");
    }
    ask.List(file.bucket, other + "/", "listing a look-alike");
  }
  const std::string parent = Parent(file.prefix);
  for (const std::string_view action : kObjectActions) {
    ask.Object(action, file.bucket, parent + "part-0.parquet", "in the parent folder");
    ask.Object(action, file.bucket, file.prefix + "2.parquet", "a key that continues the prefix");
  }
}

void Listing(Interview& ask, const FileGrant& file) {
  const std::string folder = file.prefix.empty() ? "" : file.prefix + "/";
  ask.List(file.bucket, folder, "listing the prefix");
  ask.List(file.bucket, folder + "2024/", "listing deeper");
  ask.ListVersions(file.bucket, folder + "2024/", "listing versions");
  ask.List(file.bucket, folder + "part", "listing the start of a name");
  ask.List(file.bucket, std::nullopt, "listing without a prefix");
  ask.List(file.bucket, "", "listing with an empty prefix");
  ask.List(file.bucket, "/", "listing a slash");
  if (!file.prefix.empty()) {
    ask.List(file.bucket, file.prefix, "listing the prefix without its slash");
    ask.List(file.bucket, Parent(file.prefix), "listing the parent");
    ask.List(file.bucket, file.prefix + "2", "listing what continues the prefix");
    ask.List(file.bucket, file.prefix.substr(0, 1), "listing the first letter");
  }
}

// The same path in every other bucket, and in names that look like the bucket's.
void OtherBuckets(Interview& ask, const FileGrant& file) {
  const std::string key = file.prefix.empty() ? "part-0.parquet" : file.prefix + "/part-0.parquet";
  std::vector<std::string> names = {file.bucket + "2", file.bucket + "-x",
                                    file.bucket.substr(0, file.bucket.size() - 1)};
  for (const BucketPlace& bucket : Sample(ask.world().buckets, 12, file.bucket)) {
    names.push_back(bucket.name);
  }
  for (const std::string& name : names) {
    for (const std::string_view action : {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}) {
      ask.Object(action, name, key, "the same key in another bucket");
    }
    ask.List(name, file.prefix + "/", "listing the same prefix of another bucket");
  }
}

// The assets of everyone, in every environment.
void OtherAssets(Interview& ask) {
  for (const FilePlace& place : Sample(ask.world().files, 60, ask.facts().label)) {
    for (const std::string_view action : {"s3:GetObject", "s3:PutObject"}) {
      ask.Object(action, place.bucket, place.prefix + "/part-0.parquet", "somebody's asset");
    }
    ask.List(place.bucket, place.prefix + "/", "listing somebody's asset");
  }
  for (const BucketPlace& bucket : Sample(ask.world().buckets, 24, ask.facts().label)) {
    ask.Object("s3:GetObject", bucket.name, "elsewhere/x", "a key outside all assets");
    ask.List(bucket.name, std::nullopt, "listing a bucket");
    for (const std::string_view action : kBucketSettings) {
      ask.Bucket(action, bucket.name, "a bucket's settings");
    }
  }
}

}  // namespace

void AskFiles(Interview& ask) {
  for (const FileGrant& file : ask.facts().files) {
    Inside(ask, file);
    Beside(ask, file);
    Listing(ask, file);
    OtherBuckets(ask, file);
  }
  OtherAssets(ask);
}

}  // namespace dpc::oracle
