// dpc_oracle_questions DIR [--today D] [--target T]... [--env E]... [--budget N]
//
// Compiles DIR and prints documents for the IAM oracle (shared/tools/iam-oracle): the emitted policies of every role,
// and questions about them whose answers follow from the access model and the access contract alone. Exit status: 0
// printed, 1 the emission contradicts itself, 2 unusable input.
#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/environment_error.h"
#include "documents.h"

namespace dpc::oracle {
namespace {

struct Arguments {
  driver::Options options;
  std::size_t budget = 20000;
};

std::size_t Number(const std::string& text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw EnvironmentError("`" + text + "` is not a number");
  }
  return value;
}

void Set(Arguments& arguments, const std::string& option, const std::string& value) {
  if (option == "--today") {
    arguments.options.today = Date::Parse(value);
    if (!arguments.options.today) {
      throw EnvironmentError("`" + value + "` is not a day");
    }
  } else if (option == "--target") {
    arguments.options.targets.push_back(value);
  } else if (option == "--env") {
    arguments.options.environments.push_back(value);
  } else if (option == "--budget") {
    arguments.budget = Number(value);
  } else {
    throw EnvironmentError("unknown option `" + option + "`");
  }
}

Arguments Parse(const std::vector<std::string>& words) {
  if (words.empty() || words.front().starts_with("-") || words.size() % 2 == 0) {
    throw EnvironmentError("usage: dpc_oracle_questions DIR [--today D] [--target T]... [--env E]... [--budget N]");
  }
  Arguments arguments;
  arguments.options.directory = words.front();
  for (std::size_t i = 1; i < words.size(); i += 2) {
    Set(arguments, words[i], words[i + 1]);
  }
  if (arguments.options.targets.empty()) {
    // Whatever the workspace builds for: only AWS has policies to ask about.
    arguments.options.targets = {"aws"};
  }
  return arguments;
}

void RequireClean(const driver::Compilation& c) {
  if (!c.failed()) {
    return;
  }
  for (const Diagnostic& diagnostic : c.diagnostics.all()) {
    if (diagnostic.info.severity == Severity::Error) {
      std::cerr << "  " << diagnostic.message << " [" << diagnostic.info.code << "]\n";
    }
  }
  throw EnvironmentError("the repository has errors");
}

void Print(const Arguments& arguments) {
  const auto compilation = driver::Compile(arguments.options);
  RequireClean(*compilation);
  const Asked asked = DocumentsOf(*compilation, arguments.budget);
  if (asked.left_out != 0) {
    std::cerr << "oracle: " << asked.left_out << " questions left out by --budget " << arguments.budget << "\n";
  }
  std::cout << CompactJson(Json{{"documents", asked.documents}, {"resourcePolicies", asked.resource_policies}}) << "\n";
}

int Run(const std::vector<std::string>& words) {
  try {
    Print(Parse(words));
    return 0;
  } catch (const EnvironmentError& error) {
    std::cerr << "dpc_oracle_questions: " << error.what() << "\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "dpc_oracle_questions: " << error.what() << "\n";
    return 1;
  }
}

}  // namespace
}  // namespace dpc::oracle

int main(int argc, char** argv) {
  return dpc::oracle::Run(std::vector<std::string>(argv + 1, argv + argc));
}
