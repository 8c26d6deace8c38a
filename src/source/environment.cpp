#include "source/environment.h"

#include <cstdlib>

#include "base/text.h"

namespace dpc::source {
namespace {

// Colons part; a path with a colon is quoted, as in C.
std::vector<std::string> PathsOf(const std::string& list) {
  std::vector<std::string> paths(1);
  bool quoted = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '"' && (quoted || paths.back().empty())) {
      quoted = !quoted;
    } else if (quoted && list[i] == '\\' && i + 1 < list.size()) {
      paths.back() += list[++i];
    } else if (list[i] == ':' && !quoted) {
      paths.emplace_back();
    } else {
      paths.back() += list[i];
    }
  }
  std::erase_if(paths, [](const std::string& path) { return path.empty(); });
  return paths;
}

}  // namespace

std::string Variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

bool IsTrue(const std::string& text) {
  const std::string word = LowerCase(text);
  return word == "true" || word == "yes" || word == "on" ||
         (IsDigits(word) && word.find_first_not_of('0') != word.npos);
}

GitEnvironment ReadGitEnvironment() {
  return {Variable("GIT_DIR"),
          Variable("GIT_WORK_TREE"),
          Variable("GIT_INDEX_FILE"),
          Variable("GIT_OBJECT_DIRECTORY"),
          PathsOf(Variable("GIT_ALTERNATE_OBJECT_DIRECTORIES")),
          PathsOf(Variable("GIT_CEILING_DIRECTORIES")),
          IsTrue(Variable("GIT_DISCOVERY_ACROSS_FILESYSTEM"))};
}

}  // namespace dpc::source
