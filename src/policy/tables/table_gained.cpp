#include "policy/tables/ledger_rows.h"

namespace dpc::policy {
namespace {

std::vector<LedgerRow> List(const Side& side) {
  return LedgerRowsOf(side, ledger::Sort::Gained);
}

}  // namespace

extern const TableSpec table_gained;
const TableSpec table_gained = MakeTable<LedgerRow>(
    "gained", "Access that the change gives, by whatever declaration. Empty without base.", kAccessColumns, List, true);

}  // namespace dpc::policy
