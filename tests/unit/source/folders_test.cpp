#include "source/folders.h"

#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "repository.h"

namespace dpc::source {
namespace {

TEST_CASE("a folder is refused that a link, or a repository in a repository, stands for") {
  const Repository repository;
  repository.folder().Write("orders/a.yaml", "a");
  repository.folder().Write("top/inner/b.yaml", "b");
  repository.Link("link", "orders");
  repository.Link("orders/up", "..");
  repository.Commit();
  repository.Git("init -q", "top/inner");
  repository.Git("init -q --bare", "orders");
  const TemporaryFolder& folder = repository.folder();
  CHECK_NOTHROW(CheckFolder(folder.path()));
  CHECK_NOTHROW(CheckFolder(folder / "top"));
  CHECK_NOTHROW(CheckFolder(folder / "top/../top/."));
  CHECK_NOTHROW(CheckFolder(folder / "not/there"));
  for (const std::string name :
       {"link", "link/", "link/../top", "orders/up/top", "top/inner", "top/inner/deep", "orders", "orders/objects"}) {
    INFO(name);
    CHECK_THROWS_AS(CheckFolder(folder / name), EnvironmentError);
  }
}

TEST_CASE("outside of repositories links and folders are the user's own") {
  const TemporaryFolder outside;
  const Repository repository;
  std::filesystem::create_symlink(repository.path(), outside / "link");
  CHECK_NOTHROW(CheckFolder(outside / "link"));
  CHECK_NOTHROW(CheckFolder(outside.path()));
}

TEST_CASE("a file is looked for in a commit, not on disk") {
  const Repository repository;
  repository.folder().Write("a/dpc.yaml", "");
  repository.folder().Write("b/dpc.yaml/c", "");
  repository.Commit();
  repository.folder().Write("dpc.yaml", "");
  CHECK(HoldsFile(repository.folder() / "a", "HEAD", "dpc.yaml"));
  CHECK_FALSE(HoldsFile(repository.folder() / "b", "HEAD", "dpc.yaml"));
  CHECK_FALSE(HoldsFile(repository.path(), "HEAD", "dpc.yaml"));
  CHECK_FALSE(HoldsFile(repository.folder() / "c", "HEAD", "dpc.yaml"));
}

}  // namespace
}  // namespace dpc::source
