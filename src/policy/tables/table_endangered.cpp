#include "policy/tables/ledger_rows.h"

namespace dpc::policy {
namespace {

const std::array kColumns = {
    kLedgerDigest,      kLedgerAction,         kLedgerWhat,  kLedgerEnvironments, kLedgerData,  kLedgerPlaces,
    kLedgerClass,       kLedgerClassification, kLedgerOwner, kLedgerEntity,       kLedgerAt,    kLedgerPlace,
    kLedgerPlaceBefore, kLedgerNeeded,         kLedgerGiven, kLedgerCovered,      kLedgerCould, kLedgerApprovers,
};

std::vector<LedgerRow> List(const Side& side) {
  return LedgerRowsOf(side, ledger::Sort::Endangered);
}

}  // namespace

extern const TableSpec table_endangered;
const TableSpec table_endangered = MakeTable<LedgerRow>(
    "endangered", "Data that stays while its declaration goes or moves. Empty without base.", kColumns, List, true);

}  // namespace dpc::policy
