#include "cli/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace dpc::cli {
namespace {

constexpr std::string_view kWipe = "\r\033[K";
constexpr std::chrono::seconds kBetween(1);

std::string_view Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// A line that is not seen is no loss.
void Write(int fd, std::string_view text) {
  [[maybe_unused]] const ssize_t written = write(fd, text.data(), text.size());
}

}  // namespace

ProgressTarget ProgressOfTerminal() {
  if (isatty(STDERR_FILENO) != 1 || Variable("TERM") == "dumb" || !Variable("CI").empty()) {
    return {};
  }
  winsize size = {};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return {STDERR_FILENO, known ? std::size_t{size.ws_col} : ProgressTarget().width};
}

ProgressLine::ProgressLine(ProgressTarget target) : target_(target) {
  if (target_.fd >= 0) {
    try {
      thread_ = std::thread([this] { Run(); });
    } catch (const std::system_error&) {
      // No thread, no line: the work itself needs none.
    }
  }
}

ProgressLine::~ProgressLine() {
  if (thread_.joinable()) {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  if (drawn_) {
    Write(target_.fd, kWipe);
  }
}

void ProgressLine::Show(std::string what) {
  {
    const std::lock_guard lock(mutex_);
    what_ = std::move(what);
  }
  changed_.notify_all();
}

void ProgressLine::Run() {
  std::unique_lock lock(mutex_);
  std::string drawn;
  if (changed_.wait_for(lock, target_.patience, [this] { return ended_; })) {
    return;
  }
  do {
    drawn = what_;
    if (!what_.empty()) {
      Draw();
      drawn_ = true;
    }
    changed_.wait_for(lock, kBetween, [&] { return ended_ || what_ != drawn; });
  } while (!ended_);
}

// Not longer than the terminal is wide: what is broken over two lines cannot be wiped out.
void ProgressLine::Draw() const {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin_).count();
  std::string line = "dpc: " + what_ + " (" + std::to_string(seconds) + " s)";
  line.resize(std::min(line.size(), target_.width - 1));
  Write(target_.fd, std::string(kWipe) + line);
}

}  // namespace dpc::cli
