#include "driver/stage_clock.h"

#include <sys/resource.h>

namespace dpc::driver {

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void StageClock::Finish(std::string_view stage, std::size_t rows, std::size_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const std::chrono::duration<double> seconds = now - begin_;
  // Linux counts ru_maxrss in kibibytes.
  costs_.push_back({std::string(stage), seconds.count(), rows, bytes, static_cast<std::size_t>(usage.ru_maxrss)});
  begin_ = now;
}

}  // namespace dpc::driver
