#include "backend/aws/pack.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "items.h"

namespace dpc::backend::aws {
namespace {

// So many that each topic needs several documents.
std::vector<GrantedItem> ManyItems(int count) {
  std::vector<GrantedItem> items;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(*rc::gen::inRange(0, 100000));
    const std::string prefix = AnyPrefix() + "/" + number + std::string(*rc::gen::inRange<std::size_t>(0, 60), 'p');
    const bool own = *rc::gen::arbitrary<bool>();
    items.push_back(*rc::gen::inRange(0, 3) == 0 ? Listing("bucket", prefix) : Objects(own, "bucket", prefix));
    items.push_back(*rc::gen::inRange(0, 3) == 0 ? Table(own, "t" + number) : AnyItem());
    items.back().sources = AnySource();
  }
  return items;
}

std::vector<Document> PackItems(const std::vector<GrantedItem>& items) {
  return Pack(Collect(items).groups(), TestTopics());
}

// What documents hold, one line for each, to be compared.
std::vector<std::string> Lines(const std::vector<Document>& documents) {
  std::vector<std::string> lines;
  for (const Document& document : documents) {
    lines.push_back(document.part + " " + CompactJson(document.policy));
  }
  return lines;
}

std::string TopicOf(const std::string& part) {
  return part.substr(0, part.find("-Part"));
}

TEST_CASE("every document keeps the quota of IAM, and knows its size") {
  CHECK(Holds(12, 100, [] {
    const auto documents = PackItems(ManyItems(*rc::gen::inRange(1, 250)));
    for (const Document& document : documents) {
      const std::string bytes = CompactJson(document.policy);
      RC_ASSERT(document.bytes == bytes.size());
      RC_ASSERT(document.bytes <= kManagedPolicyBytes);
      RC_ASSERT(!document.policy["Statement"].empty());
    }
  }));
}

TEST_CASE("a document is filled before the next one begins") {
  CHECK(Holds(12, 100, [] {
    const auto documents = PackItems(ManyItems(*rc::gen::inRange(100, 250)));
    // What did not fit into a document stands first in the next one: its item and the head of a statement.
    static constexpr std::size_t kMost = 600;
    for (std::size_t i = 0; i + 1 < documents.size(); ++i) {
      if (TopicOf(documents[i].part) == TopicOf(documents[i + 1].part)) {
        RC_ASSERT(documents[i].bytes + kMost > kManagedPolicyBytes);
      }
    }
  }));
}

// "actions|resources|item" of each item, sorted.
std::vector<std::string> ItemsOf(const Groups& groups) {
  std::vector<std::string> lines;
  for (const auto& [key, items] : groups) {
    for (const auto& [item, sources] : items) {
      lines.push_back(CompactJson(StatementJson(key, {item})));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// Each statement taken apart again, item by item.
std::vector<std::string> ItemsOf(const std::vector<Document>& documents) {
  std::vector<std::string> lines;
  for (const Document& document : documents) {
    for (const Json& statement : document.policy["Statement"]) {
      const bool listing = statement.contains("Condition") && statement["Condition"].contains("StringLike");
      const Json& items = listing ? statement["Condition"]["StringLike"]["s3:prefix"] : statement["Resource"];
      for (const Json& item : items.is_array() ? items : Json::array({items})) {
        Json alone = statement;
        (listing ? alone["Condition"]["StringLike"]["s3:prefix"] : alone["Resource"]) = item;
        lines.push_back(CompactJson(alone));
      }
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_CASE("packing splits statements and does nothing else to them") {
  CHECK(Holds(12, 100, [] {
    const Statements statements = Collect(ManyItems(*rc::gen::inRange(1, 150)));
    RC_ASSERT(ItemsOf(Pack(statements.groups(), TestTopics())) == ItemsOf(statements.groups()));
  }));
}

TEST_CASE("documents do not depend on the order in which grants were added") {
  CHECK(Holds(12, 100, [] {
    std::vector<GrantedItem> items = ManyItems(*rc::gen::inRange(1, 100));
    const auto lines = Lines(PackItems(items));
    std::reverse(items.begin(), items.end());
    RC_ASSERT(Lines(PackItems(items)) == lines);
    std::rotate(items.begin(), items.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, 10) % std::ssize(items),
                items.end());
    RC_ASSERT(Lines(PackItems(items)) == lines);
  }));
}

TEST_CASE("one more item changes only documents of its topic") {
  CHECK(Holds(12, 100, [] {
    std::vector<GrantedItem> items = ManyItems(*rc::gen::inRange(1, 150));
    std::vector<std::string> before = Lines(PackItems(items));
    const GrantedItem more = ManyItems(1).front();
    items.push_back(more);
    for (const std::string& line : Lines(PackItems(items))) {
      const bool same = std::find(before.begin(), before.end(), line) != before.end();
      RC_ASSERT((same || TopicOf(line.substr(0, line.find(' '))) == more.key.topic));
    }
  }));
}

TEST_CASE("a document names the declarations of its items") {
  GrantedItem first = Objects(false, "x", "a");
  GrantedItem second = Objects(false, "x", "b");
  GrantedItem other = Objects(true, "x", "c");
  first.sources = {Range{LocId(7), 1}, Range{LocId(3), 1}};
  second.sources = {Range{LocId(7), 1}};
  other.sources = {Range{LocId(9), 1}};
  const auto documents = PackItems({first, second, other});
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].sources == std::vector<Range>{Range{LocId(3), 1}, Range{LocId(7), 1}});
  CHECK(documents[1].sources == std::vector<Range>{Range{LocId(9), 1}});
}

std::vector<std::string> Parts(const std::vector<Document>& documents) {
  std::vector<std::string> parts;
  for (const Document& document : documents) {
    parts.push_back(document.part);
  }
  return parts;
}

TEST_CASE("documents are named by topic, in the order of topics, and numbered where there may be more") {
  std::vector<GrantedItem> items = {Objects(true, "x", "a"), Table(false, "t"), Objects(false, "x", "b")};
  CHECK(Parts(PackItems(items)) == std::vector<std::string>{"read-generic", "bucket-read-Part0", "bucket-write-Part0"});
  for (int i = 0; i < 120; ++i) {
    items.push_back(Table(false, "table-with-a-rather-long-name-" + std::to_string(i)));
    items.push_back(Objects(false, "x", "prefix-with-a-rather-long-name-" + std::to_string(i)));
  }
  CHECK(Parts(PackItems(items)) == std::vector<std::string>{"read-generic", "read-generic-Part1", "bucket-read-Part0",
                                                            "bucket-read-Part1", "bucket-write-Part0"});
}

TEST_CASE("nothing granted is no document") {
  CHECK(Pack({}, TestTopics()).empty());
}

}  // namespace
}  // namespace dpc::backend::aws
