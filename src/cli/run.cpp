// The command line as a whole: which command, and the one place where what goes wrong becomes exit code 2.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <new>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "driver/selection.h"
#include "version.h"

namespace dpc::cli {
namespace {

constexpr std::string_view kAbout =
    "dpc, the data product compiler: declarations in git to access, policies and platform configuration.";

constexpr std::string_view kFooter =
    "Exit codes: 0 nothing found, 1 findings, 2 the work could not be done.\n"
    "`dpc help COMMAND` shows examples and options; `dpc explain CODE` explains a finding.\n"
    "dpc opens no network connection and sends nothing anywhere.";

constexpr std::string_view kSeeHelp = "`dpc help` lists the commands and `dpc help COMMAND` their options";

using Specs = std::span<const CommandSpec* const>;

CLI::App* FindIn(CLI::App& app, const std::string& name) {
  for (CLI::App* command : app.get_subcommands(nullptr)) {
    if (command->get_name() == name) {
      return command;
    }
  }
  return nullptr;
}

// The tool with its commands. What a parsed command line asks for is in `run`.
class Tool {
 public:
  Tool() : app_(std::string(kAbout), "dpc") {
    app_.set_version_flag("--version", "dpc " DPC_VERSION, "Print the version");
    app_.set_help_flag("-h,--help", "Print this help");
    app_.require_subcommand(0, 1);
    app_.footer(std::string(kFooter));
    for (const CommandSpec* spec : AllCommandSpecs()) {
      CLI::App* command = Add(app_, *spec);
      for (const CommandSpec* below : spec->commands == nullptr ? Specs() : spec->commands()) {
        Add(*command, *below);
      }
    }
  }

  CLI::App& app() { return app_; }

  const std::function<int()>& run() const { return run_; }

 private:
  CLI::App* Add(CLI::App& parent, const CommandSpec& spec) {
    CLI::App* command = parent.add_subcommand(std::string(spec.name), std::string(spec.summary));
    command->footer("Examples:\n" + std::string(spec.examples));
    command->set_help_flag("-h,--help", "Print this help");
    if (spec.configure == nullptr) {
      command->require_subcommand(0, 1);
      return command;
    }
    CommandLine line(*command);
    std::function<int()> run = spec.configure(line);
    command->callback([this, run = std::move(run)] { run_ = run; });
    return command;
  }

  CLI::App app_;
  std::function<int()> run_;
};

// CLI11 prints the description first; examples belong before the options, so the footer is moved up.
std::string CommandHelp(CLI::App& command) {
  const std::string examples = command.get_footer();
  const std::string about = command.get_description();
  command.footer("");
  command.description(about + "\n\n" + examples);
  const bool below = command.get_parent()->get_parent() != nullptr;
  std::string text = command.help(below ? "dpc " + command.get_parent()->get_name() : "dpc");
  command.description(about);
  command.footer(examples);
  return text;
}

int UsageError(const CLI::ParseError& error, const CLI::App& app) {
  PrintError("dpc: " + UsageText(error, app) +
             "\n`dpc help` lists the commands and `dpc help COMMAND` their options\n");
  return kFailed;
}

const CommandSpec* FindSpec(Specs specs, std::string_view name) {
  const auto found = std::find_if(specs.begin(), specs.end(), [&](const auto* spec) { return spec->name == name; });
  return found == specs.end() ? nullptr : *found;
}

// Throws for a word that names no command, and one below a command that has others below it.
void CheckCommands(std::span<const std::string> words) {
  Specs specs = AllCommandSpecs();
  for (const std::string& word : words) {
    const CommandSpec* found = FindSpec(specs, word);
    if (found == nullptr) {
      std::vector<std::string_view> names;
      for (const CommandSpec* spec : specs) {
        names.push_back(spec->name);
      }
      throw EnvironmentError(driver::UnknownName("command", word, names));
    }
    if (found->commands == nullptr) {
      return;
    }
    specs = found->commands();
  }
}

// The words before the first option: at most a command and one below it.
std::vector<std::string> LeadingWords(int argc, const char* const* argv) {
  std::vector<std::string> words;
  for (int i = 1; i < std::min(argc, 3) && argv[i][0] != '-'; ++i) {
    words.emplace_back(argv[i]);
  }
  return words;
}

// The help of the innermost command that was chosen.
std::string HelpOfChosen(CLI::App& app) {
  CLI::App* command = &app;
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
  }
  return command == &app ? app.help() : CommandHelp(*command);
}

int ParseAndRun(int argc, const char* const* argv) {
  Tool tool;
  CheckCommands(LeadingWords(argc, argv));
  try {
    tool.app().parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    Print(HelpOfChosen(tool.app()));
    return kClean;
  } catch (const CLI::CallForVersion& version) {
    Print(std::string(version.what()) + "\n");
    return kClean;
  } catch (const CLI::ParseError& error) {
    return UsageError(error, tool.app());
  }
  if (!tool.run()) {
    PrintError(HelpOfChosen(tool.app()));
    return kFailed;
  }
  return tool.run()();
}

}  // namespace

std::string HelpText(const std::vector<std::string>& command) {
  Tool tool;
  CheckCommands(command);
  CLI::App* app = &tool.app();
  for (const std::string& word : command) {
    CLI::App* below = FindIn(*app, word);
    if (below == nullptr) {
      throw EnvironmentError("unexpected argument `" + Printable(word) + "`\n" + std::string(kSeeHelp));
    }
    app = below;
  }
  return app == &tool.app() ? app->help() : CommandHelp(*app);
}

int Run(int argc, const char* const* argv) {
  try {
    const int code = ParseAndRun(argc, argv);
    FlushOutput();
    return code;
  } catch (const EnvironmentError& error) {
    PrintError("dpc: " + std::string(error.what()) + "\n");
  } catch (const std::bad_alloc&) {
    PrintError("dpc: there is not enough memory for this run\n");
  } catch (const std::exception& error) {
    PrintError("dpc: internal error: " + Printable(error.what()) + "; please report it\n");
  }
  return kFailed;
}

}  // namespace dpc::cli
