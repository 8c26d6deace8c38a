// A table that policies read, as data: one file table_<name>.cpp each, which defines `const TableSpec table_<name>`.
// Tables are views over the stores: a row is an id or a few of them, and a cell is read when it is asked for.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/tables/cell.h"
#include "policy/tables/side.h"

namespace dpc::policy {

// The set of tables and columns, for `needs: tables >= N`. Raised when something is added; nothing is ever taken away
// or given another meaning within a major version of dpc.
inline constexpr int kTablesVersion = 2;

enum class ColumnType : std::uint8_t {
  Key,  // text: the key of a row of this or another table
  Text,
  Number,
  Flag,  // 0 or 1
  Day,   // text: an ISO 8601 day
};

enum class Null : std::uint8_t { Never, Possible };
// Looked up by value without reading all rows.
enum class Lookup : std::uint8_t { Scan, Index };

struct ColumnSpec {
  std::string_view name;
  ColumnType type = ColumnType::Text;
  Null null = Null::Never;
  Lookup lookup = Lookup::Scan;
  // Where it stands in the declaration of the row's entity: a JSON pointer (RFC 6901). "": nowhere by itself.
  std::string_view at;
  std::string_view doc;  // one sentence
};

class Rows {
 public:
  Rows() = default;
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  virtual ~Rows() = default;
  virtual std::size_t size() const = 0;
  virtual Cell Get(std::size_t row, std::size_t column) const = 0;
};

struct TableSpec {
  std::string_view name;
  std::string_view doc;  // one sentence
  // The table is there once, not also as `base.`: it is about the run, or about the change.
  bool once = false;
  std::vector<ColumnSpec> columns;
  // Null for `lineage`, which is walked.
  std::function<std::unique_ptr<Rows>(const Side& side)> open;

  // The position of a column; none: columns.size().
  std::size_t Find(std::string_view column) const;
};

// Generated from the folder listing, sorted by name.
std::span<const TableSpec* const> AllTableSpecs();
// Null when there is none.
const TableSpec* FindTable(std::string_view name);

// A column and how its cell is read from a row.
template <class Row>
struct Column {
  ColumnSpec spec;
  Cell (*get)(const Side& side, const Row& row);
};

template <class Row>
class RowsOf : public Rows {
 public:
  RowsOf(const Side& side, std::span<const Column<Row>> columns, std::vector<Row> rows)
      : side_(side), columns_(columns), rows_(std::move(rows)) {}

  std::size_t size() const override { return rows_.size(); }

  Cell Get(std::size_t row, std::size_t column) const override { return columns_[column].get(side_, rows_[row]); }

 private:
  const Side& side_;
  std::span<const Column<Row>> columns_;
  std::vector<Row> rows_;
};

// `columns` must be of static storage; `rows` lists the rows of one side.
template <class Row, std::size_t N>
TableSpec MakeTable(std::string_view name, std::string_view doc, const std::array<Column<Row>, N>& columns,
                    std::vector<Row> (*rows)(const Side& side), bool once = false) {
  TableSpec spec{name, doc, once, {}, {}};
  for (const Column<Row>& column : columns) {
    spec.columns.push_back(column.spec);
  }
  spec.open = [&columns, rows](const Side& side) -> std::unique_ptr<Rows> {
    return std::make_unique<RowsOf<Row>>(side, std::span<const Column<Row>>(columns), rows(side));
  };
  return spec;
}

}  // namespace dpc::policy
