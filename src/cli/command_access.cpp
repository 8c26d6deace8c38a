#include "cli/command.h"

namespace dpc::cli {

extern const CommandSpec command_access;
const CommandSpec command_access = {
    "access",
    "Ask who may do what, and why; prove it, compare it with an account",
    "  dpc access who-can read customers/customers --env production\n"
    "  dpc access can-i jane@acme.example read customers/customers\n"
    "  dpc access why orders customers/customers\n"
    "  dpc access expiring --within 30d\n"
    "  dpc access diff origin/main..HEAD\n"
    "  dpc access who-can --help          examples and options of one question\n",
    nullptr,
    AllAccessSpecs,
};

}  // namespace dpc::cli
