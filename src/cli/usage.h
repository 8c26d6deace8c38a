// A wrong command line in dpc's words. Private to `cli`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace dpc::cli {

// CLI11's `error` about what `app` was given, on one line.
std::string UsageText(const CLI::ParseError& error, const CLI::App& app);

}  // namespace dpc::cli
