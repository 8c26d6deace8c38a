// A command of the tool: one file command_<name>.cpp that defines `const CommandSpec command_<name>`.
//
// Exit codes are a contract (reference: README): 0 nothing at or above the threshold, 1 findings, 2 the work could not be done.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string_view>

namespace dpc::cli {

inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;
inline constexpr int kFailed = 2;

struct CommandSpec {
  std::string_view name;
  std::string_view summary;   // one line
  std::string_view examples;  // shown first in --help
  // Adds options to `app`, and returns what to run once they are parsed.
  std::function<int()> (*configure)(CLI::App& app);
};

// Generated from the folder listing, sorted by name.
std::span<const CommandSpec* const> AllCommandSpecs();

}  // namespace dpc::cli
