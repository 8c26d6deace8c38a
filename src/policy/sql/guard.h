// What a running statement may still spend, and what it tried that is not allowed. Private to this folder.
#pragma once

#include <cstdint>
#include <ctime>
#include <string>

struct sqlite3;

namespace dpc::policy {

struct Guard {
  std::int64_t budget = 0;
  std::int64_t left = 0;
  std::clock_t started = 0;
  double most_seconds = 0;
  bool exhausted = false;
  bool too_slow = false;  // exhausted by processor time, which steps did not show
  std::string refused;    // by the authorizer: "the function `random`"

  void Restart();
  // Returns false when nothing is left.
  bool Spend(std::int64_t steps);
};

// Limits, authorizer and progress handler; from here on only SELECT passes. `guard` outlives `db`.
void EnterSandbox(sqlite3* db, Guard& guard);

// `days` and `like`. The guard is charged for long texts.
void RegisterFunctions(sqlite3* db, Guard& guard);

}  // namespace dpc::policy
