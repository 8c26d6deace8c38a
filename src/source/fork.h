// Which commits a change is judged by: the base's tip, and what it has in common with the head.
#pragma once

#include <string>
#include <vector>

namespace dpc::source {

// Commits as 40 hex digits.
struct Fork {
  std::string tip;                   // what the base's name means
  std::vector<std::string> commons;  // the best common commits, as a merge takes them: one, or more of a criss-cross

  // The head holds all that the base has.
  bool IsUpToDate() const { return commons.front() == tip; }
};

// `head` is a revision, "" for HEAD. Throws EnvironmentError when one of both is not there or they have no commit in
// common; in a shallow clone that lacks it, one clear line.
Fork FindFork(const std::string& directory, const std::string& base, const std::string& head);

}  // namespace dpc::source
