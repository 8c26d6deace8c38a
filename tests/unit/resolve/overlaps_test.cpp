#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "../compiled.h"
#include "../property.h"

namespace dpc::resolve {
namespace {

using Pairs = std::set<std::pair<std::string, std::string>>;

struct Place {
  std::string product;
  std::string asset;
  std::string path;  // "" is the whole bucket
};

bool Holds(const std::string& outer, const std::string& inner) {
  return outer.empty() || outer == inner || inner.starts_with(outer + "/");
}

// Each two assets of different products, one of which holds the other.
Pairs Overlapping(const std::vector<Place>& places) {
  Pairs pairs;
  for (const Place& a : places) {
    for (const Place& b : places) {
      if (a.product < b.product && (Holds(a.path, b.path) || Holds(b.path, a.path))) {
        pairs.emplace(a.product + "/" + a.asset, b.product + "/" + b.asset);
      }
    }
  }
  return pairs;
}

// The two names in the backticks of each message.
Pairs Reported(const std::vector<std::string>& messages) {
  Pairs pairs;
  for (const std::string& message : messages) {
    const auto parts = Split(message, '`');
    pairs.emplace(std::min(parts.at(1), parts.at(3)), std::max(parts.at(1), parts.at(3)));
  }
  return pairs;
}

Files FilesOf(const std::vector<Place>& places) {
  Files files = {EnvironmentFile("dev"), EnvironmentFile("prd")};
  for (const std::string product : {"p0", "p1", "p2"}) {
    std::string assets;
    for (const Place& place : places) {
      if (place.product == product) {
        assets += "  " + place.asset + ": {s3: " + (place.path.empty() ? "{wholeBucket: true}" : place.path) + "}\n";
      }
    }
    files.push_back(ProductFile(product, assets.empty() ? "" : "assets:\n" + assets));
  }
  return files;
}

TEST_CASE("two products never own one prefix: overlaps are reported when there are some, and no others") {
  CHECK(dpc::Holds(40, 100, [] {
    std::vector<Place> places;
    const int count = *rc::gen::inRange(1, 9);
    for (int i = 0; i < count; ++i) {
      std::string path;
      for (int depth = *rc::gen::inRange(0, 12) == 0 ? 0 : *rc::gen::inRange(1, 4); depth > 0; --depth) {
        path += (path.empty() ? "" : "/") + *rc::gen::elementOf(std::vector<std::string>{"a", "ab", "b", "a-"});
      }
      places.push_back({"p" + std::to_string(*rc::gen::inRange(0, 3)), "x" + std::to_string(i), path});
    }
    const Pairs overlapping = Overlapping(places);
    const auto messages = Compiled(FilesOf(places)).Messages("AssetsOverlap");
    const Pairs reported = Reported(messages);
    RC_ASSERT(std::includes(overlapping.begin(), overlapping.end(), reported.begin(), reported.end()));
    RC_ASSERT(reported.empty() == overlapping.empty());
    // Once for each asset that holds others.
    std::set<std::string> holders;
    for (const std::string& message : messages) {
      holders.insert(std::string(Split(message, '`').at(1)));
    }
    RC_ASSERT(messages.size() == holders.size());
  }));
}

TEST_CASE("any number of products at one place is one finding, of bounded length") {
  Files files = {EnvironmentFile("prd")};
  for (int i = 0; i < 300; ++i) {
    files.push_back(ProductFile("n" + std::to_string(i), "assets: {a: {s3: x}}\n"));
  }
  const Compiled compiled(files);
  const auto messages = compiled.Messages("AssetsOverlap");
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].find("and so do 298 other assets") != std::string::npos);
}

std::vector<std::string> Findings(const std::string& first, const std::string& second) {
  return Compiled({EnvironmentFile("prd"), ProductFile("p0", "assets: {a: " + first + "}\n"),
                   ProductFile("p1", "assets: {a: " + second + "}\n")})
      .Messages("AssetsOverlap");
}

TEST_CASE("prefixes of different buckets do not overlap") {
  CHECK(Findings("{s3: x}", "{s3: {bucket: landing, prefix: x}}").empty());
  CHECK(Findings("{s3: x}", "{s3: {bucket: datalake, prefix: x}}").size() == 1);
}

TEST_CASE("the location of a Glue table is a prefix like any other") {
  CHECK(Findings("{s3: x}", "{glue: {database: d, table: t}, path: x/y}").size() == 1);
  CHECK(Findings("{s3: x}", "{glue: {database: d, table: t}, path: y}").empty());
}

TEST_CASE("two products never own one Glue table, nor one of them all tables") {
  const auto table = [](const std::string& name) { return "{glue: {database: d, table: " + name + "}}"; };
  CHECK(Findings(table("t"), table("t")).size() == 1);
  CHECK(Findings(table("t"), table("u")).empty());
  CHECK(Findings(table("t"), "{glue: {database: d, allTables: true}}").size() == 1);
  CHECK(Findings("{glue: {database: d, allTables: true}}", table("t")).size() == 1);
  CHECK(Findings("{glue: {database: d, allTables: true}}", "{glue: {database: d, allTables: true}}").size() == 1);
  CHECK(Findings(table("t"), "{glue: {database: d, suffix: s, table: t}}").empty());
}

}  // namespace
}  // namespace dpc::resolve
