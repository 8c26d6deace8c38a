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
  const Build build = {{"terraform/a.json", "a"}, {"terraform/prd/x.tf.json", "x"}};
  CHECK(CompareOutput(ArtifactsOf(build), out).added ==
        Paths{"manifest.json", "terraform/a.json", "terraform/prd/x.tf.json"});
  CHECK_FALSE(folder.Has("some"));
  const OutputDifference written = WriteOutput(ArtifactsOf(build), out);
  CHECK(written.added == Paths{"manifest.json", "terraform/a.json", "terraform/prd/x.tf.json"});
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
  WriteOutput(ArtifactsOf({{"terraform/same", "s"}, {"terraform/deep/same", "d"}, {"terraform/changed", "1"}}),
              folder.path());
  const auto same = Identity(folder / "terraform/same");
  const auto deep = Identity(folder / "terraform/deep/same");
  const auto changed = Identity(folder / "terraform/changed");
  const auto written = WriteOutput(
      ArtifactsOf({{"terraform/same", "s"}, {"terraform/deep/same", "d"}, {"terraform/changed", "2"}}), folder.path());
  CHECK(written.changed == Paths{"manifest.json", "terraform/changed"});
  CHECK(Identity(folder / "terraform/same") == same);
  CHECK(Identity(folder / "terraform/deep/same") == deep);
  CHECK(Identity(folder / "terraform/changed") != changed);
  const auto manifest = Identity(folder / "manifest.json");
  CHECK(WriteOutput(ArtifactsOf({{"terraform/same", "s"}, {"terraform/deep/same", "d"}, {"terraform/changed", "2"}}),
                    folder.path())
            .empty());
  CHECK(Identity(folder / "manifest.json") == manifest);
}

TEST_CASE("what is no longer produced is removed, with folders that it leaves empty, and nothing else") {
  const TemporaryFolder folder;
  WriteOutput(
      ArtifactsOf({{"terraform/a/b/c", "1"}, {"terraform/a/d", "2"}, {"terraform/e/f", "3"}, {"terraform/g", "4"}}),
      folder.path());
  folder.Write("terraform/e/mine.txt", "mine");
  folder.Write("mine/too.txt", "mine");
  const auto written = WriteOutput(ArtifactsOf({{"terraform/g", "4"}}), folder.path());
  CHECK(written.removed == Paths{"terraform/a/b/c", "terraform/a/d", "terraform/e/f"});
  CHECK(ContentsWithoutManifest(folder.path()) ==
        Build{{"terraform/e/mine.txt", "mine"}, {"terraform/g", "4"}, {"mine/too.txt", "mine"}});
}

TEST_CASE("what was edited by hand is generated again; it stays when no longer produced, once") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/kept", "1"}, {"terraform/gone", "2"}}), folder.path());
  folder.Write("terraform/kept", "edited");
  folder.Write("terraform/gone", "edited");
  const OutputDifference difference = CompareOutput(ArtifactsOf({{"terraform/kept", "1"}}), folder.path());
  CHECK(difference.changed == Paths{"manifest.json", "terraform/kept"});
  CHECK(difference.edited == Paths{"terraform/kept"});
  CHECK(difference.removed.empty());
  CHECK(difference.left == Paths{"terraform/gone"});
  WriteOutput(ArtifactsOf({{"terraform/kept", "1"}}), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/gone", "edited"}, {"terraform/kept", "1"}});
  CHECK(CompareOutput(ArtifactsOf({{"terraform/kept", "1"}}), folder.path()).empty());
}

TEST_CASE("what is as an older build wrote it was not edited by hand") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  CHECK(WriteOutput(ArtifactsOf({{"terraform/a", "2"}}), folder.path()).edited.empty());
}

TEST_CASE("a manifest removes nothing where dpc does not write, and nothing whose hash it does not know") {
  const TemporaryFolder folder;
  folder.Write("README.md", "mine");
  folder.Write("terraform/notes.txt", "mine");
  std::vector<Artifact> claimed = {{"README.md", "mine", {}}, {"terraform/notes.txt", "other", {}}};
  folder.Write("manifest.json", Manifest(claimed, {}, {}));
  const OutputDifference written = WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  CHECK(written.removed.empty());
  CHECK(written.left == Paths{"README.md", "terraform/notes.txt"});
  CHECK(ContentsWithoutManifest(folder.path()) ==
        Build{{"README.md", "mine"}, {"terraform/a", "1"}, {"terraform/notes.txt", "mine"}});
}

TEST_CASE("what was removed by hand is written again, or is fine when no longer produced") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a/kept", "1"}, {"terraform/b/gone", "2"}}), folder.path());
  fs::remove_all(folder / "terraform/a");
  fs::remove_all(folder / "terraform/b");
  const auto written = WriteOutput(ArtifactsOf({{"terraform/a/kept", "1"}}), folder.path());
  CHECK(written.added == Paths{"terraform/a/kept"});
  CHECK(written.removed.empty());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/a/kept", "1"}});
}

TEST_CASE("files become folders and folders become files") {
  const TemporaryFolder folder;
  const Build files = {{"terraform/a", "file"}, {"terraform/b/c/d", "deep"}, {"terraform/b/e", "e"}};
  const Build swapped = {{"terraform/a/x/y", "deep"}, {"terraform/a/z", "z"}, {"terraform/b", "file"}};
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
      path += (path.empty() ? "terraform/" : "/") + *rc::gen::elementOf(std::vector<std::string>{"a", "b", "c"});
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
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b", "2"}}), folder.path());
  folder.Write(".dpc-tmp-1/0", "left over");
  const Build before = Contents(folder.path());
  const OutputDifference difference =
      CompareOutput(ArtifactsOf({{"terraform/a", "3"}, {"terraform/c", "4"}}), folder.path());
  CHECK(difference.added == Paths{"terraform/c"});
  CHECK(difference.changed == Paths{"manifest.json", "terraform/a"});
  CHECK(difference.removed == Paths{"terraform/b"});
  CHECK(Contents(folder.path()) == before);
}

TEST_CASE("the folder itself may be reached through a link") {
  const TemporaryFolder folder;
  fs::create_directory(folder / "real");
  fs::create_directory_symlink("real", folder / "link");
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "link");
  CHECK(ContentsWithoutManifest(folder / "real") == Build{{"terraform/a", "1"}});
}

}  // namespace
}  // namespace dpc::driver
