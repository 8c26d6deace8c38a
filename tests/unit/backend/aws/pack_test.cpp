#include "backend/aws/pack.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
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

Packing PackAll(const std::vector<GrantedItem>& items, const Quota& quota = {}) {
  Statements statements = Collect(items);
  statements.Reduce();
  return Pack(statements.groups(), TestTopics(), quota);
}

std::vector<Document> PackItems(const std::vector<GrantedItem>& items) {
  return PackAll(items).managed;
}

// What documents hold, one line for each, to be compared.
std::vector<std::string> Lines(const std::vector<Document>& documents) {
  std::vector<std::string> lines;
  for (const Document& document : documents) {
    lines.push_back(document.part + " " + document.text);
  }
  return lines;
}

TEST_CASE("every document keeps the quota of IAM, and knows its size") {
  CHECK(Holds(12, 100, [] {
    const Packing packing = PackAll(ManyItems(*rc::gen::inRange(1, 400)));
    if (!packing.fits) {
      return;
    }
    RC_ASSERT(packing.managed.size() <= Quota().managed_policies);
    for (const Document& document : packing.managed) {
      const Json policy = *ParseJson(document.text);
      RC_ASSERT(document.bytes == CompactJson(policy).size());
      RC_ASSERT(document.text == PrettyJson(policy));
      RC_ASSERT(document.bytes <= kManagedPolicyBytes);
      RC_ASSERT(!policy["Statement"].empty());
    }
    if (packing.inline_document) {
      RC_ASSERT(packing.inline_document->bytes <= kInlinePolicyBytes);
    }
  }));
}

GrantedItem LongPrefix(int number) {
  const std::string digits = std::to_string(number);
  return Objects(false, "acme-lake-production", digits + std::string(60 - digits.size(), 'x'));
}

// As an input port adds them: objects and listing of one prefix, in one parcel.
Statements Prefixes(int count) {
  Statements statements;
  for (int i = 0; i < count; ++i) {
    const GrantedItem objects = LongPrefix(i);
    const std::string prefix = objects.item.substr(objects.item.find('/') + 1);
    const GrantedItem listing = Listing("acme-lake-production", prefix.substr(0, prefix.size() - 2));
    statements.Add(objects.key, objects.item, {}, prefix);
    statements.Add(listing.key, listing.item, {}, prefix);
    statements.Add({"bucket-read", {"s3:GetBucketLocation"}, {}, "", {}}, "arn:aws:s3:::acme-lake-production", {},
                   prefix);
  }
  statements.Reduce();
  return statements;
}

// Parts of `after` that `before` does not have with the same content.
std::vector<std::string> Changed(const Packing& before, const Packing& after) {
  std::map<std::string, std::string> known;
  for (const Document& document : before.managed) {
    known[document.part] = document.text;
  }
  std::vector<std::string> parts;
  for (const Document& document : after.managed) {
    if (const auto same = known.find(document.part); same == known.end() || same->second != document.text) {
      parts.push_back(document.part);
    }
  }
  return parts;
}

TEST_CASE("one more input port changes one document") {
  const auto packing = [](int count) { return Pack(Prefixes(count).groups(), TestTopics()); };
  CHECK(Changed(packing(200), packing(201)).size() == 1);
  // Whatever the number: a full document splits in two, and nothing else moves.
  for (int count = 40; count < 120; ++count) {
    CHECK(Changed(packing(count), packing(count + 1)).size() <= 2);
  }
}

TEST_CASE("400 prefixes of 60 characters fit the default quotas, 2000 do not") {
  const Packing fits = Pack(Prefixes(400).groups(), TestTopics());
  CHECK(fits.fits);
  CHECK(fits.managed.size() == 10);
  CHECK(fits.inline_document.has_value());
  const Packing refused = Pack(Prefixes(2000).groups(), TestTopics());
  CHECK_FALSE(refused.fits);
  CHECK(refused.capacity_bytes == 71680);
  CHECK(refused.needed_bytes > 2000 * 160);
  Quota raised;
  raised.managed_policies = 25;
  CHECK(Pack(Prefixes(900).groups(), TestTopics(), raised).fits);
}

TEST_CASE("what hashing wastes too much for is filled in order") {
  // Tables and prefixes by turns: each document of the tight layout would pay for the heads of both.
  Statements statements = Prefixes(240);
  for (int i = 0; i < 238; ++i) {
    const std::string name = "table-" + std::to_string(i) + std::string(60, 't');
    GrantedItem table = Table(i % 2 == 0, name);
    table.key.conditions.push_back(EndsAfter(Date(20000 + i % 7)));
    statements.Add(table.key, table.item, {}, name);
  }
  const Packing packing = Pack(statements.groups(), TestTopics());
  CHECK(packing.fits);
  CHECK(packing.needed_bytes * 100 > packing.capacity_bytes * 90);
}

TEST_CASE("without inline policies there is less room") {
  Quota quota;
  quota.may_inline = false;
  CHECK_FALSE(Pack(Prefixes(400).groups(), TestTopics(), quota).fits);
  const Packing packing = Pack(Prefixes(340).groups(), TestTopics(), quota);
  CHECK(packing.fits);
  CHECK_FALSE(packing.inline_document.has_value());
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
  // More than one document holds: no topics any more.
  for (int i = 0; i < 120; ++i) {
    items.push_back(LongPrefix(i));
  }
  CHECK(Parts(PackItems(items)) == std::vector<std::string>{"access-0", "access-1", "access-11"});
}

TEST_CASE("nothing granted is no document") {
  CHECK(Pack({}, TestTopics()).fits);
  CHECK(Pack({}, TestTopics()).managed.empty());
}

}  // namespace
}  // namespace dpc::backend::aws
