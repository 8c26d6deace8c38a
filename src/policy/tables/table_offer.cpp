#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  model::PortId port;
  model::AssetId asset;
};

const std::array kColumns = {
    Column<Row>{{"port", ColumnType::Key, Null::Never, Lookup::Index, "", "The port."},
                [](const Side& s, const Row& row) { return s.Key(row.port); }},
    Column<Row>{{"asset", ColumnType::Key, Null::Never, Lookup::Index, "", "The asset."},
                [](const Side& s, const Row& row) { return s.Key(row.asset); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const model::PortId port : SoundRows(side.m().ports)) {
    for (const auto reference : side.r().port_assets[port.index()]) {
      if (const model::AssetId asset = side.r().asset_refs[reference]; asset.has_value()) {
        rows.push_back({port, asset});
      }
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_offer;
const TableSpec table_offer = MakeTable<Row>("offer", "Which assets a port offers.", kColumns, List);

}  // namespace dpc::policy
