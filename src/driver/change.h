// The stage `ledger`: what a change gives and loosens.
#pragma once

#include "driver/driver.h"
#include "ledger/ledger.h"

namespace dpc::driver {

// `head` against `base`, by what the outside knows of the pull request. Both are judged by the day of head.
ledger::Ledger LedgerOf(const Compilation& head, const Compilation& base, const policy::PullRequest& request);

}  // namespace dpc::driver
