// A build takes the place of the one before as a whole; what is not dpc's is in both.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "driver/output_journal.h"
#include "output.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

ino_t InodeOf(const std::string& path) {
  struct stat status = {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_ino;
}

TEST_CASE("the folder is another one after a build that changes something, and nothing is left beside it") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "out");
  const ino_t before = InodeOf(folder / "out");
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "out");
  CHECK(InodeOf(folder / "out") == before);
  WriteOutput(ArtifactsOf({{"terraform/a", "2"}}), folder / "out");
  CHECK(InodeOf(folder / "out") != before);
  CHECK(Contents(folder.path()).size() == 2);
}

TEST_CASE("whatever others put there is there afterwards: files, links, pipes, empty folders, modes") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/p/a.tf.json", "1"}}), folder / "out");
  folder.Write("out/notes.txt", "mine");
  folder.Write("out/terraform/p/.terraform/x/y", "mine");
  fs::create_symlink("nowhere", folder / "out/link");
  REQUIRE(mkfifo((folder / "out/pipe").c_str(), 0600) == 0);
  fs::create_directories(folder / "out/empty/deep");
  fs::permissions(folder / "out/terraform/p", fs::perms(0751));
  fs::permissions(folder / "out", fs::perms(02770));
  const ino_t notes = InodeOf(folder / "out/notes.txt");
  WriteOutput(ArtifactsOf({{"terraform/p/a.tf.json", "2"}}), folder / "out");
  CHECK(InodeOf(folder / "out/notes.txt") == notes);
  CHECK(folder.Read("out/terraform/p/.terraform/x/y") == "mine");
  CHECK(fs::read_symlink(folder / "out/link") == "nowhere");
  CHECK(fs::is_fifo(folder / "out/pipe"));
  CHECK(fs::is_directory(folder / "out/empty/deep"));
  CHECK(fs::status(folder / "out/terraform/p").permissions() == fs::perms(0751));
  CHECK(fs::status(folder / "out").permissions() == fs::perms(02770));
}

TEST_CASE("a link to the folder stays a link, and the folder behind it is built") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "real/out");
  fs::create_directory_symlink("real/out", folder / "link");
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "link");
  WriteOutput(ArtifactsOf({{"terraform/a", "2"}}), folder / "link");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(folder.Read("real/out/terraform/a") == "2");
}

TEST_CASE("a folder in which somebody stands, and the top of a repository, keep their place") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "out");
  const ino_t before = InodeOf(folder / "out");
  const fs::path here = fs::current_path();
  fs::current_path(folder / "out/terraform");
  WriteOutput(ArtifactsOf({{"terraform/a", "2"}}), folder / "out");
  fs::current_path(here);
  CHECK(InodeOf(folder / "out") == before);
  folder.Write("out/.git/HEAD", "x");
  WriteOutput(ArtifactsOf({{"terraform/a", "3"}, {"terraform/b", "3"}}), folder / "out");
  CHECK(InodeOf(folder / "out") == before);
  CHECK(Contents(folder.path()).size() == 4);
}

TEST_CASE("what a run that was killed staged beside the folder goes, but for what is nowhere else") {
  const TemporaryFolder folder;
  WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "out");
  folder.Write("out/notes.txt", "new");
  folder.Write(".dpc-tmp-7-out/terraform/a", "half");
  folder.Write(".dpc-tmp-7-out/notes.txt", "older");
  folder.Write(".dpc-tmp-8-out/lost.txt", "of others");
  folder.Write(".dpc-tmp-9-other/terraform/a", "of another folder's run");
  folder.Write(".dpc-tmp-x-out/a", "mine");
  const OutputDifference written = WriteOutput(ArtifactsOf({{"terraform/a", "1"}}), folder / "out");
  CHECK(written.aside == std::vector<std::string>{folder / ".dpc-tmp-8-out/lost.txt"});
  CHECK_FALSE(folder.Has(".dpc-tmp-7-out"));
  CHECK(folder.Read(".dpc-tmp-8-out/lost.txt") == "of others");
  CHECK(folder.Has(".dpc-tmp-9-other/terraform/a"));
  CHECK(folder.Has(".dpc-tmp-x-out/a"));
  CHECK(folder.Read("out/notes.txt") == "new");
}

