// Data that stays while its declaration goes or moves. Private to this folder.
#pragma once

#include <vector>

#include "ledger/authority.h"
#include "ledger/rows.h"

namespace dpc::ledger {

void AddEndangered(const Side& base, const Side& head, const Bench& bench, std::vector<Row>& rows);

}  // namespace dpc::ledger
