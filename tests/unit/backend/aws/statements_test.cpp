// What is written down allows exactly what was asked for: an evaluator of its own asks all atoms (reference/iam.md, d).
#include "backend/aws/statements.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "backend/aws/resource_types.h"
#include "items.h"

namespace dpc::backend::aws {
namespace {

// Allow: some action, some resource, and for each condition key some value.
struct Allowance {
  std::vector<std::string> actions;
  std::vector<std::string> resources;
  std::map<std::string, std::vector<std::string>> conditions;
};

// "" stands for a key that the request does not have; every request has a time.
struct Request {
  std::string action;
  std::string resource;
  std::string prefix;
  std::string service;
  std::string time;
};

bool Fits(const std::string& pattern, const std::string& text) {
  return pattern.ends_with('*') ? text.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0
                                : pattern == text;
}

bool FitsOne(const std::vector<std::string>& patterns, const std::string& text) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return Fits(pattern, text); });
}

bool Allows(const Allowance& allowance, const Request& request) {
  return FitsOne(allowance.actions, request.action) && FitsOne(allowance.resources, request.resource) &&
         std::all_of(allowance.conditions.begin(), allowance.conditions.end(), [&](const auto& condition) {
           if (condition.first == "aws:CurrentTime") {
             return request.time < condition.second.front();
           }
           const std::string& value = condition.first == "s3:prefix" ? request.prefix : request.service;
           return !value.empty() && FitsOne(condition.second, value);
         });
}

bool AllowsOne(const std::vector<Allowance>& allowances, const Request& request) {
  return std::any_of(allowances.begin(), allowances.end(), [&](const auto& one) { return Allows(one, request); });
}

std::vector<Allowance> Asked(const std::vector<GrantedItem>& items) {
  std::vector<Allowance> allowances;
  for (const GrantedItem& item : items) {
    Allowance one{item.key.actions, {item.item}, {}};
    for (const Condition& condition : item.key.conditions) {
      one.conditions[condition.key] = condition.values;
    }
    if (!item.key.item_key.empty()) {
      one.resources = item.key.resources;
      one.conditions[item.key.item_key] = {item.item};
    }
    allowances.push_back(one);
  }
  return allowances;
}

std::vector<std::string> Values(const Json& one_or_many) {
  return one_or_many.is_string() ? std::vector{one_or_many.get<std::string>()}
                                 : one_or_many.get<std::vector<std::string>>();
}

// From the bytes that AWS would get.
std::vector<Allowance> Written(const std::vector<Document>& documents) {
  std::vector<Allowance> allowances;
  for (const Document& document : documents) {
    const Json policy = *ParseJson(document.text);
    RC_ASSERT(policy["Version"] == "2012-10-17");
    for (const Json& statement : policy["Statement"]) {
      RC_ASSERT(statement["Effect"] == "Allow");
      Allowance one{Values(statement["Action"]), Values(statement["Resource"]), {}};
      const Json conditions = statement.value("Condition", Json::object());
      for (const auto& [operation, keys] : conditions.items()) {
        for (const auto& [key, values] : keys.items()) {
          RC_ASSERT(operation == (key == "s3:prefix"         ? "StringLike"
                                  : key == "aws:CurrentTime" ? "DateLessThan"
                                                             : "StringEquals"));
          one.conditions[key] = Values(values);
        }
      }
      allowances.push_back(one);
    }
  }
  return allowances;
}

// Texts that the patterns can tell apart: each literal, one fresh text below each pattern, its name without the slash,
// and a sibling that only the slash keeps apart.
std::set<std::string> Atoms(const std::set<std::string>& patterns) {
  std::set<std::string> atoms = {"~nothing"};
  for (const std::string& pattern : patterns) {
    if (!pattern.ends_with('*')) {
      atoms.insert(pattern);
      atoms.insert(pattern + "/~");
      continue;
    }
    const std::string start = pattern.substr(0, pattern.size() - 1);
    atoms.insert(start + "~");
    if (start.ends_with('/')) {
      atoms.insert(start.substr(0, start.size() - 1));
      atoms.insert(start.substr(0, start.size() - 1) + "~/x");
    }
  }
  return atoms;
}

// The values that each part of a request may take.
struct Dimensions {
  std::set<std::string> actions = {"x:Other"};
  std::set<std::string> resources;
  std::set<std::string> prefixes;
  std::set<std::string> services;
};

