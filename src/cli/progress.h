// One line on stderr about what is being done, for somebody who waits at a terminal: it comes after a second, and is
// wiped out before anything else is printed. Private to `cli`.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace dpc::cli {

struct ProgressTarget {
  int fd = -1;  // -1: nobody looks
  std::size_t width = 80;
  std::chrono::milliseconds patience = std::chrono::seconds(1);
};

// stderr where it is a terminal that can wipe out a line, and not that of CI.
ProgressTarget ProgressOfTerminal();

class ProgressLine {
 public:
  explicit ProgressLine(ProgressTarget target);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  // Wipes the line out.
  ~ProgressLine();

  // What is done from now on: "parsing 12,000 files".
  void Show(std::string what);

 private:
  // Of the thread that writes, so that one long step is seen to go on.
  void Run();
  void Draw() const;

  ProgressTarget target_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string what_;
  bool ended_ = false;
  bool drawn_ = false;
  std::thread thread_;
};

}  // namespace dpc::cli
