// Days that commits are dated by: what their committers wrote, whether it was so or not.
#pragma once

#include <optional>
#include <string>

#include "base/date.h"

namespace dpc::source {

// The id as 40 hex digits; "" outside of git.
struct DatedCommit {
  std::string id;
  Date day;  // in UTC
};

struct CommitDays {
  DatedCommit own;
  DatedCommit latest;  // among the commit and its ancestors: a commit cannot be older than what it was made from
};

// Of the commit that `revision` names; nothing when it names none.
std::optional<CommitDays> FindDays(const std::string& directory, const std::string& revision);

}  // namespace dpc::source
