// What a build does not do: leave its folder, take what is not dpc's, or stop half-way where that can be known before.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "base/environment_error.h"
#include "driver/output_directory.h"
#include "output.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

// The build is refused, and everything is as it was.
void CheckRefused(const std::vector<Artifact>& artifacts, const TemporaryFolder& around, const std::string& folder,
                  const std::string& reason) {
  const Build before = Contents(around.path());
  CHECK_THROWS_WITH(WriteOutput(artifacts, folder), Catch::Contains(reason));
  CHECK_THROWS_AS(CompareOutput(artifacts, folder), EnvironmentError);
  CHECK(Contents(around.path()) == before);
}

TEST_CASE("a file in the way that dpc did not write is kept, and so is all the rest") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  folder.Write("terraform/b", "mine");
  CheckRefused(ArtifactsOf({{"terraform/a", "2"}, {"terraform/b", "dpc's"}}), folder, folder.path(),
               "dpc did not write it");
  CheckRefused(ArtifactsOf({{"terraform/a", "2"}, {"terraform/b/c", "dpc's"}}), folder, folder.path(), "`");
}

TEST_CASE("a file or folder that was edited by hand does not go for another one") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b/c", "2"}}), folder.path());
  folder.Write("terraform/a", "edited");
  folder.Write("terraform/b/c", "edited");
  CheckRefused(ArtifactsOf({{"terraform/a/x", "1"}}), folder, folder.path(), "terraform/a` is in the way");
  CheckRefused(ArtifactsOf({{"terraform/b", "1"}}), folder, folder.path(), "terraform/b/c` is in the way");
}

TEST_CASE("a file in the way with the same bytes is taken over") {
  const TemporaryFolder folder;
  folder.Write("terraform/b", "same");
  CHECK(WriteOutput(ArtifactsOf({{"terraform/b", "same"}}), folder.path()).added ==
        std::vector<std::string>{"manifest.json"});
  WriteOutput(ArtifactsOf({}), folder.path());
  CHECK_FALSE(folder.Has("terraform/b"));
}

TEST_CASE("a folder or a link in the way of a file is kept") {
  const TemporaryFolder folder;
  folder.Write("out/terraform/a/mine.txt", "mine");
  CheckRefused(ArtifactsOf({{"terraform/a", "1"}}), folder, folder / "out", "is in the way");
  fs::remove_all(folder / "out");
  folder.Write("elsewhere.txt", "mine");
  fs::create_directories(folder / "out/terraform");
  fs::create_symlink("../../elsewhere.txt", folder / "out/terraform/a");
  CheckRefused(ArtifactsOf({{"terraform/a", "1"}}), folder, folder / "out", "is in the way");
}

TEST_CASE("a folder below that is a link is not followed, neither to write nor to remove") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/sub/a", "1"}}), folder / "out");
  fs::rename(folder / "out/terraform/sub", folder / "elsewhere");
  fs::create_directory_symlink("../elsewhere", folder / "out/terraform/sub");
  CheckRefused(ArtifactsOf({{"terraform/sub/a", "2"}}), folder, folder / "out", "symbolic link");
  CheckRefused(ArtifactsOf({{"terraform/sub/new", "2"}}), folder, folder / "out", "symbolic link");
  CheckRefused(ArtifactsOf({}), folder, folder / "out", "symbolic link");
}

TEST_CASE("a path that leaves the folder is refused before anything is made") {
  const TemporaryFolder folder;
  for (const std::string path : {"../a", "/a", "x/../../a", ".git/config", "", "a//b", ".dpc-tmp-1/a"}) {
    INFO(path);
    CheckRefused({{path, "x", {}}}, folder, folder / "out", "does not stay inside");
    CHECK_FALSE(folder.Has("out"));
  }
}

TEST_CASE("folders of the system and of git are refused") {
  const TemporaryFolder folder;
  CheckRefused(ArtifactsOf({}), folder, "/", "does not write");
  CheckRefused(ArtifactsOf({}), folder, folder / ".git/x", "belongs to git");
  CheckRefused(ArtifactsOf({}), folder, folder / "sub/../.GIT", "belongs to git");
  folder.Write("file", "mine");
  CheckRefused(ArtifactsOf({}), folder, folder / "file", "`");
  CheckRefused(ArtifactsOf({}), folder, folder / "file/sub", "`");
}

TEST_CASE("a manifest that is broken or not dpc's is refused") {
  const TemporaryFolder folder;
  for (const std::string text : {"", "{", "{}", R"({"generatedBy": "webpack", "files": {}})",
                                 R"({"generatedBy":"dpc","manifestVersion":1,"files":{"../x":{"sha256":"0"}}})"}) {
    INFO(text);
    folder.Write("manifest.json", text);
    CheckRefused(ArtifactsOf({{"terraform/a", "1"}}), folder, folder.path(), "is not a manifest");
  }
}

TEST_CASE("a manifest owns nothing outside of its folder, whatever it says") {
  const TemporaryFolder folder;
  folder.Write("outside", "mine");
  folder.Write("out/manifest.json",
               R"({"generatedBy":"dpc","manifestVersion":1,"files":{"../outside":{"sha256":"0"}}})");
  CheckRefused(ArtifactsOf({}), folder, folder / "out", "is not a manifest");
}

