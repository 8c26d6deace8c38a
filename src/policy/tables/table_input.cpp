#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::InputId;

Cell Consent(const Side& side, model::InputId input) {
  return Cell::TextOrNull(access::ConsentName(side.m(), side.r(), side.access(), input));
}

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "input:PRODUCT/PORT."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"product", ColumnType::Key, Null::Never, Lookup::Index, "", "The product that reads."},
                [](const Side& s, const Row& row) { return s.Key(s.m().inputs[row].product); }},
    Column<Row>{{"port", ColumnType::Key, Null::Possible, Lookup::Index, "/port",
                 "The port that is read; nothing when it does not exist."},
                [](const Side& s, const Row& row) { return s.Key(s.r().input_port[row.index()]); }},
    Column<Row>{{"reference", ColumnType::Text, Null::Never, Lookup::Scan, "/port", "The port as declared."},
                [](const Side& s, const Row& row) { return s.Text(s.m().inputs[row].port); }},
    Column<Row>{{"purpose", ColumnType::Text, Null::Possible, Lookup::Scan, "/purpose", "What for."},
                [](const Side& s, const Row& row) { return s.Text(s.m().inputs[row].purpose); }},
    Column<Row>{{"consent", ColumnType::Text, Null::Possible, Lookup::Index, "/port",
                 "granted, missing, ended, not-yet, or retired: the reader or the provider is; nothing where the port "
                 "does not exist."},
                [](const Side& s, const Row& row) { return Consent(s, row); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const model::InputId input : side.m().inputs.All()) {
    if (!side.m().products[side.m().inputs[input].product].poisoned) {
      rows.push_back(input);
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_input;
const TableSpec table_input = MakeTable<Row>("input", "Input ports: what products ask to read.", kColumns, List);

}  // namespace dpc::policy
