#include "policy/tables/ledger_rows.h"

namespace dpc::policy {
namespace {

std::vector<LedgerRow> List(const Side& side) {
  return LedgerRowsOf(side, ledger::Sort::Lost);
}

}  // namespace

extern const TableSpec table_lost;
const TableSpec table_lost =
    MakeTable<LedgerRow>("lost", "Access that the change takes. Empty without base.", kAccessColumns, List, true);

}  // namespace dpc::policy
