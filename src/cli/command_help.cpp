#include <array>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "driver/registries.h"
#include "report/report.h"

namespace dpc::cli {
namespace {

std::string Section(std::string_view title, const std::vector<driver::NamedThing>& things) {
  std::string text = "\n" + std::string(title) + ":\n";
  for (const driver::NamedThing& thing : things) {
    std::string name(thing.name);
    name.resize(std::max<std::size_t>(name.size(), 12), ' ');
    text += "  " + name + " " + std::string(thing.summary) + "\n";
  }
  return text;
}

std::vector<driver::NamedThing> Formats() {
  std::vector<driver::NamedThing> things;
  for (const report::RendererSpec* spec : report::AllRendererSpecs()) {
    things.push_back({spec->name, spec->summary});
  }
  return things;
}

int Help(const std::vector<std::string>& command) {
  Print(HelpText(command));
  if (command.empty()) {
    Print(Section("Dialects", driver::Dialects()) + Section("Targets", driver::Targets()) +
          Section("Formats", Formats()));
  }
  return kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto words = std::make_shared<std::array<std::string, 2>>();
  app.add_option("command", words->front(), "The command to explain")->type_name("COMMAND");
  app.add_option("below", words->back(), "One of the commands below it")->type_name("COMMAND");
  return [words] {
    std::vector<std::string> command(words->begin(), words->end());
    std::erase(command, "");
    return Help(command);
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
