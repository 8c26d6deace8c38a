#include "base/parallel.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace dpc {

unsigned ThreadCount(unsigned wanted, std::size_t things) {
  const unsigned threads = wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(1, things)));
}

void InThreads(unsigned threads, const std::function<void()>& work) {
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) {
    try {
      others.emplace_back(run);
    } catch (const std::system_error&) {
      // A limit on threads: the others do the work.
      break;
    }
  }
  run();
  others.clear();
  if (failure) {
    std::rethrow_exception(failure);
  }
}

std::optional<std::pair<std::size_t, std::size_t>> Portions::Next() {
  const std::size_t begin = stopped_ ? count_ : next_.fetch_add(size_);
  return begin < count_ ? std::optional(std::pair(begin, std::min(count_, begin + size_))) : std::nullopt;
}

}  // namespace dpc
