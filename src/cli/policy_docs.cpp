#include <memory>

#include "cli/command.h"
#include "cli/policies.h"
#include "cli/terminal.h"
#include "driver/files.h"

namespace dpc::cli {
namespace {

struct Arguments {
  PolicyOptions options;
  std::string output;
};

int Docs(Arguments& arguments) {
  const KnownPolicies known = ReadKnown(arguments.options);
  std::string text = "# Policies\n";
  for (const policy::ActivePolicy& active : known.policies) {
    text += "\n" + PageOf(active);
  }
  if (arguments.output.empty()) {
    Print(text);
  } else {
    driver::WriteFile(arguments.output, text);
  }
  return kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->options.AddTo(app);
  AddText(app, "--output", arguments->output, "Write to a file, whole or not at all", "FILE");
  return [arguments] { return Docs(*arguments); };
}

}  // namespace

extern const CommandSpec policy_docs;
const CommandSpec policy_docs = {
    "docs",
    "The pages of all policies, in Markdown",
    "  dpc policy docs --output POLICIES.md\n"
    "  dpc policy docs --pack builtin\n",
    Configure,
};

}  // namespace dpc::cli
