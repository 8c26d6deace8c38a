// The command line as a whole: which command, and the one place where what goes wrong becomes exit code 2.
#include <exception>

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

// The tool with its commands. What a parsed command line asks for is in `run`.
class Tool {
 public:
  Tool() : app_(std::string(kAbout), "dpc") {
    app_.set_version_flag("--version", "dpc " DPC_VERSION, "Print the version");
    app_.set_help_flag("-h,--help", "Print this help");
    app_.require_subcommand(0, 1);
    app_.footer(std::string(kFooter));
    for (const CommandSpec* spec : AllCommandSpecs()) {
      Add(*spec);
    }
  }

  CLI::App& app() { return app_; }

  const std::function<int()>& run() const { return run_; }

  CLI::App* Find(const std::string& name) {
    for (CLI::App* command : app_.get_subcommands(nullptr)) {
      if (command->get_name() == name) {
        return command;
      }
    }
    return nullptr;
  }

 private:
  void Add(const CommandSpec& spec) {
    CLI::App* command = app_.add_subcommand(std::string(spec.name), std::string(spec.summary));
    command->footer("Examples:\n" + std::string(spec.examples));
    command->set_help_flag("-h,--help", "Print this help");
    std::function<int()> run = spec.configure(*command);
    command->callback([this, run = std::move(run)] { run_ = run; });
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
  std::string text = command.help("dpc");
  command.description(about);
  command.footer(examples);
  return text;
}

int UsageError(const CLI::ParseError& error, const CLI::App& app) {
  PrintError("dpc: " + UsageText(error, app) +
             "\n`dpc help` lists the commands and `dpc help COMMAND` their options\n");
  return kFailed;
}

[[noreturn]] void ThrowUnknownCommand(const std::string& command) {
  std::vector<std::string_view> names;
  for (const CommandSpec* spec : AllCommandSpecs()) {
    names.push_back(spec->name);
  }
  throw EnvironmentError(driver::UnknownName("command", command, names));
}

int ParseAndRun(int argc, const char* const* argv) {
  Tool tool;
  if (argc > 1 && argv[1][0] != '-' && tool.Find(argv[1]) == nullptr) {
    ThrowUnknownCommand(argv[1]);
  }
  try {
    tool.app().parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = tool.app().get_subcommands();
    Print(chosen.empty() ? tool.app().help() : CommandHelp(*chosen.front()));
    return kClean;
  } catch (const CLI::CallForVersion& version) {
    Print(std::string(version.what()) + "\n");
    return kClean;
  } catch (const CLI::ParseError& error) {
    return UsageError(error, tool.app());
  }
  if (!tool.run()) {
    PrintError(tool.app().help());
    return kFailed;
  }
  return tool.run()();
}

}  // namespace

std::string HelpText(const std::string& command) {
  Tool tool;
  if (command.empty()) {
    return tool.app().help();
  }
  CLI::App* found = tool.Find(command);
  if (found == nullptr) {
    ThrowUnknownCommand(command);
  }
  return CommandHelp(*found);
}

int Run(int argc, const char* const* argv) {
  try {
    const int code = ParseAndRun(argc, argv);
    FlushOutput();
    return code;
  } catch (const EnvironmentError& error) {
    PrintError("dpc: " + std::string(error.what()) + "\n");
  } catch (const std::exception& error) {
    PrintError("dpc: internal error: " + Printable(error.what()) + "; please report it\n");
  }
  return kFailed;
}

}  // namespace dpc::cli