TEST_CASE("while one dpc writes, another one does not") {
  const TemporaryFolder folder;
  {
    OutputDirectory other = *OutputDirectory::Open(folder.path());
    other.Lock();
    CHECK_THROWS_WITH(WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path()), Catch::Contains("another dpc"));
    CHECK(Contents(folder.path()).empty());
  }
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  CHECK(folder.Read("terraform/a") == "1");
}

// Larger files cannot be written, as on a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &limit_);
    rlimit small = limit_;
    small.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &small);
  }

  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_ = {};
  void (*before_)(int);
};

bool Fails(const std::vector<Artifact>& artifacts, const std::string& folder) {
  try {
    WriteOutput(artifacts, folder);
    return false;
  } catch (const EnvironmentError&) {
    return true;
  }
}

TEST_CASE("a full disk leaves the old tree whole, and nothing beside it") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b/c", "2"}}), folder.path());
  const Build before = Contents(folder.path());
  bool failed = false;
  {
    const SmallDisk disk(100'000);
    failed = Fails(ArtifactsOf({{"terraform/a", "new"}, {"terraform/x", std::string(200'000, 'x')}}), folder.path());
  }
  CHECK(failed);
  CHECK(Contents(folder.path()) == before);
}

// Root may write anywhere, so it becomes nobody for a while.
class Nobody {
 public:
  Nobody() : before_(geteuid()) {
    if (before_ == 0) {
      REQUIRE(seteuid(65534) == 0);
    }
  }

  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;

  ~Nobody() {
    if (before_ == 0 && seteuid(0) != 0) {
      std::abort();
    }
  }

 private:
  uid_t before_;
};

TEST_CASE("a folder that cannot be written to is an error of the world, and the old tree stays whole") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b", "2"}}), folder / "out");
  fs::permissions(folder.path(), static_cast<fs::perms>(0755));
  fs::permissions(folder / "out", static_cast<fs::perms>(0555));
  const Build before = Contents(folder / "out");
  bool failed = false;
  bool failed_new = false;
  {
    const Nobody nobody;
    failed = Fails(ArtifactsOf({{"terraform/a", "new"}}), folder / "out");
    failed_new = Fails(ArtifactsOf({{"terraform/a", "new"}}), folder / "out/terraform/sub");
  }
  CHECK(failed);
  CHECK(failed_new);
  CHECK(Contents(folder / "out") == before);
  fs::permissions(folder / "out", static_cast<fs::perms>(0755));
}

TEST_CASE("what a killed run left is cleaned, and files that it had finished are known as dpc's") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  // The run had replaced `new`, and was killed before `a` and the manifest.
  const auto begun = ArtifactsOf({{"terraform/a", "2"}, {"terraform/new", "begun"}});
  folder.Write(".dpc-tmp-99999/manifest.json", begun[0].bytes);
  folder.Write(".dpc-tmp-99999/0", "2");
  folder.Write("terraform/new", "begun");
  WriteOutput(ArtifactsOf({{"terraform/a", "3"}, {"terraform/new", "other"}}), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/a", "3"}, {"terraform/new", "other"}});
}

TEST_CASE("what a killed run had finished goes when it is no longer produced") {
  const TemporaryFolder folder;
  folder.Write(".dpc-tmp-99999/manifest.json", ArtifactsOf({{"terraform/new", "begun"}})[0].bytes);
  folder.Write("terraform/new", "begun");
  CHECK(WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path()).removed ==
        std::vector<std::string>{"terraform/new"});
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/a", "1"}});
}

TEST_CASE("what a killed run had replaced was not edited by hand") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a.tf.json", "1"}, {"terraform/b", "1"}}), folder.path());
  folder.Write(".dpc-tmp-99999/manifest.json",
               ArtifactsOf({{"terraform/a.tf.json", "2"}, {"terraform/b", "2"}})[0].bytes);
  folder.Write("terraform/a.tf.json", "2");
  folder.Write("terraform/b", "2");
  const OutputDifference written = WriteOutput(ArtifactsOf({{"terraform/b", "3"}}), folder.path());
  CHECK(written.removed == std::vector<std::string>{"terraform/a.tf.json"});
  CHECK(written.edited.empty());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/b", "3"}});
}

TEST_CASE("a file that a killed run had not written is not dpc's, even if the run meant to") {
  const TemporaryFolder folder;
  folder.Write(".dpc-tmp-99999/manifest.json", ArtifactsOf({{"terraform/new", "begun"}})[0].bytes);
  folder.Write("terraform/new", "mine");
  CheckRefused(ArtifactsOf({{"terraform/new", "other"}}), folder, folder.path(), "dpc did not write it");
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/a", "1"}, {"terraform/new", "mine"}});
}

TEST_CASE("a broken manifest in what a killed run left is passed over") {
  const TemporaryFolder folder;
  folder.Write(".dpc-tmp-1/manifest.json", "{");
  folder.Write(".dpc-tmp-2/0", "x");
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder.path());
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/a", "1"}});
}

}  // namespace
}  // namespace dpc::driver
