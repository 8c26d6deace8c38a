#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::ProductId;

// The owner's name, whether or not it exists.
Cell OwnerText(const Side& side, model::ProductId id) {
  const model::Product& row = side.m().products[id];
  if (row.owner.has_value() || row.owner_person.has_value()) {
    return side.Text(row.owner.has_value() ? row.owner : row.owner_person);
  }
  const model::DomainId domain = side.r().product_domain[id.index()];
  return domain.has_value() ? side.Text(side.m().domains[domain].owner) : Cell();
}

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "product:NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "/name", "Its name."},
                [](const Side& s, const Row& row) { return s.Text(s.m().products[row].name); }},
    Column<Row>{{"domain", ColumnType::Text, Null::Possible, Lookup::Index, "/domain", "The name of its domain."},
                [](const Side& s, const Row& row) { return s.Text(s.m().products[row].domain); }},
    Column<Row>{{"owner", ColumnType::Text, Null::Possible, Lookup::Index, "/owner",
                 "The owner as declared: a team or a person; else the owner of its domain."},
                [](const Side& s, const Row& row) { return OwnerText(s, row); }},
    Column<Row>{
        {"team", ColumnType::Key, Null::Possible, Lookup::Index, "/owner",
         "The team that owns it; nothing when a person does, when nobody does and when the team does not exist."},
        [](const Side& s, const Row& row) { return s.Key(s.r().product_owner[row.index()]); }},
    Column<Row>{{"owner_person", ColumnType::Text, Null::Possible, Lookup::Index, "/owner",
                 "The person that owns it, by email."},
                [](const Side& s, const Row& row) { return s.Text(s.m().products[row].owner_person); }},
    Column<Row>{{"owned_by_members", ColumnType::Flag, Null::Never, Lookup::Scan, "",
                 "Its dialect has no owner, as the portal's: members with role owner answer for it."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().products[row].owned_by_members); }},
    Column<Row>{
        {"status", ColumnType::Text, Null::Never, Lookup::Index, "/status", "draft, active, deprecated or retired."},
        [](const Side& s, const Row& row) { return Cell::Text(model::StatusName(s.m().products[row].status)); }},
    Column<Row>{{"type", ColumnType::Text, Null::Possible, Lookup::Scan, "/type",
                 "source-aligned, aggregate, consumer-aligned, exploration, or a word of its own."},
                [](const Side& s, const Row& row) { return s.Text(s.m().products[row].type); }},
    Column<Row>{{"classification", ColumnType::Text, Null::Possible, Lookup::Index, "/classification",
                 "public, internal, confidential or restricted."},
                [](const Side& s, const Row& row) {
                  return Cell::TextOrNull(model::ClassificationName(s.m().products[row].classification));
                }},
    Column<Row>{
        {"class", ColumnType::Number, Null::Never, Lookup::Scan, "/classification",
         "The class as a number: 0 for none, public 1, internal 2, confidential 3, restricted 4."},
        [](const Side& s, const Row& row) { return Cell::Number(ClassRank(s.m().products[row].classification)); }},
    Column<Row>{{"production", ColumnType::Flag, Null::Never, Lookup::Scan, "/environments",
                 "It is in an environment of production."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.IsProduction(row)); }},
    Column<Row>{{"description", ColumnType::Text, Null::Possible, Lookup::Scan, "/description", "What it is about."},
                [](const Side& s, const Row& row) { return s.Text(s.m().products[row].description); }},
    Column<Row>{{"folder", ColumnType::Text, Null::Never, Lookup::Scan, "",
                 "The folder of its file, relative to the root; empty at the root."},
                [](const Side& s, const Row& row) { return Cell::Text(s.m().Text(s.m().products[row].folder)); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().products);
}

}  // namespace

extern const TableSpec table_product;
const TableSpec table_product = MakeTable<Row>("product", "Data products.", kColumns, List);

}  // namespace dpc::policy
