#include "policy/tables/ledger_rows.h"

#include <nlohmann/json.hpp>

#include "json/json.h"

namespace dpc::policy {

std::vector<LedgerRow> LedgerRowsOf(const Side& side, ledger::Sort sort) {
  std::vector<LedgerRow> rows;
  for (const ledger::Row& row : side.world().ledger().rows) {
    if (row.sort == sort) {
      rows.push_back(&row);
    }
  }
  return rows;
}

Cell ListCell(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) {
    list.push_back(text);
  }
  return Cell::Made(CompactJson(list));
}

Cell EntityCell(const Side& side, const ledger::Row& row) {
  const Side& head = side.world().head();
  if (head.keys().Find(row.cause.entity)) {
    return Cell::Text(row.cause.entity);
  }
  if (!head.keys().OfWorkspace().empty()) {
    return Cell::Text(head.keys().OfWorkspace());
  }
  if (head.m().products.size() != 0) {
    return head.Key(model::ProductId(0));
  }
  return head.m().teams.size() != 0 ? head.Key(model::TeamId(0)) : Cell();
}

}  // namespace dpc::policy
