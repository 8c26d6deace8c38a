#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/environment_error.h"

namespace dpc::cli {
namespace {

std::string_view Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// Of writing to stdout: the first is the cause.
int first_error = 0;

bool IsForced(const char* name) {
  const std::string_view value = Variable(name);
  return !value.empty() && value != "0";
}

}  // namespace

void Print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() && first_error == 0) {
    first_error = errno;
  }
}

void PrintError(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void FlushOutput() {
  if (std::fflush(stdout) != 0 && first_error == 0) {
    first_error = errno;
  }
  if (first_error == EPIPE) {
    throw ReaderWentAway();
  }
  if (first_error != 0 || std::ferror(stdout) != 0) {
    throw EnvironmentError("the output cannot be written: " +
                           (first_error == EBADF ? "stdout is closed" : std::string(std::strerror(first_error))));
  }
}

bool OutputIsTerminal() {
  return isatty(STDOUT_FILENO) == 1;
}

std::size_t OutputWidth() {
  static constexpr std::size_t kUsual = 80;
  static constexpr std::size_t kLeast = 40;
  winsize size = {};
  const bool known = OutputIsTerminal() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? std::max<std::size_t>(size.ws_col, kLeast) : kUsual;
}

bool RunsInGitHubActions() {
  return Variable("GITHUB_ACTIONS") == "true";
}

bool UseColor(std::string_view wanted) {
  if (wanted != "auto") {
    return wanted == "always";
  }
  if (!Variable("NO_COLOR").empty()) {
    return false;
  }
  if (IsForced("FORCE_COLOR") || IsForced("CLICOLOR_FORCE")) {
    return true;
  }
  return OutputIsTerminal() && Variable("TERM") != "dumb";
}

}  // namespace dpc::cli
