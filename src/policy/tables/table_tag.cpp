#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  model::ProductId product;
  model::NameId name;
};

const std::array kColumns = {
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product."},
                [](const Side& s, const Row& row) { return s.Key(row.product); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "", "The tag."},
                [](const Side& s, const Row& row) { return s.Text(s.m().names[row.name]); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const model::ProductId product : SoundRows(side.m().products)) {
    for (const model::NameId name : side.m().products[product].tags) {
      rows.push_back({product, name});
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_tag;
const TableSpec table_tag = MakeTable<Row>("tag", "Tags of products.", kColumns, List);

}  // namespace dpc::policy
