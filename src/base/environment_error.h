// The world is wrong (no repository, an unreadable object, a full disk): thrown in `source`, `driver` and `cli` only,
// caught once in cli/main.cpp, exit 2. The text is one line in the wording of diagnostics: lower case, code in
// backticks.
#pragma once

#include <stdexcept>
#include <string>

namespace dpc {

class EnvironmentError : public std::runtime_error {
 public:
  explicit EnvironmentError(const std::string& message) : std::runtime_error(message) {}
};

}  // namespace dpc
