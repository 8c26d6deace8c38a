#include <memory>

#include "cli/command.h"
#include "cli/policies.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  PolicyOptions options;
  std::string id;
};

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->options.AddTo(app);
  app.add_option("id", arguments->id, "The policy")->required()->type_name("ID");
  return [arguments] {
    const KnownPolicies known = ReadKnown(arguments->options);
    Print(PageOf(FindKnown(known, arguments->id)));
    return kClean;
  };
}

}  // namespace

extern const CommandSpec policy_explain;
const CommandSpec policy_explain = {
    "explain",
    "Why a policy exists, what breaks it, how to mend it",
    "  dpc policy explain owner-required\n"
    "  dpc policy explain owner-required --pack builtin\n",
    Configure,
};

}  // namespace dpc::cli
