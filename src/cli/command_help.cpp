#include <array>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

std::function<int()> Configure(CommandLine& app) {
  auto words = std::make_shared<std::array<std::string, 2>>();
  app.add_option("command", words->front(), "The command to explain")->type_name("COMMAND");
  app.add_option("below", words->back(), "One of the commands below it")->type_name("COMMAND");
  return [words] {
    std::vector<std::string> command(words->begin(), words->end());
    std::erase(command, "");
    Print(HelpText(command));
    return kClean;
  };
}

}  // namespace

extern const CommandSpec command_help;
const CommandSpec command_help = {
    "help",
    "Print help on dpc or one of its commands",
    "  dpc help\n"
    "  dpc help build\n"
    "  dpc help access who-can\n",
    Configure,
};

}  // namespace dpc::cli
