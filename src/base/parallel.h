// Work that several threads share. What comes out of it must not depend on how many, nor on who does what.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

namespace dpc {

// 0: one a core. At least one, and no more than there are things to do.
unsigned ThreadCount(unsigned wanted, std::size_t things);

// Runs `work` so many times at once, here as well; in fewer threads where the system gives no more. Throws what one of
// them threw.
void InThreads(unsigned threads, const std::function<void()>& work);

// Hands out [0, count) in portions, to each thread the next one.
class Portions {
 public:
  Portions(std::size_t count, std::size_t size) : count_(count), size_(size) {}

  // [begin, end); nothing when all is handed out.
  std::optional<std::pair<std::size_t, std::size_t>> Next();

  // Nothing more is handed out.
  void Stop() { stopped_ = true; }

 private:
  std::size_t count_;
  std::size_t size_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace dpc
