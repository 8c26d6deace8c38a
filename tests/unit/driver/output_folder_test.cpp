// Where a build may go: `-o` is the user's word, `output` of the workspace the repository's.
#include <catch2/catch.hpp>

#include "../temporary_folder.h"
#include "base/environment_error.h"
#include "driver/driver.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

struct Fixture {
  TemporaryFolder folder;
  Compilation compilation;
  Options options;

  Fixture() {
    fs::create_directory(folder / "repo");
    options.directory = folder / "repo";
  }

  std::string Ask(const std::string& declared, const std::string& output = "") {
    compilation.model.workspace.output = {};
    if (!declared.empty()) {
      compilation.model.workspace.output.text = compilation.symbols.Intern(declared);
    }
    return OutputFolder(compilation, options, output);
  }
};

TEST_CASE_METHOD(Fixture, "without a word, a build goes to `generated` below the repository") {
  CHECK(Ask("") == folder / "repo/generated");
}

TEST_CASE_METHOD(Fixture, "the workspace names a folder below the repository") {
  CHECK(Ask("build/dpc") == folder / "repo/build/dpc");
  options.directory = folder / "repo/";
  CHECK(Ask("build") == folder / "repo/build");
}

TEST_CASE_METHOD(Fixture, "the workspace may not lead out of the repository, also not through a link") {
  CHECK_THROWS_WITH(Ask("../elsewhere"), Catch::Contains("leads out of"));
  CHECK_THROWS_WITH(Ask("/etc"), Catch::Contains("leads out of"));
  fs::create_directory(folder / "elsewhere");
  fs::create_directory_symlink("../elsewhere", folder / "repo/link");
  CHECK_THROWS_WITH(Ask("link"), Catch::Contains("leads out of"));
  CHECK_THROWS_WITH(Ask("link/sub"), Catch::Contains("leads out of"));
}

TEST_CASE_METHOD(Fixture, "the user may choose any folder, and it comes before the workspace's") {
  CHECK(Ask("build", folder / "elsewhere") == folder / "elsewhere");
  CHECK(Ask("../elsewhere", folder / "repo/out") == folder / "repo/out");
}

TEST_CASE_METHOD(Fixture, "no build goes to the repository itself or around it") {
  for (const std::string& output : {folder / "repo", folder / "repo/", folder / "repo/.", folder / "repo/sub/..",
                                    folder.path(), std::string("/")}) {
    INFO(output);
    CHECK_THROWS_AS(Ask("", output), EnvironmentError);
  }
  CHECK_THROWS_AS(Ask("."), EnvironmentError);
  CHECK_THROWS_AS(Ask("sub/.."), EnvironmentError);
  fs::create_directory_symlink("repo", folder / "link");
  CHECK_THROWS_AS(Ask("", folder / "link"), EnvironmentError);
  options.directory = folder / "link";
  CHECK_THROWS_AS(Ask("", folder / "repo"), EnvironmentError);
}

TEST_CASE_METHOD(Fixture, "no build goes into git's own folder") {
  CHECK_THROWS_WITH(Ask(".git/dpc"), Catch::Contains("belongs to git"));
  CHECK_THROWS_WITH(Ask("", folder / "repo/.git"), Catch::Contains("belongs to git"));
  CHECK(Ask("", folder / "repo/.github/out") == folder / "repo/.github/out");
}

TEST_CASE_METHOD(Fixture, "a folder whose name begins like the repository's is not in it") {
  CHECK_THROWS_WITH(Ask("../repo2"), Catch::Contains("leads out of"));
  CHECK(Ask("", folder / "repo2") == folder / "repo2");
}

}  // namespace
}  // namespace dpc::driver
