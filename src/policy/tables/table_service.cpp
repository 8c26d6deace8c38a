#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  model::ProductId product;
  std::string_view name;
};

const std::array kColumns = {
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product."},
                [](const Side& s, const Row& row) { return s.Key(row.product); }},
    Column<Row>{
        {"name", ColumnType::Text, Null::Never, Lookup::Index, "", "athena, console, ssm, conveyor or iam-user."},
        [](const Side& /*side*/, const Row& row) { return Cell::Text(row.name); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const model::ProductId product : SoundRows(side.m().products)) {
    for (const auto& [service, name] : model::ServiceNames()) {
      if (side.m().products[product].services.Has(service)) {
        rows.push_back({product, name});
      }
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_service;
const TableSpec table_service = MakeTable<Row>("service", "What products ask for besides roles.", kColumns, List);

}  // namespace dpc::policy
