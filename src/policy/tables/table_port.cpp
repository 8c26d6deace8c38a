#include "base/text.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::PortId;

Cell Status(const Side& side, model::PortId id) {
  const model::OutputPort& row = side.m().ports[id];
  const model::Status product = row.product.has_value() ? side.m().products[row.product].status : model::Status::Active;
  if (product == model::Status::Retired) {
    return Cell::Text("retired");
  }
  return Cell::Text(row.deprecated || product == model::Status::Deprecated ? "deprecated" : "active");
}

Cell Major(std::string_view version) {
  const std::string_view first = version.substr(0, version.find('.'));
  constexpr std::size_t kMostDigits = 9;
  if (first.empty() || first.size() > kMostDigits || !IsDigits(first)) {
    return {};
  }
  std::int64_t number = 0;
  for (const char digit : first) {
    number = number * 10 + (digit - '0');
  }
  return Cell::Number(number);
}

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "port:PRODUCT/NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"product", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "The product that offers it; nothing for a dataset of the portal."},
                [](const Side& s, const Row& row) { return s.Key(s.m().ports[row].product); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "", "Its name within the product."},
                [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].name); }},
    Column<Row>{{"label", ColumnType::Text, Null::Never, Lookup::Index, "", "PRODUCT/NAME."},
                [](const Side& s, const Row& row) { return Cell::Text(s.keys().Of(row).substr(5)); }},
    Column<Row>{
        {"access", ColumnType::Text, Null::Never, Lookup::Index, "/access", "unrestricted, restricted or private."},
        [](const Side& s, const Row& row) { return Cell::Text(model::AccessTypeName(s.m().ports[row].access)); }},
    Column<Row>{{"classification", ColumnType::Text, Null::Possible, Lookup::Index, "/classification",
                 "Its class, else that of its product: public, internal, confidential or restricted."},
                [](const Side& s, const Row& row) {
                  return Cell::TextOrNull(model::ClassificationName(s.flow().ClassOf(row)));
                }},
    Column<Row>{{"class", ColumnType::Number, Null::Never, Lookup::Index, "/classification",
                 "The class as a number: 0 for none, public 1, internal 2, confidential 3, restricted 4."},
                [](const Side& s, const Row& row) { return Cell::Number(ClassRank(s.flow().ClassOf(row))); }},
    Column<Row>{{"personal", ColumnType::Flag, Null::Never, Lookup::Index, "/personal",
                 "It holds personal data: declared on the port or on one of its columns."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.flow().IsPersonal(row)); }},
    Column<Row>{{"status", ColumnType::Text, Null::Never, Lookup::Index, "/deprecated",
                 "active; deprecated: the port or its product is; retired: its product is."},
                [](const Side& s, const Row& row) { return Status(s, row); }},
    Column<Row>{{"deprecated_since", ColumnType::Day, Null::Possible, Lookup::Scan, "/deprecated/since",
                 "Since when it is deprecated."},
                [](const Side& s, const Row& row) { return Cell::Day(s.m().ports[row].deprecated_since); }},
    Column<Row>{
        {"sunset", ColumnType::Day, Null::Possible, Lookup::Scan, "/deprecated/sunset", "The day on which it goes."},
        [](const Side& s, const Row& row) { return Cell::Day(s.m().ports[row].sunset); }},
    Column<Row>{{"successor", ColumnType::Key, Null::Possible, Lookup::Index, "/deprecated/successor",
                 "The port that takes its place."},
                [](const Side& s, const Row& row) { return s.Key(s.r().port_successor[row.index()]); }},
    Column<Row>{
        {"version", ColumnType::Text, Null::Possible, Lookup::Scan, "/version", "As declared: 2, 2.1 or 2.1.0."},
        [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].version); }},
    Column<Row>{
        {"major", ColumnType::Number, Null::Possible, Lookup::Scan, "/version", "The first number of the version."},
        [](const Side& s, const Row& row) { return Major(s.m().Text(s.m().ports[row].version)); }},
    Column<Row>{{"retention_days", ColumnType::Number, Null::Possible, Lookup::Scan, "/retentionDays",
                 "How long rows are kept."},
                [](const Side& s, const Row& row) {
                  return s.m().ports[row].retention_days ? Cell::Number(*s.m().ports[row].retention_days) : Cell();
                }},
    Column<Row>{{"erasure_key", ColumnType::Text, Null::Possible, Lookup::Scan, "/erasureKey",
                 "The column by which the rows of a person are found and erased."},
                [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].erasure_key); }},
    Column<Row>{{"declassified", ColumnType::Text, Null::Possible, Lookup::Scan, "/declassified",
                 "How the data was made harmless for a lower class: aggregated, masked or anonymised."},
                [](const Side& s, const Row& row) {
                  return s.m().ports[row].declassified.declared
                             ? Cell::Text(model::DeclassifyMethodName(s.m().ports[row].declassified.method))
                             : Cell();
                }},
    Column<Row>{{"declassified_reason", ColumnType::Text, Null::Possible, Lookup::Scan, "/declassified/reason",
                 "Why that suffices."},
                [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].declassified.reason); }},
    Column<Row>{
        {"contract", ColumnType::Text, Null::Possible, Lookup::Scan, "/contract", "The data contract: an id or a URL."},
        [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].contract); }},
    Column<Row>{{"owner", ColumnType::Text, Null::Possible, Lookup::Scan, "/owner",
                 "A person who decides on it instead of the owner of the product."},
                [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].owner); }},
    Column<Row>{{"description", ColumnType::Text, Null::Possible, Lookup::Scan, "/description", "What it offers."},
                [](const Side& s, const Row& row) { return s.Text(s.m().ports[row].description); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().ports);
}

}  // namespace

extern const TableSpec table_port;
const TableSpec table_port = MakeTable<Row>("port", "Output ports.", kColumns, List);

}  // namespace dpc::policy
