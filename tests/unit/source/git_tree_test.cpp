#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "../temporary_folder.h"
#include "base/environment_error.h"
#include "repository.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

std::string KindName(EntryKind kind) {
  return kind == EntryKind::File ? "" : kind == EntryKind::SymbolicLink ? " (link)" : " (repository)";
}

// "path", "path (link)"; files with their bytes.
std::vector<std::string> Contents(const SourceTree& tree) {
  std::vector<std::string> lines;
  for (const Entry& entry : tree.List()) {
    lines.push_back(entry.path + (entry.kind == EntryKind::File ? ": " + tree.Read(entry.path) : KindName(entry.kind)));
  }
  return lines;
}

using Lines = std::vector<std::string>;

void FillRepository(const Repository& repository) {
  const TemporaryFolder& folder = repository.folder();
  folder.Write("b.yml", "b\r\n");
  folder.Write("A.YAML", "a");
  folder.Write("caf\xC3\xA9.yaml", std::string("\0\xFF", 2));
  folder.Write("sub/deep/e.yaml", "");
  folder.Write("sub/d.yaml", "d");
  folder.Write("sub.yaml", "before sub/");
  folder.Write("notes.txt", "no declaration");
  folder.Write(".hidden.yaml", "hidden");
  folder.Write(".github/workflow.yaml", "hidden");
  folder.Write("sub/.deep/f.yaml", "hidden");
  folder.Write(".gitignore", "*.tmp.yaml\nbuild/\n");
  folder.Write("build/kept.yaml", "tracked, so never ignored");
  repository.Link("link.yaml", "sub/d.yaml");
  repository.Link("dangling.yaml", "/nowhere");
  repository.Link("folder", "sub");
  repository.Link("file", "sub/d.yaml");
  repository.Link("loop", "loop");
  repository.Link("outside", "sub/../../elsewhere");
  repository.Link("over", "folder/deep");
  repository.Link("over-file", "folder/d.yaml");
  repository.Link("sub/top", "..");
  repository.Git("add -f build/kept.yaml");
}

const Lines kContents = {"A.YAML: a",
                         "b.yml: b\r\n",
                         "build/kept.yaml: tracked, so never ignored",
                         std::string("caf\xC3\xA9.yaml: \0\xFF", 14),
                         "dangling.yaml (link)",
                         "folder (link)",
                         "link.yaml (link)",
                         "outside (link)",
                         "over (link)",
                         "sub.yaml: before sub/",
                         "sub/d.yaml: d",
                         "sub/deep/e.yaml: ",
                         "sub/top (link)"};

TEST_CASE("work tree, index and revision hold the same entries and bytes") {
  const Repository repository;
  FillRepository(repository);
  repository.Commit();
  CHECK(Contents(*OpenWorkTree(repository.path())) == kContents);
  CHECK(Contents(*OpenIndex(repository.path())) == kContents);
  CHECK(Contents(*OpenRevision(repository.path(), "HEAD")) == kContents);
}

TEST_CASE("below the top, paths begin at the folder that was asked for") {
  const Repository repository;
  FillRepository(repository);
  repository.Commit();
  const std::string sub = repository.folder() / "sub";
  const Lines expected = {"d.yaml: d", "deep/e.yaml: ", "top (link)"};
  CHECK(Contents(*OpenWorkTree(sub)) == expected);
  CHECK(Contents(*OpenIndex(sub)) == expected);
  CHECK(Contents(*OpenRevision(sub, "main")) == expected);
  CHECK(Contents(*OpenWorkTree(sub + "/")) == expected);
  CHECK(Contents(*OpenRevision(sub + "/", "main")) == expected);
}

TEST_CASE("each snapshot sees its own bytes") {
  const Repository repository;
  repository.folder().Write("a.yaml", "committed");
  repository.Commit();
  repository.folder().Write("a.yaml", "staged");
  repository.folder().Write("new.yaml", "staged");
  repository.Git("add -A");
  repository.folder().Write("a.yaml", "edited");
  CHECK(Contents(*OpenRevision(repository.path(), "HEAD")) == Lines{"a.yaml: committed"});
  CHECK(Contents(*OpenIndex(repository.path())) == Lines{"a.yaml: staged", "new.yaml: staged"});
  CHECK(Contents(*OpenWorkTree(repository.path())) == Lines{"a.yaml: edited", "new.yaml: staged"});
}

TEST_CASE("what git ignores is not in the work tree, unless it is tracked") {
  const Repository repository;
  FillRepository(repository);
  repository.Commit();
  repository.folder().Write("x.tmp.yaml", "");
  repository.folder().Write("build/made.yaml", "");
  repository.folder().Write("sub/build/made.yaml", "");
  repository.folder().Write("untracked.yaml", "u");
  Lines expected = kContents;
  expected.emplace_back("untracked.yaml: u");
  CHECK(Contents(*OpenWorkTree(repository.path())) == expected);
}

TEST_CASE("a .gitignore below the top holds below it") {
  const Repository repository;
  repository.folder().Write("sub/.gitignore", "/a.yaml\n");
  repository.folder().Write("sub/a.yaml", "");
  repository.folder().Write("sub/x/a.yaml", "");
  repository.folder().Write("a.yaml", "");
  CHECK(Contents(*OpenWorkTree(repository.path())) == Lines{"a.yaml: ", "sub/x/a.yaml: "});
  CHECK(Contents(*OpenWorkTree(repository.folder() / "sub")) == Lines{"x/a.yaml: "});
}

