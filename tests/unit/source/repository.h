// A scratch repository of git for the tests of `source`.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "../temporary_folder.h"

namespace dpc::source {

// A repository that no configuration of this machine has a say in; each commit is made on the same day.
class Repository {
 public:
  Repository() { Git("init -q -b main"); }

  void Git(const std::string& arguments, const std::string& folder = ".") const {
    const std::string quiet =
        "cd '" + (folder_ / folder) +
        "' && env -u GIT_DIR -u GIT_WORK_TREE -u GIT_INDEX_FILE"
        " GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null"
        " GIT_AUTHOR_DATE='2026-11-24T23:30:00-0200' GIT_COMMITTER_DATE='2026-11-24T23:30:00-0200'"
        " git -c user.name=a -c user.email=a@b.c -c core.autocrlf=false " +
        arguments + " >/dev/null 2>&1";
    REQUIRE(std::system(quiet.c_str()) == 0);
  }

  void Commit() const {
    Git("add -A");
    Git("commit -q --allow-empty -m x");
  }

  // What git prints, word by word; nothing when it fails.
  std::vector<std::string> Ask(const std::string& arguments, const std::string& folder = ".") const {
    Git(arguments + " >'" + (folder_ / ".git/answer") + "' || true", folder);
    std::ifstream file(folder_ / ".git/answer");
    return {std::istream_iterator<std::string>(file), std::istream_iterator<std::string>()};
  }

  std::string Id(const std::string& revision) const {
    const std::vector<std::string> words = Ask("rev-parse '" + revision + "'");
    REQUIRE(words.size() == 1);
    return words.front();
  }

  void Link(const std::string& name, const std::string& target) const {
    std::filesystem::create_symlink(target, folder_ / name);
  }

  const TemporaryFolder& folder() const { return folder_; }

  std::string path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace dpc::source
