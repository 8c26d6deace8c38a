#include "cli/command.h"

namespace dpc::cli {

extern const CommandSpec command_policy;
const CommandSpec command_policy = {
    "policy",
    "List, explain, test and lint policies",
    "  dpc policy list\n"
    "  dpc policy explain owner-required\n"
    "  dpc policy test                    the cases below policies/tests\n"
    "  dpc policy lint                    what will surprise in a policy\n"
    "  dpc policy docs --pack builtin     all pages of a pack, in Markdown\n",
    nullptr,
    AllPolicySpecs,
};

}  // namespace dpc::cli
