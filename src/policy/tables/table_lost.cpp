#include "policy/tables/ledger_rows.h"

namespace dpc::policy {
namespace {

const std::array kColumns = {
    kLedgerDigest,
    kLedgerAction,
    kLedgerWhat,
    Column<LedgerRow>{{"who", ColumnType::Text, Null::Never, Lookup::Scan, "",
                       "Products, or the principal that gets into roles: a JSON array."},
                      [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->who); }},
    Column<LedgerRow>{{"who_kind", ColumnType::Text, Null::Never, Lookup::Index, "",
                       "product, person, permissionSet, ssoGroup, principal, serviceAccount, podIdentity, conveyor, "
                       "wholeAccount or iamUser."},
                      [](const Side& /*side*/, const LedgerRow& row) { return Cell::Text(row->who_kind); }},
    Column<LedgerRow>{
        {"products", ColumnType::Text, Null::Never, Lookup::Scan, "", "Through whose roles: a JSON array of names."},
        [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->products); }},
    kLedgerEnvironments,
    Column<LedgerRow>{
        {"ports", ColumnType::Text, Null::Never, Lookup::Scan, "", "By which ports: a JSON array of names."},
        [](const Side& /*side*/, const LedgerRow& row) { return ListCell(row->ports); }},
    kLedgerData,
    kLedgerPlaces,
    kLedgerClass,
    kLedgerClassification,
    kLedgerOwner,
    Column<LedgerRow>{{"starts", ColumnType::Day, Null::Possible, Lookup::Scan, "", "The first day; nothing: at once."},
                      [](const Side& /*side*/, const LedgerRow& row) { return Cell::Day(row->first); }},
    Column<LedgerRow>{
        {"ends", ColumnType::Day, Null::Possible, Lookup::Scan, "", "The last day; nothing: without end."},
        [](const Side& /*side*/, const LedgerRow& row) { return Cell::Day(row->last); }},
    Column<LedgerRow>{
        {"people", ColumnType::Number, Null::Never, Lookup::Scan, "", "How many people get in through these roles."},
        [](const Side& /*side*/, const LedgerRow& row) {
          return Cell::Number(static_cast<std::int64_t>(row->people));
        }},
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
  return LedgerRowsOf(side, ledger::Sort::Lost);
}

}  // namespace

extern const TableSpec table_lost;
const TableSpec table_lost =
    MakeTable<LedgerRow>("lost", "Access that the change takes. Empty without base.", kColumns, List, true);

}  // namespace dpc::policy
