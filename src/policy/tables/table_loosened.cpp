#include "policy/tables/ledger_rows.h"

namespace dpc::policy {
namespace {

const std::array kColumns = {
    kLedgerDigest,
    kLedgerAction,
    kLedgerWhat,
    Column<LedgerRow>{{"before", ColumnType::Text, Null::Never, Lookup::Scan, "", "What base says."},
                      [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->before); }},
    Column<LedgerRow>{{"after", ColumnType::Text, Null::Never, Lookup::Scan, "", "What head says."},
                      [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->after); }},
    kLedgerClass,
    kLedgerClassification,
    kLedgerEntity,
    kLedgerAt,
    kLedgerPlace,
    kLedgerPlaceBefore,
    kLedgerNeeded,
    kLedgerGiven,
    kLedgerCovered,
    kLedgerCould,
    kLedgerApprovers,
};

std::vector<LedgerRow> List(const Side& side) {
  return LedgerRowsOf(side, ledger::Sort::Loosened);
}

}  // namespace

extern const TableSpec table_loosened;
const TableSpec table_loosened =
    MakeTable<LedgerRow>("loosened", "What makes a later judgement milder, or leaves it to others. Empty without base.",
                         kColumns, List, true);

}  // namespace dpc::policy
