// The ledger of a change as lines and as JSON. Private to this folder.
#pragma once

#include <string>

#include "json/json.h"
#include "ledger/ledger.h"

namespace dpc::cli {

// One line a row: `+` gained, `-` lost, `~` loosened, `!` endangered; what was declared where, and whose leave it
// takes.
std::string LedgerLines(const ledger::Ledger& ledger);

// {"gained": [...], "lost": [...], "loosened": [...], "endangered": [...]}; schemas/output/access.schema.json,
// `ledger`.
Json LedgerJson(const ledger::Ledger& ledger);

}  // namespace dpc::cli
