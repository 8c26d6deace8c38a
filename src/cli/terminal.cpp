#include "cli/terminal.h"

#include <unistd.h>

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

bool IsForced(const char* name) {
  const std::string_view value = Variable(name);
  return !value.empty() && value != "0";
}

}  // namespace

void Print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void PrintError(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void FlushOutput() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw EnvironmentError(std::string("the output cannot be written: ") + std::strerror(errno));
  }
}

bool OutputIsTerminal() {
  return isatty(STDOUT_FILENO) == 1;
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
