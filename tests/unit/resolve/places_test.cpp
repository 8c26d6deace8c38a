#include "resolve/places.h"

#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::resolve {
namespace {

// All places in the order of texts, each with the names of the assets there.
std::vector<std::string> PlacesIn(const PlaceMap& map, const model::Model& model) {
  std::vector<std::string> places;
  for (const auto& [text, entries] : map.all()) {
    std::string line(text);
    for (const PlaceMap::Entry& entry : entries) {
      line += " " + std::string(model.Text(model.assets[entry.asset].name));
    }
    places.push_back(line);
  }
  return places;
}

TEST_CASE("the place around a place is one part shorter") {
  CHECK(PlaceAround("s3://b/a/c/") == "s3://b/a/");
  CHECK(PlaceAround("s3://b/a/") == "s3://b/");
  CHECK(PlaceAround("s3://b/").empty());
  CHECK(PlaceAround("s3:///a/") == "s3:///");
  CHECK(PlaceAround("s3:///").empty());
  CHECK(PlaceAround("").empty());
}

TEST_CASE("an asset that no environment holds lies where it says") {
  const Compiled compiled(
      {ProductFile("x",
                   "assets:\n  a: {s3: a}\n  b: {s3: {bucket: lake, prefix: a}}\n"
                   "  c: {glue: {database: d, suffix: s, table: t}, path: a/c}\n  d: {s3: {bucket: lake, "
                   "wholeBucket: true}}\n")});
  const auto& model = compiled.model();
  const PlaceMap map(model, compiled->resolved);
  CHECK(PlacesIn(map, model) == std::vector<std::string>{"glue:///d__s/t/ c", "s3:///a/ a", "s3:///a/c/ c",
                                                         "s3://{lake}/ d", "s3://{lake}/a/ b"});
}

TEST_CASE("what overlaps a place lies at it, in it or around it, and not beside it") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("x",
                                                               "assets:\n  a: {s3: a}\n  b: {s3: a/b}\n  c: {s3: ab}\n"
                                                               "  d: {s3: a/b/c/d}\n")});
  const PlaceMap map(compiled.model(), compiled->resolved);
  CHECK(map.Overlapping("s3://lake-prd/a/b/c/").size() == 3);
  CHECK(map.Holding("s3://lake-prd/a/b/c/").size() == 2);
  CHECK(map.Overlapping("s3://lake-prd/a/bb/").size() == 1);
  CHECK(map.AllNested().size() == 3);
}

TEST_CASE("a hundred assets at one place are looked at in pairs, not more") {
  std::string assets = "assets:\n";
  for (int i = 0; i < 300; ++i) {
    assets += "  a" + std::to_string(i) + ": {s3: a}\n";
  }
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("x", assets)});
  const PlaceMap map(compiled.model(), compiled->resolved);
  CHECK(map.AllNested().size() == kMostAtOnePlace * (kMostAtOnePlace - 1));
  CHECK(compiled.Messages("TooManyAtOnePlace").size() == 1);
}

TEST_CASE("the state without a prefix has a folder for each root") {
  const std::string state =
      "apiVersion: dpc/v1\nkind: Workspace\nname: w\nterraform: {state: {bucket: tf-x, region: eu-west-1";
  const Compiled without({{"dpc.yaml", state + "}}\n"}, EnvironmentFile("prd")});
  CHECK(StatePlaces(without.model()) ==
        std::vector<std::string>{"s3://tf-x/conveyor/", "s3://tf-x/prd/", "s3://tf-x/prd-resource-policies/"});
  const Compiled with({{"dpc.yaml", state + ", prefix: a/b}}\n"}, EnvironmentFile("prd")});
  CHECK(StatePlaces(with.model()) == std::vector<std::string>{"s3://tf-x/a/b/"});
}

}  // namespace
}  // namespace dpc::resolve
