// What a running statement may still spend, and what it tried that is not allowed. Private to this folder.
#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <string>

struct sqlite3;

namespace dpc::policy {

struct Guard {
  std::int64_t budget = 0;
  std::int64_t left = 0;
  std::int64_t next_look = 0;  // when no more is left than this, the clock is looked at
  std::clock_t started = 0;
  double most_seconds = 0;  // of all statements together, beyond what their steps explain
  // Such seconds by those before the present one; databases of one run share it.
  std::shared_ptr<double> spent_seconds = std::make_shared<double>(0);
  bool exhausted = false;
  bool too_slow = false;  // exhausted by processor time, which steps did not show
  std::string refused;    // by the authorizer: "the function `random`"

  void Restart();
  // The present statement has ended.
  void Stop();
  // Returns false when nothing is left.
  bool Spend(std::int64_t steps);

  // Processor time that the steps taken do not explain, so that a slow machine (or a build with sanitizers) does not
  // blame the clock for what the budget of steps is to stop: the result would hang on the machine.
  double UnexplainedSeconds() const;

  // Of what a function reads: a step reads so many bytes in the time of one.
  bool SpendBytes(std::size_t bytes) { return Spend(1 + static_cast<std::int64_t>(bytes / kBytesOfStep)); }

  static constexpr std::size_t kBytesOfStep = 64;
  static constexpr int kStepsBetweenLooks = 1000;
  static constexpr double kSecondsOfStep = 1e-7;  // measured: 0.02 µs, with sanitizers 0.07
};

// Limits, authorizer and progress handler; from here on only SELECT passes. `guard` outlives `db`.
void EnterSandbox(sqlite3* db, Guard& guard);

// `days`, `like`, `instr` and `replace`. The guard is charged for long texts.
void RegisterFunctions(sqlite3* db, Guard& guard);

}  // namespace dpc::policy
