#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

struct Row {
  model::EnvironmentId environment;
  model::EnvironmentId other;
};

const std::array kColumns = {
    Column<Row>{{"environment", ColumnType::Key, Null::Never, Lookup::Index, "", "The environment whose roles read."},
                [](const Side& s, const Row& row) { return s.Key(row.environment); }},
    Column<Row>{{"other", ColumnType::Key, Null::Never, Lookup::Index, "", "The one that is read."},
                [](const Side& s, const Row& row) { return s.Key(row.other); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  for (const model::EnvironmentId environment : SoundRows(side.m().environments)) {
    for (const auto reference : side.r().environment_reads[environment.index()]) {
      rows.push_back({environment, side.r().environment_refs[reference]});
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_reads_from;
const TableSpec table_reads_from =
    MakeTable<Row>("reads_from", "Which environments may be read from which.", kColumns, List);

}  // namespace dpc::policy
