#include "source/fork.h"

#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "repository.h"

namespace dpc::source {
namespace {

// main: one, two; the branch `change` leaves at one.
struct Forked {
  Forked() {
    repository.Commit();
    one = repository.Id("HEAD");
    repository.Git("checkout -q -b change");
    repository.Git("commit -q --allow-empty -m other");
    change = repository.Id("HEAD");
    repository.Git("checkout -q main");
    repository.Commit();
    repository.Git("commit -q --allow-empty --amend -m two");
    two = repository.Id("HEAD");
  }

  Repository repository;
  std::string one;
  std::string two;
  std::string change;
};

TEST_CASE("a fork has the tip of the base and the commits in common") {
  const Forked forked;
  const Fork fork = FindFork(forked.repository.path(), "main", "change");
  CHECK(fork.base == "main");
  CHECK(fork.tip == forked.two);
  CHECK(fork.commons == std::vector<std::string>{forked.one});
  CHECK_FALSE(fork.IsUpToDate());
  CHECK(FindFork(forked.repository.path(), "main", "").IsUpToDate());
  CHECK(FindFork(forked.repository.path(), forked.one, "change").IsUpToDate());
}

TEST_CASE("a criss-cross has several commits in common") {
  const Forked forked;
  forked.repository.Git("checkout -q -b left main");
  forked.repository.Git("merge -q --no-ff -m left change");
  forked.repository.Git("checkout -q -b right change");
  forked.repository.Git("merge -q --no-ff -m right main");
  const Fork fork = FindFork(forked.repository.path(), "left", "right");
  CHECK(fork.commons.size() == 2);
  CHECK_FALSE(fork.IsUpToDate());
}

TEST_CASE("histories without a commit in common are an error") {
  const Forked forked;
  forked.repository.Git("checkout -q --orphan alone");
  forked.repository.Git("commit -q --allow-empty -m alone");
  CHECK_THROWS_WITH(FindFork(forked.repository.path(), "main", "alone"), Catch::Contains("no common commit"));
}

TEST_CASE("a base is what one ref or one commit is called") {
  const Forked forked;
  const Repository& repository = forked.repository;
  repository.Git("tag -a -m v v1 main");
  for (const std::string name :
       {"main", "heads/main", "refs/heads/main", "HEAD", "@", "v1", "v1^{commit}", "main~0", "HEAD^0"}) {
    INFO(name);
    CHECK(FindBase(repository.path(), name) == forked.two);
  }
  CHECK(FindBase(repository.path(), "main^") == forked.one);
  CHECK(FindBase(repository.path(), forked.change) == forked.change);
  CHECK(FindBase(repository.path(), forked.change.substr(0, 9)) == forked.change);
}

TEST_CASE("a base that something else is called as well is refused, and all are listed") {
  const std::string ref = GENERATE("refs/tags/main", "refs/remotes/main", "refs/remotes/main/HEAD", "refs/main");
  const Forked forked;
  const Repository& repository = forked.repository;
  repository.Git("update-ref " + ref + " change");
  INFO(ref);
  for (const std::string name : {"main", "main^", "main~0", "main^{commit}"}) {
    CHECK_THROWS_WITH(FindBase(repository.path(), name),
                      Catch::Contains("`refs/heads/main` (" + forked.two.substr(0, 12) + ")") &&
                          Catch::Contains("`" + ref + "` (" + forked.change.substr(0, 12) + ")"));
  }
  CHECK(FindBase(repository.path(), "refs/heads/main") == forked.two);
  CHECK(FindBase(repository.path(), "heads/main") == forked.two);
}

TEST_CASE("a ref cannot be called like an id, or like the full name of another one") {
  const Forked forked;
  const Repository& repository = forked.repository;
  const std::string half = forked.two.substr(0, 20);
  repository.Git("update-ref refs/tags/" + half + " change");
  repository.Git("update-ref refs/tags/" + forked.two + " change");
  repository.Git("update-ref refs/tags/refs/heads/main change");
  repository.Git("update-ref refs/heads/refs/heads/other change");
  CHECK_THROWS_AS(FindBase(repository.path(), half), EnvironmentError);
  CHECK(FindBase(repository.path(), forked.two) == forked.two);
  CHECK(FindBase(repository.path(), "refs/heads/main") == forked.two);
  CHECK_THROWS_AS(FindBase(repository.path(), "refs/heads/other"), EnvironmentError);
}

TEST_CASE("a base is not searched for in texts, paths or by the clock") {
  const Forked forked;
  forked.repository.folder().Write("a", "");
  for (const std::string name : {":/two", "HEAD^{/two}", "main^{/two}~0", "HEAD:a", ":a", "main@{yesterday}",
                                 "main@{1.day.ago}", "@{2026-01-01}", "main@{", "", "^", "~1", "nowhere"}) {
    INFO(name);
    CHECK_THROWS_AS(FindBase(forked.repository.path(), name), EnvironmentError);
  }
}

}  // namespace
}  // namespace dpc::source