TEST_CASE("a nested repository is named and not read") {
  const Repository repository;
  repository.folder().Write("a.yaml", "a");
  repository.folder().Write("vendor/inner/b.yaml", "b");
  repository.Git("init -q", "vendor/inner");
  repository.Git("add -A", "vendor/inner");
  repository.Git("commit -q -m x", "vendor/inner");
  const Lines expected = {"a.yaml: a", "vendor/inner (repository)"};
  CHECK(Contents(*OpenWorkTree(repository.path())) == expected);
  repository.Commit();
  CHECK(Contents(*OpenWorkTree(repository.path())) == expected);
  CHECK(Contents(*OpenIndex(repository.path())) == expected);
  CHECK(Contents(*OpenRevision(repository.path(), "HEAD")) == expected);
}

TEST_CASE("the day is the one of the commit, in UTC; before the first commit there is none") {
  const Repository repository;
  CHECK_FALSE(OpenWorkTree(repository.path())->CommitDate().has_value());
  CHECK_FALSE(OpenIndex(repository.path())->CommitDate().has_value());
  repository.Commit();
  const std::optional<Date> day = Date::Parse("2026-11-25");
  CHECK(OpenWorkTree(repository.path())->CommitDate() == day);
  CHECK(OpenIndex(repository.path())->CommitDate() == day);
  CHECK(OpenRevision(repository.path(), "HEAD")->CommitDate() == day);
}

TEST_CASE("a revision may be a branch, a tag or a tree, also in a bare repository") {
  const Repository repository;
  repository.folder().Write("a.yaml", "a");
  repository.Commit();
  repository.Git("tag -a -m x v1");
  for (const std::string revision : {"main", "v1", "HEAD^{tree}", "main@{0}"}) {
    INFO(revision);
    CHECK(Contents(*OpenRevision(repository.path(), revision)) == Lines{"a.yaml: a"});
  }
  CHECK(OpenRevision(repository.path(), "v1")->Describe() == OpenRevision(repository.path(), "main")->Describe());
  CHECK_FALSE(OpenRevision(repository.path(), "HEAD^{tree}")->CommitDate().has_value());
  repository.Git("clone -q --bare . bare.git");
  const std::string bare = repository.folder() / "bare.git";
  CHECK(Contents(*OpenRevision(bare, "main")) == Lines{"a.yaml: a"});
  CHECK_THROWS_AS(OpenWorkTree(bare), EnvironmentError);
}

TEST_CASE("what is not there is an error of the world") {
  const Repository repository;
  repository.folder().Write("a.yaml", "a");
  repository.Commit();
  CHECK_THROWS_AS(OpenRevision(repository.path(), "nowhere"), EnvironmentError);
  CHECK_THROWS_AS(OpenRevision(repository.path(), "HEAD:a.yaml"), EnvironmentError);
  CHECK_THROWS_AS(OpenWorkTree(repository.folder() / "a.yaml"), EnvironmentError);
  CHECK_THROWS_AS(OpenWorkTree(repository.folder() / "missing"), EnvironmentError);
  CHECK_THROWS_AS(OpenRevision(repository.path(), "HEAD")->Read("b.yaml"), EnvironmentError);
  repository.folder().Write("new/b.yaml", "");
  CHECK_THROWS_AS(OpenRevision(repository.folder() / "new", "HEAD"), EnvironmentError);
}

TEST_CASE("a conflict in the index is an error that names the path") {
  const Repository repository;
  repository.folder().Write("a.yaml", "base");
  repository.Commit();
  repository.Git("checkout -q -b other");
  repository.folder().Write("a.yaml", "other");
  repository.Commit();
  repository.Git("checkout -q main");
  repository.folder().Write("a.yaml", "main");
  repository.Commit();
  repository.Git("merge -q other >/dev/null 2>&1 || true");
  CHECK_THROWS_WITH(OpenIndex(repository.path()), Catch::Contains("`a.yaml`") && Catch::Contains("conflict"));
}

TEST_CASE("a folder outside of git is read as a whole") {
  const TemporaryFolder folder;
  folder.Write("a.yaml", "a");
  folder.Write("x/b.yaml", "b");
  folder.Write(".gitignore", "*.yaml\n");
  CHECK(Contents(*OpenWorkTree(folder.path())) == Lines{"a.yaml: a", "x/b.yaml: b"});
  CHECK_FALSE(OpenWorkTree(folder.path())->CommitDate().has_value());
  CHECK_THROWS_AS(OpenIndex(folder.path()), EnvironmentError);
  CHECK_THROWS_AS(OpenRevision(folder.path(), "HEAD"), EnvironmentError);
}

TEST_CASE("a file of gigabytes is refused by its size, before it is in memory") {
  const TemporaryFolder folder;
  folder.Write("a.yaml", "");
  fs::resize_file(folder / "a.yaml", kMostBytes + 1);
  CHECK_THROWS_WITH(OpenWorkTree(folder.path())->Read("a.yaml"),
                    Catch::Contains("`a.yaml`") && Catch::Contains(std::to_string(kMostBytes + 1)));
  CHECK_NOTHROW(CheckSize(kMostBytes, "a.yaml"));
}

}  // namespace
}  // namespace dpc::source
