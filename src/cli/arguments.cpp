#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"

namespace dpc::cli {

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::check(const OneOf& one_of) {
  const auto check = [words = one_of.words](const std::string& text) {
    const bool known = std::find(words.begin(), words.end(), text) != words.end();
    return known ? "" : "is `" + text + "`; expected one of `" + Join(words, "`, `") + "`";
  };
  option_->check(CLI::Validator(check, "{" + Join(one_of.words, ",") + "}"));
  return *this;
}

Option& Option::check_not_empty() {
  const auto check = [](const std::string& text) { return text.empty() ? "is empty; expected a value" : ""; };
  option_->check(CLI::Validator(check, ""));
  return *this;
}

Option& Option::capture_default_str() {
  option_->capture_default_str();
  return *this;
}

Option& Option::allow_extra_args(bool allow) {
  option_->allow_extra_args(allow);
  return *this;
}

Option& Option::envname(const std::string& name) {
  option_->envname(name);
  return *this;
}

Option& Option::needs(const Option& other) {
  option_->needs(other.option_);
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Option CommandLine::add_flag(const std::string& names, bool& value, const std::string& about) {
  return Option(app_.add_flag(names, value, about));
}

Option CommandLine::add_option(const std::string& names, std::string& value, const std::string& about) {
  return Option(app_.add_option(names, value, about));
}

Option CommandLine::add_option(const std::string& names, std::vector<std::string>& values, const std::string& about) {
  return Option(app_.add_option(names, values, about));
}

Option CommandLine::add_option(const std::string& names, unsigned& value, const std::string& about) {
  return Option(app_.add_option(names, value, about));
}

void CommandLine::remove_option(const std::string& name) {
  app_.remove_option(app_.get_option(name));
}

}  // namespace dpc::cli