Dimensions DimensionsOf(const std::vector<Allowance>& allowances) {
  Dimensions patterns;
  for (const Allowance& one : allowances) {
    patterns.actions.insert(one.actions.begin(), one.actions.end());
    patterns.resources.insert(one.resources.begin(), one.resources.end());
    for (const auto& [key, values] : one.conditions) {
      if (key != "aws:CurrentTime") {
        (key == "s3:prefix" ? patterns.prefixes : patterns.services).insert(values.begin(), values.end());
      }
    }
  }
  Dimensions atoms = {patterns.actions, Atoms(patterns.resources), Atoms(patterns.prefixes), Atoms(patterns.services)};
  atoms.prefixes.insert("");
  atoms.services.insert("");
  return atoms;
}

std::vector<Request> Requests(const Dimensions& atoms) {
  std::vector<Request> requests;
  for (const std::string& action : atoms.actions) {
    for (const std::string& resource : atoms.resources) {
      for (const std::string& prefix : atoms.prefixes) {
        for (const std::string& service : atoms.services) {
          // Both sides of each date that the items end on.
          for (const char* time : {"2026-03-31T23:59:59Z", "2026-04-01T00:00:00Z", "2027-01-01T00:00:00Z"}) {
            requests.push_back({action, resource, prefix, service, time});
          }
        }
      }
    }
  }
  return requests;
}

std::vector<Document> AllDocuments(Packing packing) {
  RC_ASSERT(packing.fits);
  if (packing.inline_document) {
    packing.managed.push_back(*packing.inline_document);
  }
  return packing.managed;
}

// One that each layout of the packer is right for.
Quota AnyQuota() {
  Quota quota;
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return quota;
    case 1:
      quota.managed_policies = 25;
      quota.comfortable_bytes = 400;
      return quota;
    default:
      quota.managed_policies = *rc::gen::inRange<std::size_t>(1, 3);
      quota.comfortable_bytes = 100;
      return quota;
  }
}

TEST_CASE("reduced and packed statements allow exactly what was asked for") {
  CHECK(Holds(80, 100, [] {
    const std::vector<GrantedItem> items = AnyItems(9);
    Statements statements = Collect(items);
    statements.Reduce();
    const std::vector<Allowance> asked = Asked(items);
    const std::vector<Allowance> written = Written(AllDocuments(Pack(statements.groups(), TestTopics(), AnyQuota())));
    for (const Request& request : Requests(DimensionsOf(asked))) {
      // What AWS never asks: an object's action of a bucket, and so on. Statements may be united over it.
      if (MayApply(request.action, request.resource) && AllowsOne(written, request) != AllowsOne(asked, request)) {
        RC_FAIL(request.action + " on " + request.resource + ", prefix " + request.prefix + ", via " + request.service);
      }
    }
  }));
}

TEST_CASE("reduced statements hold no item that another one of them contains") {
  CHECK(Holds(100, 100, [] {
    Statements statements = Collect(AnyItems(15));
    statements.Reduce();
    for (const auto& [key, items] : statements.groups()) {
      RC_ASSERT(!items.empty());
      for (const auto& [item, sources] : items) {
        for (const auto& [other, more] : items) {
          RC_ASSERT((item == other || !Fits(other, item)));
        }
      }
    }
  }));
}

TEST_CASE("reducing twice is reducing once") {
  CHECK(Holds(50, 100, [] {
    Statements statements = Collect(AnyItems(15));
    statements.Reduce();
    const Groups once = statements.groups();
    statements.Reduce();
    RC_ASSERT(statements.groups() == once);
  }));
}