// A run that replaces file by file, killed before it was done.
struct Killed {
  TemporaryFolder folder;

  Killed() {
    WriteOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b", "1"}}), folder / "out");
    folder.Write("out/.dpc-tmp-5/old-0", "1");
    folder.Write("out/terraform/a", "2");
    folder.Write("out/terraform/c", "2");
    folder.Write("out/.dpc-tmp-5/journal",
                 R"({"journalVersion": 1, "steps": [{"path": "terraform/a", "backup": "old-0", "sha256": ""},
           {"path": "terraform/c", "backup": "", "sha256": "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"},
           {"path": "../x", "backup": "", "sha256": "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"},
           {"path": "notes", "backup": "", "sha256": "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"}]})");
    folder.Write("x", "2");
    folder.Write("out/notes", "2");
  }
};

TEST_CASE_METHOD(Killed, "a run that was killed between two files is rolled back by whoever looks next") {
  CHECK(CompareOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b", "1"}}), folder / "out").empty());
  CHECK(folder.Read("out/terraform/a") == "1");
  CHECK_FALSE(folder.Has("out/terraform/c"));
  CHECK_FALSE(folder.Has("out/.dpc-tmp-5"));
  CHECK(folder.Has("x"));
  CHECK(folder.Has("out/notes"));
}

TEST_CASE_METHOD(Killed, "and by the next build, which goes on from the old files") {
  CHECK(WriteOutput(ArtifactsOf({{"terraform/a", "3"}, {"terraform/b", "1"}}), folder / "out").edited.empty());
  CHECK(folder.Read("out/terraform/a") == "3");
  CHECK_FALSE(folder.Has("out/terraform/c"));
}

TEST_CASE_METHOD(Killed, "but not while another dpc holds the folder") {
  OutputDirectory other = *OutputDirectory::Open(folder / "out");
  other.Lock();
  CHECK_FALSE(CompareOutput(ArtifactsOf({{"terraform/a", "1"}, {"terraform/b", "1"}}), folder / "out").empty());
  CHECK(folder.Read("out/terraform/a") == "2");
}

TEST_CASE("the first build that fails leaves no folder") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(WriteOutput({{"terraform/a", "1", {}}, {"terraform/a/b", "1", {}}}, folder / "out"),
                  EnvironmentError);
  CHECK(Contents(folder.path()).empty());
}

TEST_CASE("either side of a merge is dpc's, and nothing else is") {
  const TemporaryFolder folder;
  const auto common = ArtifactsOf({{"terraform/a", "1"}});
  const std::string ours = ArtifactsOf({{"terraform/a", "1"}, {"terraform/o", "o"}})[0].bytes;
  const std::string theirs = ArtifactsOf({{"terraform/a", "1"}, {"terraform/t", "t"}})[0].bytes;
  folder.Write("manifest.json", "<<<<<<< HEAD\n" + ours + "=======\n" + theirs + ">>>>>>> x\n");
  folder.Write("terraform/a", "<<<<<<< HEAD\n1\n=======\n3\n>>>>>>> x\n");
  folder.Write("terraform/o", "o");
  folder.Write("terraform/t", "t");
  folder.Write("terraform/mine", "m");
  const OutputDifference written = WriteOutput(common, folder.path());
  CHECK(written.conflicted == std::vector<std::string>{"manifest.json", "terraform/a"});
  CHECK(written.edited.empty());
  CHECK(written.removed == std::vector<std::string>{"terraform/o", "terraform/t"});
  CHECK(ContentsWithoutManifest(folder.path()) == Build{{"terraform/a", "1"}, {"terraform/mine", "m"}});
}

}  // namespace
}  // namespace dpc::driver
