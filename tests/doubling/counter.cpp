// Answers many questions in one process, so that valgrind translates dpc once and not for each of them: reads one
// command line of dpc a line (words between tabs) from the standard input. The first ones, up to an empty line, warm
// the program up and run in the process itself; each of the others runs in a child that begins where the warm process
// stands, and "PID CODE" is printed for it. How many instructions a child took, its counter says under that number, in
// valgrind's log.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/process.h"

namespace {

int RunLine(const std::string& line) {
  std::vector<std::string> words = {"dpc"};
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = line.find('\t', begin);
    words.push_back(line.substr(begin, end - begin));
  }
  std::vector<const char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(word.c_str());
  }
  return dpc::cli::Run(static_cast<int>(arguments.size()), arguments.data());
}

// What dpc prints is nobody's; the results go where the standard output went before.
std::FILE* KeepResults() {
  std::FILE* results = fdopen(dup(STDOUT_FILENO), "w");
  if (results == nullptr || std::freopen("/dev/null", "w", stdout) == nullptr) {
    std::abort();
  }
  return results;
}

void Ask(const std::string& line, std::FILE* results) {
  const pid_t child = fork();
  if (child == 0) {
    std::exit(RunLine(line));
  }
  int status = 0;
  waitpid(child, &status, 0);
  std::fprintf(results, "%d %d\n", child, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
  std::fflush(results);  // what is left in its buffer, the next child would print once more
}

}  // namespace

int main() {
  dpc::cli::PrepareProcess();
  std::FILE* results = KeepResults();
  bool warm = false;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) {
      warm = true;
    } else if (warm) {
      Ask(line, results);
    } else {
      RunLine(line);
    }
  }
  return std::fclose(results);
}