std::vector<std::string> Reduced(const std::vector<GrantedItem>& items) {
  Statements statements = Collect(items);
  statements.Reduce();
  std::vector<std::string> lines;
  for (const auto& [key, group] : statements.groups()) {
    for (const auto& [item, sources] : group) {
      lines.push_back(key.topic + " " + item);
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("a prefix goes when one around it is granted too") {
  CHECK(Reduced({Objects(false, "x", "a"), Objects(false, "x", "a/b"), Objects(false, "x", "ab")}) ==
        Lines{"bucket-read arn:aws:s3:::x/a/*", "bucket-read arn:aws:s3:::x/ab/*"});
  CHECK(Reduced({Objects(false, "x", ""), Objects(false, "x", "a"), Objects(false, "xy", "a")}) ==
        Lines{"bucket-read arn:aws:s3:::x/*", "bucket-read arn:aws:s3:::xy/a/*"});
  CHECK(Reduced({Table(false, "*"), Table(false, "t")}) == Lines{"read-generic arn:aws:glue:r:1:table/d/*"});
}

TEST_CASE("reading goes when owning the same is granted too, not the other way round") {
  CHECK(Reduced({Objects(false, "x", "a/b"), Objects(true, "x", "a")}) == Lines{"bucket-write arn:aws:s3:::x/a/*"});
  CHECK(Reduced({Objects(true, "x", "a/b"), Objects(false, "x", "a")}) ==
        Lines{"bucket-read arn:aws:s3:::x/a/*", "bucket-write arn:aws:s3:::x/a/b/*"});
}

TEST_CASE("listing below a prefix goes when the bucket may be listed, and what ends goes when something lasts") {
  CHECK(Reduced({Listing("x", "a"), Listing("x", "")}).size() == 1);
  CHECK(Reduced({Listing("x", "a"), Listing("xy", "")}).size() == 2);
  GrantedItem ends = Objects(false, "x", "a/b");
  ends.key.conditions = {EndsAfter(*Date::Parse("2026-12-31"))};
  GrantedItem sooner = Objects(false, "x", "a/b");
  sooner.key.conditions = {EndsAfter(*Date::Parse("2026-06-30"))};
  CHECK(Reduced({ends, sooner}).size() == 1);
  CHECK(Reduced({ends, Objects(false, "x", "a")}).size() == 1);
  CHECK(Reduced({ends, Objects(false, "x", "a/b/c")}).size() == 2);
}

TEST_CASE("what has other conditions or resources is not contained") {
  CHECK(Reduced({KeyUse(false, "k", "r1"), KeyUse(true, "k", "r2")}).size() == 2);
  CHECK(Reduced({KeyUse(false, "k", "r1"), KeyUse(true, "k", "r1")}).size() == 1);
  CHECK(Reduced({Listing("x", "a"), Listing("xy", "a/b")}).size() == 2);
}

TEST_CASE("what is contained leaves its declarations to what contains it") {
  GrantedItem outer = Objects(false, "x", "a");
  GrantedItem inner = Objects(false, "x", "a/b");
  outer.sources = {Range{LocId(1), 1}};
  inner.sources = {Range{LocId(2), 1}};
  Statements statements = Collect({outer, inner});
  statements.Reduce();
  CHECK(statements.groups().begin()->second.begin()->second.sources == Sources{Range{LocId(1), 1}, Range{LocId(2), 1}});
}

TEST_CASE("a list of one is written as the one") {
  const GroupKey key = {"t", {"s3:ListBucket"}, {"arn:b"}, "s3:prefix", {}};
  CHECK(
      CompactJson(StatementJson(key, {"a/*"})) ==
      R"({"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:b","Condition":{"StringLike":{"s3:prefix":"a/*"}}})");
  CHECK(CompactJson(StatementJson({"t", {"a:B", "a:C"}, {}, "", {}}, {"x", "y"})) ==
        R"({"Effect":"Allow","Action":["a:B","a:C"],"Resource":["x","y"]})");
}

TEST_CASE("a statement's text and size are those of its value") {
  const std::vector<Condition> conditions = {{"DateLessThan", "aws:CurrentTime", {"2026-12-31T00:00:00Z"}},
                                             {"StringEquals", "kms:ViaService", {"a", "b\"c"}},
                                             {"StringLike", "a:key", {"x/*"}},
                                             {"StringLike", "z:key", {}}};
  for (const std::string item_key : {"", "s3:prefix"}) {
    for (const std::size_t count : {0, 1, 3}) {
      const GroupKey key = {"t",
                            {"s3:GetObject", "s3:ListBucket"},
                            {"arn:b"},
                            item_key,
                            {conditions.begin(), conditions.begin() + static_cast<std::ptrdiff_t>(count)}};
      for (const std::vector<std::string>& items : {std::vector<std::string>{"x"}, {"x", "y\xC2\xA0"}}) {
        const Json value = StatementJson(key, items);
        const StatementText text = {&key, {key.actions.begin(), key.actions.end()}, {items.begin(), items.end()}};
        JsonWriter out;
        WriteStatement(text, out);
        CHECK(out.Take() + "\n" == PrettyJson(value));
        CHECK(StatementBytes(text) == CompactJson(value).size());
      }
    }
  }
}

TEST_CASE("signs that IAM reads as patterns or variables are found") {
  CHECK(PatternCharacter("raw/orders-1_x.y").empty());
  CHECK(PatternCharacter("").empty());
  CHECK(PatternCharacter("a*b") == "*");
  CHECK(PatternCharacter("a?") == "?");
  CHECK(PatternCharacter("${aws:username}") == "$");
}

}  // namespace
}  // namespace dpc::backend::aws
