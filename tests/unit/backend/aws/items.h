// Random grants of one role, as Rights writes them, over names that are often inside of each other.
#pragma once

#include <string>
#include <vector>

#include "../../property.h"
#include "backend/aws/pack.h"
#include "backend/aws/statements.h"
#include "json/json.h"

namespace dpc::backend::aws {

struct GrantedItem {
  GroupKey key;
  std::string item;
  Sources sources;
};

inline const std::vector<Topic>& TestTopics() {
  static const std::vector<Topic> kTopics = {{"read-generic", false},
                                             {"bucket-read", true},
                                             {"write-generic", false},
                                             {"bucket-write", true},
                                             {"service", false}};
  return kTopics;
}

inline std::string AnyName(std::initializer_list<std::string> names) {
  return *rc::gen::elementOf(std::vector<std::string>(names));
}

inline std::string AnyPrefix() {
  std::string path;
  for (int depth = *rc::gen::inRange(1, 4); depth > 0; --depth) {
    path += (path.empty() ? "" : "/") + AnyName({"a", "ab", "b", "a-"});
  }
  return path;
}

inline Sources AnySource() {
  return {Range{LocId(*rc::gen::inRange<std::uint32_t>(0, 1000)), 1}};
}

inline GrantedItem Objects(bool own, const std::string& bucket, const std::string& prefix) {
  std::vector<std::string> actions = {"s3:GetObject"};
  if (own) {
    actions = {"s3:PutObject", "s3:GetObject", "s3:DeleteObject"};  // not sorted: Add sorts
  }
  return {{own ? "bucket-write" : "bucket-read", actions, {}, "", {}},
          "arn:aws:s3:::" + bucket + "/" + (prefix.empty() ? "" : prefix + "/") + "*",
          {}};
}

inline GrantedItem Listing(const std::string& bucket, const std::string& prefix) {
  const std::string arn = "arn:aws:s3:::" + bucket;
  if (prefix.empty()) {
    return {{"bucket-read", {"s3:ListBucket"}, {}, "", {}}, arn, {}};
  }
  return {{"bucket-read", {"s3:ListBucket"}, {arn}, "s3:prefix", {}}, prefix + "/*", {}};
}

inline GrantedItem KeyUse(bool own, const std::string& key, const std::string& region) {
  std::vector<std::string> actions = {"kms:Decrypt"};
  if (own) {
    actions.emplace_back("kms:GenerateDataKey");
  }
  const Condition through = {"StringEquals", "kms:ViaService", {"s3." + region + ".amazonaws.com"}};
  return {{own ? "write-generic" : "read-generic", actions, {}, "", {through}}, "arn:aws:kms:r:1:key/" + key, {}};
}

inline GrantedItem Table(bool own, const std::string& table) {
  std::vector<std::string> actions = {"glue:GetTable", "glue:GetDatabase"};
  if (own) {
    actions.emplace_back("glue:UpdateTable");
  }
  return {{own ? "write-generic" : "read-generic", actions, {}, "", {}}, "arn:aws:glue:r:1:table/d/" + table, {}};
}

inline GrantedItem AnyItem() {
  const bool own = *rc::gen::arbitrary<bool>();
  GrantedItem made;
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
    case 1:
      made = Objects(own, AnyName({"x", "xy"}), AnyPrefix());
      break;
    case 2:
      made = Objects(own, AnyName({"x", "xy"}), "");
      break;
    case 3:
      made = Listing(AnyName({"x", "xy"}), *rc::gen::inRange(0, 5) == 0 ? "" : AnyPrefix());
      break;
    case 4:
      made = KeyUse(own, AnyName({"k1", "k2"}), AnyName({"r1", "r2"}));
      break;
    case 5:
      made = Table(own, AnyName({"t", "t2", "u", "*"}));
      break;
    default:
      made = {{"service", {"s3:ListAllMyBuckets"}, {}, "", {}}, "*", {}};
  }
  if (*rc::gen::inRange(0, 3) == 0) {
    made.key.conditions.push_back(EndsAfter(*Date::Parse(AnyName({"2026-03-31", "2026-12-31"}))));
  }
  made.sources = AnySource();
  return made;
}

inline std::vector<GrantedItem> AnyItems(int most) {
  std::vector<GrantedItem> items;
  for (int count = *rc::gen::inRange(1, most + 1); count > 0; --count) {
    items.push_back(AnyItem());
  }
  return items;
}

inline Statements Collect(const std::vector<GrantedItem>& items) {
  Statements statements;
  for (const GrantedItem& item : items) {
    statements.Add(item.key, item.item, item.sources, item.item);
  }
  return statements;
}

}  // namespace dpc::backend::aws
