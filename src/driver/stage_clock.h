// Measures what each stage costs. The only clock of dpc; what it says goes to stderr under --timings and nowhere else.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

#include "driver/driver.h"

namespace dpc::driver {

// For StageCost and PolicyRun only.
double Seconds();
double CpuSeconds();

class StageClock {
 public:
  // `costs` must outlive the clock.
  explicit StageClock(std::vector<StageCost>& costs) : costs_(costs) {}

  // Ends the stage that began with the end of the one before.
  void Finish(std::string_view stage, std::size_t rows, std::size_t bytes = 0);

 private:
  std::vector<StageCost>& costs_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double cpu_begin_ = CpuSeconds();
};

}  // namespace dpc::driver
