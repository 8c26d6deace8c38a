#include "source/fork.h"

#include <algorithm>
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
  repository.Git("fetch -q . change");
  CHECK(FindBase(repository.path(), "FETCH_HEAD") == forked.change);
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

// Commits c0, c1, ... with one or two earlier parents and days that mean nothing.
std::string RandomHistory(std::size_t count, std::uint32_t seed) {
  std::string stream;
  const auto random = [&seed](std::size_t bound) {
    seed = seed * 1664525U + 1013904223U;
    return static_cast<std::size_t>(seed >> 8U) % bound;
  };
  for (std::size_t i = 0; i < count; ++i) {
    stream += "commit refs/heads/c" + std::to_string(i) + "\nmark :" + std::to_string(i + 1) +
              "\ncommitter a <a@b.c> " + std::to_string(1'700'000'000 + random(1'000'000)) + " +0000\ndata 1\nx\n";
    if (i > 1) {
      const std::size_t one = i - 1 - random(std::min<std::size_t>(i, 4));
      const std::size_t two = random(i);
      stream += "from :" + std::to_string(one + 1) + "\n";
      stream += one != two && random(2) == 0 ? "merge :" + std::to_string(two + 1) + "\n" : "";
    }
  }
  return stream;
}

TEST_CASE("commits in common are those of git, whatever the dates, also where the clone is shallow") {
  constexpr std::size_t kCount = 14;
  const std::uint32_t seed = GENERATE(1U, 2U, 3U);
  const bool shallow = GENERATE(false, true);
  const Repository repository;
  repository.folder().Write(".git/stream", RandomHistory(kCount, seed));
  repository.Git("fast-import <.git/stream");
  if (shallow) {
    // In two histories: one ends where it would anyway, the other one in its middle.
    repository.folder().Write(".git/shallow", repository.Id("c0") + "\n" + repository.Id("c5") + "\n");
  }
  for (std::size_t i = 0; i < kCount; ++i) {
    const std::string one = "c" + std::to_string(i);
    const std::string two = "c" + std::to_string((i * 5 + 3) % kCount);
    INFO(one << " " << two << " of " << seed << (shallow ? " shallow" : ""));
    std::vector<std::string> expected = repository.Ask("merge-base --all " + one + " " + two);
    if (expected.empty()) {
      CHECK_THROWS_AS(FindFork(repository.path(), one, two), EnvironmentError);
      continue;
    }
    std::vector<std::string> found = FindFork(repository.path(), one, two).commons;
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
  }
}

TEST_CASE("a commit is as old as the latest of its ancestors, at least") {
  const Repository repository;
  repository.folder().Write(".git/stream",
                            "commit refs/heads/main\ncommitter a <a@b.c> 1764417600 +0000\ndata 1\nx\n"
                            "commit refs/heads/main\ncommitter a <a@b.c> 1700000000 +0000\ndata 1\nx\n");
  repository.Git("fast-import <.git/stream");
  const auto days = FindDays(repository.path(), "main");
  REQUIRE(days.has_value());
  CHECK(days->own.id == repository.Id("main"));
  CHECK(days->own.day == Date::Parse("2023-11-14"));
  CHECK(days->latest.id == repository.Id("main^"));
  CHECK(days->latest.day == Date::Parse("2025-11-29"));
  CHECK(FindFork(repository.path(), "main^", "main").days->own.day == Date::Parse("2025-11-29"));
  // Beyond the end of a shallow clone nothing is seen.
  repository.folder().Write(".git/shallow", repository.Id("main") + "\n");
  CHECK(FindDays(repository.path(), "main")->latest.day == Date::Parse("2023-11-14"));
}

}  // namespace
}  // namespace dpc::source
