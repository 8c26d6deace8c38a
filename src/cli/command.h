// A command of the tool: one file command_<name>.cpp that defines `const CommandSpec command_<name>`. A question of
// `dpc access` is a command below it: access_<name>.cpp with `const CommandSpec access_<name>` (`_` for `-`).
//
// Exit codes are a contract: 0 nothing at or above the threshold, 1 findings, 2 the work could not be done.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"

namespace dpc::cli {

inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;
inline constexpr int kFailed = 2;

struct CommandSpec {
  std::string_view name;
  std::string_view summary;   // one line
  std::string_view examples;  // shown first in --help: command lines, each indented by two spaces
  // Adds options to `app`, and returns what to run once they are parsed. The result gives the exit code.
  std::function<int()> (*configure)(CommandLine& app);
  // Commands below this one, of which one must be chosen; `configure` is null then. Null: none.
  std::span<const CommandSpec* const> (*commands)() = nullptr;
};

// Generated from the folder listing, sorted by name.
std::span<const CommandSpec* const> AllCommandSpecs();
std::span<const CommandSpec* const> AllAccessSpecs();
std::span<const CommandSpec* const> AllPolicySpecs();

// The whole tool: options, a command, its exit code. Reports what goes wrong on stderr; never throws.
int Run(int argc, const char* const* argv);

// The help of the tool (no words) or of one command ("access", "who-can"); throws EnvironmentError for an unknown one.
std::string HelpText(const std::vector<std::string>& command);

}  // namespace dpc::cli
