// Options and arguments of one command, and nothing of CLI11's headers: each file that includes those takes ten seconds
// to compile. Methods are called as CLI11's that they stand for. Only arguments.cpp, run.cpp and usage.cpp know
// CLI11.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace dpc::cli {

// The words that a value must be one of; the help lists them.
struct OneOf {
  explicit OneOf(std::vector<std::string> all) : words(std::move(all)) {}

  std::vector<std::string> words;
};

// One option, owned by its command line; a value that is copied freely.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option* operator->() { return this; }

  Option& required();
  Option& type_name(const std::string& name);
  Option& check(const OneOf& one_of);
  // A value that is empty is refused: `--rev ""` of an unset variable is a slip, not the default.
  Option& check_not_empty();
  Option& capture_default_str();
  Option& allow_extra_args(bool allow);
  Option& envname(const std::string& name);
  Option& needs(const Option& other);
  Option& excludes(const Option& other);

 private:
  CLI::Option* option_;
};

// Borrows the command of CLI11. Values are written when the command line is parsed: they live until then.
class CommandLine {
 public:
  explicit CommandLine(CLI::App& app) : app_(app) {}

  Option add_flag(const std::string& names, bool& value, const std::string& about);
  Option add_option(const std::string& names, std::string& value, const std::string& about);
  Option add_option(const std::string& names, std::vector<std::string>& values, const std::string& about);
  Option add_option(const std::string& names, unsigned& value, const std::string& about);
  // Takes out what was added under this name.
  void remove_option(const std::string& name);

 private:
  CLI::App& app_;
};

}  // namespace dpc::cli
