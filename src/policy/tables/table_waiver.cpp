#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::WaiverId;

Cell Findings(const Side& side, Row row) {
  std::string text;
  for (const model::NameId name : side.m().waivers[row].findings) {
    // Hexadecimal digits and a colon at most.
    text.append(text.empty() ? "[\"" : ",\"").append(side.m().Text(side.m().names[name])).append("\"");
  }
  return text.empty() ? Cell() : Cell::Made(text + "]");
}

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "waiver:POLICY/ENTITY."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"policy", ColumnType::Text, Null::Never, Lookup::Index, "/policy", "The policy."},
                [](const Side& s, const Row& row) { return s.Text(s.m().waivers[row].policy); }},
    Column<Row>{{"entity", ColumnType::Text, Null::Never, Lookup::Index, "/entity", "The key of the entity."},
                [](const Side& s, const Row& row) { return s.Text(s.m().waivers[row].entity); }},
    Column<Row>{{"findings", ColumnType::Text, Null::Possible, Lookup::Scan, "/findings",
                 "A JSON array of the fingerprints that it waives; nothing: all of the entity."},
                [](const Side& s, const Row& row) { return Findings(s, row); }},
    Column<Row>{{"reason", ColumnType::Text, Null::Possible, Lookup::Scan, "/reason", "Why."},
                [](const Side& s, const Row& row) { return s.Text(s.m().waivers[row].reason); }},
    Column<Row>{{"owner", ColumnType::Text, Null::Possible, Lookup::Scan, "/owner", "Who answers for it."},
                [](const Side& s, const Row& row) { return s.Text(s.m().waivers[row].owner); }},
    Column<Row>{{"ends", ColumnType::Day, Null::Possible, Lookup::Scan, "/until", "The last day in force."},
                [](const Side& s, const Row& row) { return Cell::Day(s.m().waivers[row].until); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().waivers);
}

}  // namespace

extern const TableSpec table_waiver;
const TableSpec table_waiver = MakeTable<Row>("waiver", "Exceptions from policies.", kColumns, List);

}  // namespace dpc::policy
