// Writing a build: only what changed, only what is dpc's.
#include "output.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "../property.h"
#include "base/environment_error.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

TEST_CASE("the first build writes everything, with the folders on the way") {
  const TemporaryFolder folder;
  const std::string out = folder / "some/where/generated";
  const Build build = {{"a.json", "a"}, {"terraform/prd/x.tf.json", "x"}};
  CHECK(CompareOutput(ArtifactsOf(build), out).added == Paths{"a.json", "manifest.json", "terraform/prd/x.tf.json"});
  CHECK_FALSE(folder.Has("some"));
  const OutputDifference written = WriteOutput(ArtifactsOf(build), out);
  CHECK(written.added == Paths{"a.json", "manifest.json", "terraform/prd/x.tf.json"});
  CHECK(written.changed.empty());
  CHECK(written.removed.empty());
  CHECK(ContentsWithoutManifest(out) == build);
  CHECK(CompareOutput(ArtifactsOf(build), out).empty());
}

TEST_CASE("a build of nothing is a manifest") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({}), folder / "out");
  CHECK(Contents(folder / "out").size() == 1);
}

// What a file is, besides its bytes: a file that is written anew is another one.
std::tuple<ino_t, std::int64_t, std::int64_t> Identity(const std::string& path) {
  struct stat status = {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return {status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

TEST_CASE("files that stay as they are are not touched") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"same", "s"}, {"deep/same", "d"}, {"changed", "1"}}), folder.path());
  const auto same = Identity(folder / "same");
  const auto deep = Identity(folder / "deep/same");
  const auto changed = Identity(folder / "changed");
  const auto written = WriteOutput(ArtifactsOf({{"same", "s"}, {"deep/same", "d"}, {"changed", "2"}}), folder.path());
  CHECK(written.changed == Paths{"changed", "manifest.json"});
  CHECK(Identity(folder / "same") == same);
  CHECK(Identity(folder / "deep/same") == deep);
  CHECK(Identity(folder / "changed") != changed);
  const auto manifest = Identity(folder / "manifest.json");
  CHECK(WriteOutput(ArtifactsOf({{"same", "s"}, {"deep/same", "d"}, {"changed", "2"}}), folder.path()).empty());
  CHECK(Identity(folder / "manifest.json") == manifest);
}

TEST_CASE("what is no longer produced is removed, with folders that it leaves empty, and nothing else") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"a/b/c", "1"}, {"a/d", "2"}, {"e/f", "3"}, {"g", "4"}}), folder.path());
  folder.Write("e/mine.txt", "mine");
  folder.Write("mine/too.txt", "mine");
  const auto written = WriteOutput(ArtifactsOf({{"g", "4"}}), folder.path());
  CHECK(written.removed == Paths{"a/b/c", "a/d", "e/f"});
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"e/mine.txt", "mine"}, {"g", "4"}, {"mine/too.txt", "mine"}});
}

TEST_CASE("what was edited by hand is generated again, or removed when no longer produced") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"kept", "1"}, {"gone", "2"}}), folder.path());
  folder.Write("kept", "edited");
  folder.Write("gone", "edited");
  CHECK(CompareOutput(ArtifactsOf({{"kept", "1"}}), folder.path()).changed == Paths{"kept", "manifest.json"});
  WriteOutput(ArtifactsOf({{"kept", "1"}}), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"kept", "1"}});
}

TEST_CASE("what was removed by hand is written again, or is fine when no longer produced") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"a/kept", "1"}, {"b/gone", "2"}}), folder.path());
  fs::remove_all(folder / "a");
  fs::remove_all(folder / "b");
  const auto written = WriteOutput(ArtifactsOf({{"a/kept", "1"}}), folder.path());
  CHECK(written.added == Paths{"a/kept"});
  CHECK(written.removed.empty());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"a/kept", "1"}});
}

TEST_CASE("files become folders and folders become files") {
  const TemporaryFolder folder;
  const Build files = {{"a", "file"}, {"b/c/d", "deep"}, {"b/e", "e"}};
  const Build swapped = {{"a/x/y", "deep"}, {"a/z", "z"}, {"b", "file"}};
  WriteOutput(ArtifactsOf(files), folder.path());
  WriteOutput(ArtifactsOf(swapped), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == swapped);
  WriteOutput(ArtifactsOf(files), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == files);
}

// A build in which no file is a folder of another one.
Build AnyBuild() {
  Build build;
  for (int count = *rc::gen::inRange(0, 6); count > 0; --count) {
    std::string path;
    for (int depth = *rc::gen::inRange(1, 4); depth > 0; --depth) {
      path += (path.empty() ? "" : "/") + *rc::gen::elementOf(std::vector<std::string>{"a", "b", "c"});
    }
    const bool clashes = std::any_of(build.begin(), build.end(), [&](const auto& file) {
      return file.first.starts_with(path + "/") || path.starts_with(file.first + "/");
    });
    if (!clashes) {
      build[path] = *rc::gen::elementOf(std::vector<std::string>{"1", "2"});
    }
  }
  return build;
}

std::vector<Paths> Lists(const OutputDifference& difference) {
  return {difference.added, difference.changed, difference.removed};
}

TEST_CASE("whatever was there before, a build leaves exactly its files") {
  CHECK(Holds(20, 100, [] {
    const TemporaryFolder folder;
    for (int builds = 3; builds > 0; --builds) {
      const Build build = AnyBuild();
      const auto artifacts = ArtifactsOf(build);
      const auto expected = Lists(CompareOutput(artifacts, folder.path()));
      RC_ASSERT(Lists(WriteOutput(artifacts, folder.path())) == expected);
      RC_ASSERT(ContentsWithoutManifest(folder.path()) == build);
      RC_ASSERT(CompareOutput(artifacts, folder.path()).empty());
    }
  }));
}

TEST_CASE("comparing changes nothing") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"a", "1"}, {"b", "2"}}), folder.path());
  folder.Write(".dpc-tmp-1/0", "left over");
  const Build before = Contents(folder.path());
  const OutputDifference difference = CompareOutput(ArtifactsOf({{"a", "3"}, {"c", "4"}}), folder.path());
  CHECK(difference.added == Paths{"c"});
  CHECK(difference.changed == Paths{"a", "manifest.json"});
  CHECK(difference.removed == Paths{"b"});
  CHECK(Contents(folder.path()) == before);
}

TEST_CASE("the folder itself may be reached through a link") {
  const TemporaryFolder folder;
  fs::create_directory(folder / "real");
  fs::create_directory_symlink("real", folder / "link");
  WriteOutput(ArtifactsOf({{"a", "1"}}), folder / "link");
  CHECK(ContentsWithoutManifest(folder / "real") == Build{{"a", "1"}});
}

}  // namespace
}  // namespace dpc::driver
