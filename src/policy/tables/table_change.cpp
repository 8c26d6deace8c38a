#include <unordered_map>

#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

// One difference between base and head. Texts live as long as the tables, but for values.
struct Row {
  std::string_view table;
  std::string_view entity;
  std::string_view what;
  std::string_view column;  // "": the row as a whole
  Cell before;
  Cell after;
};

Cell Copy(const Cell& cell) {
  return cell.is_null() || cell.is_number() ? cell : Cell::Made(std::string(cell.text()));
}

// Compares one table whose first column is the key.
class Comparison {
 public:
  Comparison(const TableSpec& table, const Side& head, const Side& base, std::vector<Row>& out)
      : table_(table), head_(table.open(head)), base_(table.open(base)), out_(out) {}

  void Run() {
    std::unordered_map<std::string_view, std::size_t> before;
    for (std::size_t i = 0; i < base_->size(); ++i) {
      before.emplace(base_->Get(i, 0).text(), i);
    }
    for (std::size_t i = 0; i < head_->size(); ++i) {
      const std::string_view key = head_->Get(i, 0).text();
      const auto found = before.find(key);
      if (found == before.end()) {
        out_.push_back({table_.name, key, "added", "", {}, {}});
        continue;
      }
      CompareColumns(key, found->second, i);
      before.erase(found);
    }
    for (std::size_t i = 0; i < base_->size(); ++i) {
      if (before.contains(base_->Get(i, 0).text())) {
        out_.push_back({table_.name, base_->Get(i, 0).text(), "removed", "", {}, {}});
      }
    }
  }

 private:
  void CompareColumns(std::string_view key, std::size_t old_row, std::size_t new_row) {
    for (std::size_t column = 1; column < table_.columns.size(); ++column) {
      const Cell before = base_->Get(old_row, column);
      const Cell after = head_->Get(new_row, column);
      if (!(before == after)) {
        out_.push_back({table_.name, key, "changed", table_.columns[column].name, Copy(before), Copy(after)});
      }
    }
  }

  const TableSpec& table_;
  std::unique_ptr<Rows> head_;
  std::unique_ptr<Rows> base_;
  std::vector<Row>& out_;
};

bool HasKey(const TableSpec& table) {
  return !table.once && !table.columns.empty() && table.columns.front().name == "key";
}

const std::array kColumns = {
    Column<Row>{{"entity", ColumnType::Key, Null::Never, Lookup::Index, "", "The key of what changed."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row.entity); }},
    Column<Row>{{"kind", ColumnType::Text, Null::Never, Lookup::Index, "", "The table that has it: product, port, ..."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row.table); }},
    Column<Row>{{"what", ColumnType::Text, Null::Never, Lookup::Index, "", "added, removed or changed."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(row.what); }},
    Column<Row>{{"column_name", ColumnType::Text, Null::Possible, Lookup::Index, "",
                 "The column that changed; nothing for what was added or removed."},
                [](const Side& /*side*/, const Row& row) { return Cell::TextOrNull(row.column); }},
    Column<Row>{{"before", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The value in base."},
                [](const Side& /*side*/, const Row& row) { return row.before; }},
    Column<Row>{{"after", ColumnType::Text, Null::Possible, Lookup::Scan, "", "The value in head."},
                [](const Side& /*side*/, const Row& row) { return row.after; }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  const Side* base = side.world().base();
  for (const TableSpec* table : AllTableSpecs()) {
    if (base != nullptr && HasKey(*table)) {
      Comparison(*table, side.world().head(), *base, rows).Run();
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_change;
const TableSpec table_change =
    MakeTable<Row>("change", "What differs between base and head, declaration by declaration. Empty without base.",
                   kColumns, List, true);

}  // namespace dpc::policy
