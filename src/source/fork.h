// Which commits a change is judged by: the base's tip, and what it has in common with the head.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "source/days.h"

namespace dpc::source {

// Commits as 40 hex digits.
struct Fork {
  std::string base;                  // what the user calls it
  std::string tip;                   // what the base's name means
  std::vector<std::string> commons;  // the best common commits, as a merge takes them: one, or more of a criss-cross
  std::optional<CommitDays> days;    // of the tip

  // The head holds all that the base has.
  bool IsUpToDate() const { return commons.front() == tip; }
};

// `head` is a revision, "" for HEAD. Throws EnvironmentError when one of both is not there or they have no commit in
// common; in a shallow clone that lacks it, one clear line. `base` as FindBase has it.
Fork FindFork(const std::string& directory, const std::string& base, const std::string& head);

// The commit that the name of a base means, as 40 hex digits. The author of a change may push refs and writes commits:
// so EnvironmentError for a name that more than one ref has, which lists them all, and for one that searches messages.
// A full ref name and a full id mean themselves.
std::string FindBase(const std::string& directory, const std::string& name);

}  // namespace dpc::source
