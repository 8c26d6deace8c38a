#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

std::vector<std::string> Paths(const SourceTree& tree) {
  std::vector<std::string> paths;
  for (const Entry& entry : tree.List()) {
    CHECK(entry.kind == EntryKind::File);
    paths.push_back(entry.path);
  }
  return paths;
}

TEST_CASE("a tree in memory lists YAML files, sorted by the bytes of their paths") {
  const auto tree = OpenMemory({{"b/x.yml", "2"}, {"b.yaml", "1"}, {"A.YAML", "3"}, {"a.yaml.txt", ""}, {"notes", ""}});
  CHECK(Paths(*tree) == std::vector<std::string>{"A.YAML", "b.yaml", "b/x.yml"});
  CHECK(tree->Read("b/x.yml") == "2");
  CHECK(tree->Describe() == "memory");
}

TEST_CASE("a tree in memory passes over names with a dot in front, files and folders alike") {
  const auto tree = OpenMemory({{".a.yaml", ""}, {".github/w.yaml", ""}, {"x/.y/z.yaml", ""}, {"x/y.z.yaml", ""}});
  CHECK(Paths(*tree) == std::vector<std::string>{"x/y.z.yaml"});
}

TEST_CASE("a tree in memory has the day that it is given, and no file that it was not given") {
  CHECK_FALSE(OpenMemory({})->CommitDate().has_value());
  CHECK(OpenMemory({}, Date(20000))->CommitDate() == Date(20000));
  CHECK(OpenMemory({})->List().empty());
  CHECK_THROWS_AS(OpenMemory({{"a.yaml", ""}})->Read("b.yaml"), EnvironmentError);
}

}  // namespace
}  // namespace dpc::source
