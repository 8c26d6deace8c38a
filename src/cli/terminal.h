// stdout and stderr: the only place that writes to them, and what is known of the terminal behind.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dpc::cli {

// Findings and results. Failing to write is noticed by FlushOutput.
void Print(std::string_view text);
// Summaries, progress, hints.
void PrintError(std::string_view text);

// Whoever read stdout has enough, as `head` has: nothing is to be said, and exit code 2, for the work was not done.
struct ReaderWentAway {};

// Throws ReaderWentAway, or EnvironmentError when stdout did not take everything: half a report must not look like a
// whole one.
void FlushOutput();

bool OutputIsTerminal();

// Columns of the terminal behind stdout; 80 where there is none, or it does not say.
std::size_t OutputWidth();

// `wanted` is "auto", "always" or "never"; with auto NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and TERM=dumb count, then
// the terminal.
bool UseColor(std::string_view wanted);

// Somebody else's job runs dpc there: `GITHUB_ACTIONS` is `true`.
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables
bool RunsInGitHubActions();

}  // namespace dpc::cli
