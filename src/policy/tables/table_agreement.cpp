#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::AgreementId;

Cell State(const Side& side, model::AgreementId id) {
  const model::Agreement& row = side.m().agreements[id];
  const std::optional<Date> today = side.world().today();
  if (!row.from && !row.until) {
    return Cell::Text("in-force");
  }
  if (!today) {
    return {};
  }
  if (row.until && *row.until < *today) {
    return Cell::Text("ended");
  }
  return Cell::Text(row.from && *today < *row.from ? "not-yet" : "in-force");
}

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "agreement:PORT>CONSUMER."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{
        {"port", ColumnType::Key, Null::Possible, Lookup::Index, "/port", "The port; nothing when it does not exist."},
        [](const Side& s, const Row& row) { return s.Key(s.r().agreement_port[row.index()]); }},
    Column<Row>{{"consumer", ColumnType::Key, Null::Possible, Lookup::Index, "/consumer",
                 "The product that may read; nothing when it does not exist."},
                [](const Side& s, const Row& row) { return s.Key(s.r().agreement_consumer[row.index()]); }},
    Column<Row>{{"purpose", ColumnType::Text, Null::Possible, Lookup::Scan, "/purpose", "What for."},
                [](const Side& s, const Row& row) { return s.Text(s.m().agreements[row].purpose); }},
    Column<Row>{{"starts", ColumnType::Day, Null::Possible, Lookup::Scan, "/from", "The first day in force."},
                [](const Side& s, const Row& row) { return Cell::Day(s.m().agreements[row].from); }},
    Column<Row>{{"ends", ColumnType::Day, Null::Possible, Lookup::Scan, "/until", "The last day in force."},
                [](const Side& s, const Row& row) { return Cell::Day(s.m().agreements[row].until); }},
    Column<Row>{{"reassess", ColumnType::Day, Null::Possible, Lookup::Scan, "/reassess",
                 "The day by which it is to be looked at again."},
                [](const Side& s, const Row& row) { return Cell::Day(s.m().agreements[row].reassess); }},
    Column<Row>{{"state", ColumnType::Text, Null::Possible, Lookup::Scan, "/until",
                 "in-force, ended or not-yet; nothing without a known today where it depends on one."},
                [](const Side& s, const Row& row) { return State(s, row); }},
    Column<Row>{{"break_glass", ColumnType::Flag, Null::Never, Lookup::Scan, "/breakGlass", "Access in an emergency."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().agreements[row].break_glass); }},
    Column<Row>{
        {"incident", ColumnType::Text, Null::Possible, Lookup::Scan, "/incident", "The incident that it is for."},
        [](const Side& s, const Row& row) { return s.Text(s.m().agreements[row].incident); }},
    Column<Row>{{"folder", ColumnType::Text, Null::Never, Lookup::Scan, "", "The folder of its file."},
                [](const Side& s, const Row& row) { return Cell::Text(s.m().Text(s.m().agreements[row].folder)); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().agreements);
}

}  // namespace

extern const TableSpec table_agreement;
const TableSpec table_agreement =
    MakeTable<Row>("agreement", "Access agreements: consent that a consumer reads a port.", kColumns, List);

}  // namespace dpc::policy
