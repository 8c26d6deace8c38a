#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  model::ProductId product;
  model::EnvironmentId environment;
};

const std::array kColumns = {
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product."},
                [](const Side& s, const Row& row) { return s.Key(row.product); }},
    Column<Row>{{"environment", ColumnType::Key, Null::Never, Lookup::Index, "", "The environment."},
                [](const Side& s, const Row& row) { return s.Key(row.environment); }},
    Column<Row>{{"production", ColumnType::Flag, Null::Never, Lookup::Scan, "", "The environment is production."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.IsProduction(row.environment)); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const model::ProductId product : SoundRows(side.m().products)) {
    for (const auto reference : side.r().product_environments[product.index()]) {
      rows.push_back({product, side.r().environment_refs[reference]});
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_product_environment;
const TableSpec table_product_environment =
    MakeTable<Row>("product_environment", "Which products are in which environments.", kColumns, List);

}  // namespace dpc::policy
