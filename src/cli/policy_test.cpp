#include "driver/policy_test.h"

#include <filesystem>
#include <memory>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/policies.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  PolicyOptions options;
  std::vector<std::string> paths;
  bool verbose = false;
};

// `tests` below each policy folder that has one.
std::vector<std::string> DefaultPaths(const KnownPolicies& known, const std::string& directory) {
  const model::PolicySettings& settings = known.compilation->model.workspace.policies;
  std::vector<std::string> folders = {"policies"};
  if (settings.folders_declared) {
    folders.clear();
    for (const model::NameId name : settings.folders) {
      folders.emplace_back(known.compilation->model.Text(known.compilation->model.names[name]));
    }
  }
  std::vector<std::string> paths;
  for (const std::string& folder : folders) {
    const std::string path = (directory.empty() || directory == "." ? "" : directory + "/") + folder + "/tests";
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
      paths.push_back(path);
    }
  }
  if (paths.empty()) {
    throw EnvironmentError("there are no tests: `" + Join(folders, "/tests`, `") + "/tests` is missing");
  }
  return paths;
}

void PrintLines(std::string_view head, const std::vector<std::string>& lines) {
  Print("  " + std::string(head) + (lines.empty() ? " nothing\n" : "\n"));
  for (const std::string& line : lines) {
    Print("    " + Printable(line) + "\n");
  }
}

void PrintCase(const driver::CaseResult& result, bool verbose) {
  if (result.passed() && !verbose) {
    return;
  }
  Print(std::string(result.passed() ? "ok   " : "FAIL ") + Printable(result.file) + ":" + std::to_string(result.line) +
        ": " + result.policy + ": " + Printable(result.name) + "\n");
  if (!result.error.empty()) {
    Print("  " + Printable(result.error) + "\n");
  } else if (!result.passed()) {
    PrintLines("expected", result.expected);
    PrintLines("found", result.found);
  }
}

int Test(Arguments& arguments) {
  const KnownPolicies known = ReadKnown(arguments.options);
  std::vector<policy::Policy> policies;
  for (const policy::ActivePolicy& active : known.policies) {
    // Of a pack that the workspace names, dpc's own tests are enough.
    if (active.policy.pack == arguments.options.pack) {
      policies.push_back(active.policy);
    }
  }
  const std::vector<std::string> paths =
      arguments.paths.empty() ? DefaultPaths(known, arguments.options.input.compile.directory) : arguments.paths;
  const driver::PolicyTestReport report = driver::TestPolicies(paths, policies);
  std::size_t failed = 0;
  for (const driver::CaseResult& result : report.cases) {
    PrintCase(result, arguments.verbose);
    failed += result.passed() ? 0 : 1;
  }
  std::size_t untested = 0;
  for (const driver::Untested& row : report.untested) {
    // Of named files nothing can be said about the policies that others test.
    if (!arguments.paths.empty() && !row.failing && !row.passing) {
      continue;
    }
    ++untested;
    Print("UNTESTED " + row.policy + ": no case in which it finds " +
          (row.failing   ? "nothing"
           : row.passing ? "something"
                         : "something, and none in which it finds nothing") +
          "\n");
  }
  FlushOutput();
  PrintError(Plural(report.cases.size(), "case") + ", " + std::to_string(failed) + " failed; " +
             std::to_string(untested) + " of " +
             (policies.size() == 1 ? "1 policy" : std::to_string(policies.size()) + " policies") +
             " not tested both ways\n");
  if (report.cases.empty()) {
    throw EnvironmentError("no test was run");
  }
  return failed == 0 && untested == 0 ? kClean : kFindings;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->options.AddTo(app);
  app.add_option("paths", arguments->paths, "Test files or folders (default: `tests` below each policy folder)")
      ->type_name("PATH");
  app.add_flag("-v,--verbose", arguments->verbose, "Show the cases that pass, too");
  return [arguments] { return Test(*arguments); };
}

}  // namespace

extern const CommandSpec policy_test;
const CommandSpec policy_test = {
    "test",
    "Run the cases beside the policies",
    "  dpc policy test\n"
    "  dpc policy test policies/tests/port-has-description.yaml -v\n",
    Configure,
};

}  // namespace dpc::cli
