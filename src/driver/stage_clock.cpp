#include "driver/stage_clock.h"

#include <sys/resource.h>

namespace dpc::driver {

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

namespace {

double OfTimeval(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

double CpuSeconds() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return OfTimeval(usage.ru_utime) + OfTimeval(usage.ru_stime);
}

void StageClock::Finish(std::string_view stage, std::size_t rows, std::size_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const std::chrono::duration<double> seconds = now - begin_;
  const double cpu = CpuSeconds();
  // Linux counts ru_maxrss in kibibytes.
  costs_.push_back(
      {std::string(stage), seconds.count(), cpu - cpu_begin_, rows, bytes, static_cast<std::size_t>(usage.ru_maxrss)});
  begin_ = now;
  cpu_begin_ = cpu;
}

}  // namespace dpc::driver
