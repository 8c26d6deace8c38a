// https://sqlite.org/vtab.html
#include "policy/sql/virtual_tables.h"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <string>

#include "policy/sql/column_index.h"
#include "policy/sql/column_order.h"
#include "policy/sql/lineage_module.h"
#include "policy/sql/value_text.h"

namespace dpc::policy {
namespace {

// Rows and indexes are made when first needed; a table that no policy reads costs nothing.
struct Table : sqlite3_vtab {
  const TableSpec* spec = nullptr;
  const Side* side = nullptr;  // null: base, and there is none
  const TableContext* context = nullptr;
  std::unique_ptr<Rows> rows;
  std::vector<std::unique_ptr<ColumnIndex>> indexes;
  std::map<std::size_t, std::vector<std::uint32_t>> orders;  // by column

  std::size_t size() {
    Open();
    return rows ? rows->size() : 0;
  }

  void Open() {
    if (!rows && side != nullptr) {
      rows = spec->open(*side);
    }
  }

  const ColumnIndex& Index(std::size_t column) {
    auto& index = indexes[column];
    if (!index) {
      index = std::make_unique<ColumnIndex>(*rows, column);
    }
    return *index;
  }

  const std::vector<std::uint32_t>& Order(std::size_t column) {
    const auto [order, added] = orders.try_emplace(column);
    if (added) {
      order->second = OrderBy(*rows, column);
    }
    return order->second;
  }
};

struct Cursor : sqlite3_vtab_cursor {
  std::size_t at = 0;
  std::size_t end = 0;                                // of a scan
  const ColumnIndex* index = nullptr;                 // of a lookup
  const std::vector<std::uint32_t>* order = nullptr;  // of a scan by one column

  std::size_t row() const { return order == nullptr ? at : (*order)[at]; }
};

Table& TableOf(sqlite3_vtab* table) {
  return *static_cast<Table*>(table);
}

Table& TableOf(sqlite3_vtab_cursor* cursor) {
  return TableOf(cursor->pVtab);
}

Cursor& CursorOf(sqlite3_vtab_cursor* cursor) {
  return *static_cast<Cursor*>(cursor);
}

bool IsNumber(const ColumnSpec& column) {
  return column.type == ColumnType::Number || column.type == ColumnType::Flag;
}

int Connect(sqlite3* db, void* context, int /*count*/, const char* const* arguments, sqlite3_vtab** out,
            char** /*error*/) {
  const TableContext& shared = *static_cast<TableContext*>(context);
  const bool base = std::string_view(arguments[1]) == "base";
  const TableSpec* spec = FindTable(arguments[2]);
  const std::string declaration = DeclarationOf(*spec);
  if (const int code = sqlite3_declare_vtab(db, declaration.c_str()); code != SQLITE_OK) {
    return code;
  }
  auto table = std::make_unique<Table>();
  table->spec = spec;
  table->context = &shared;
  table->side = base ? shared.world->base() : &shared.world->head();
  table->indexes.resize(spec->columns.size());
  *out = table.release();
  return SQLITE_OK;
}

// Another function than Connect: a module whose two are the same is itself a table, by the module's name.
int Create(sqlite3* db, void* context, int count, const char* const* arguments, sqlite3_vtab** out, char** error) {
  return Connect(db, context, count, arguments, out, error);
}

int Disconnect(sqlite3_vtab* table) {
  delete &TableOf(table);
  return SQLITE_OK;
}

Cell CellOf(sqlite3_value* value, const ColumnSpec& column) {
  if (IsNumber(column)) {
    const int type = sqlite3_value_numeric_type(value);
    const std::int64_t number = sqlite3_value_int64(value);
    // 1.0 is equal to 1.
    const bool whole = type == SQLITE_FLOAT && static_cast<double>(number) == sqlite3_value_double(value);
    return type == SQLITE_INTEGER || whole ? Cell::Number(number) : Cell();
  }
  const auto text = TextOf(value);
  return text ? Cell::Text(*text) : Cell();
}

// The same without looking at any row.
std::size_t AssumeRows(const TableSpec& spec, std::size_t column, std::size_t all) {
  constexpr std::size_t kPerKey = 10;
  constexpr std::size_t kWords = 100;
  switch (spec.columns[column].type) {
    case ColumnType::Key:
      return column == 0 && spec.columns[0].name == "key" ? 1 : kPerKey;
    case ColumnType::Flag:
      return all / 2;
    default:
      return all / kWords;
  }
}

// Rows that `column = value` leaves: exactly when the value is known already, else on average.
std::size_t EstimateRows(Table& table, sqlite3_index_info* info, int constraint, std::size_t column) {
  constexpr std::size_t kCounted = 10'000;
  if (column == 0 && table.spec->columns[0].name == "key") {
    return 1;
  }
  const ColumnIndex& index = table.Index(column);
  sqlite3_value* value = nullptr;
  if (sqlite3_vtab_rhs_value(info, constraint, &value) == SQLITE_OK && value != nullptr) {
    const Cell cell = CellOf(value, table.spec->columns[column]);
    return cell.is_null() ? 0 : index.Count(HashOf(cell), kCounted);
  }
  return index.RowsPerValue();
}

constexpr double kScanCost = 1.0;
constexpr double kLookupCost = 1.5;

// A scan in the order that is asked for, so that SQLite has nothing to sort. Not for `DISTINCT`, whose rows come as
// they are first met. All columns are of one collation.
void OfferOrder(sqlite3_index_info* info) {
  constexpr int kGrouped = 1;  // 0: for `ORDER BY`
  if (info->idxNum == 0 && info->nOrderBy == 1 && info->aOrderBy[0].desc == 0 && info->aOrderBy[0].iColumn >= 0 &&
      sqlite3_vtab_distinct(info) <= kGrouped) {
    info->idxNum = -1 - info->aOrderBy[0].iColumn;
    info->orderByConsumed = 1;
  }
}

int BestIndex(sqlite3_vtab* vtab, sqlite3_index_info* info) {
  Table& table = TableOf(vtab);
  const bool assume =
      table.context->assumed_rows != 0 && table.spec->name != "run" && table.spec->name != "pr_approval";
  const std::size_t all = assume ? table.context->assumed_rows : table.size();
  std::size_t best = all;
  int chosen = -1;
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    const auto column = static_cast<std::size_t>(constraint.iColumn);
    if (constraint.usable == 0 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ || constraint.iColumn < 0 || all == 0 ||
        table.spec->columns[column].lookup != Lookup::Index ||
        std::string_view(sqlite3_vtab_collation(info, i)) != "BINARY") {
      continue;
    }
    const std::size_t rows = assume ? AssumeRows(*table.spec, column, all) : EstimateRows(table, info, i, column);
    if (chosen < 0 || rows < best) {
      best = rows;
      chosen = i;
    }
  }
  info->idxNum = chosen < 0 ? 0 : info->aConstraint[chosen].iColumn + 1;
  info->estimatedRows = static_cast<sqlite3_int64>(best);
  info->estimatedCost = static_cast<double>(best) * (chosen < 0 ? kScanCost : kLookupCost) + 1;
  if (chosen >= 0) {
    info->aConstraintUsage[chosen].argvIndex = 1;
    if (best <= 1 && info->aConstraint[chosen].iColumn == 0) {
      info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    }
  }
  OfferOrder(info);
  return SQLITE_OK;
}

int OpenCursor(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** out) {
  *out = new Cursor();
  return SQLITE_OK;
}

int CloseCursor(sqlite3_vtab_cursor* cursor) {
  delete &CursorOf(cursor);
  return SQLITE_OK;
}

int Filter(sqlite3_vtab_cursor* base_cursor, int number, const char* /*text*/, int count, sqlite3_value** values) {
  Table& table = TableOf(base_cursor);
  Cursor& cursor = CursorOf(base_cursor);
  cursor.index = nullptr;
  cursor.order = nullptr;
  cursor.at = 0;
  cursor.end = table.size();
  if (number < 0 && cursor.end != 0) {
    cursor.order = &table.Order(static_cast<std::size_t>(-1 - number));
  }
  if (number <= 0 || count == 0 || cursor.end == 0) {
    return SQLITE_OK;
  }
  const auto column = static_cast<std::size_t>(number - 1);
  const Cell cell = CellOf(values[0], table.spec->columns[column]);
  cursor.index = &table.Index(column);
  cursor.end = ColumnIndex::kNone;
  cursor.at = cell.is_null() ? ColumnIndex::kNone : cursor.index->First(HashOf(cell));
  return SQLITE_OK;
}

int Next(sqlite3_vtab_cursor* base_cursor) {
  Cursor& cursor = CursorOf(base_cursor);
  cursor.at = cursor.index == nullptr ? cursor.at + 1 : cursor.index->Next(static_cast<std::uint32_t>(cursor.at));
  return SQLITE_OK;
}

int Eof(sqlite3_vtab_cursor* cursor) {
  return CursorOf(cursor).at >= CursorOf(cursor).end ? 1 : 0;
}

int ReadColumn(sqlite3_vtab_cursor* base_cursor, sqlite3_context* context, int column) {
  ResultOf(context, TableOf(base_cursor).rows->Get(CursorOf(base_cursor).row(), static_cast<std::size_t>(column)));
  return SQLITE_OK;
}

int RowId(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(CursorOf(cursor).row());
  return SQLITE_OK;
}

sqlite3_module MakeModule() {
  sqlite3_module module = {};
  module.xCreate = Create;
  module.xConnect = Connect;
  module.xBestIndex = BestIndex;
  module.xDisconnect = Disconnect;
  module.xDestroy = Disconnect;
  module.xOpen = OpenCursor;
  module.xClose = CloseCursor;
  module.xFilter = Filter;
  module.xNext = Next;
  module.xEof = Eof;
  module.xColumn = ReadColumn;
  module.xRowid = RowId;
  return module;
}

int CreateTable(sqlite3* db, const TableSpec& spec, const std::string& schema) {
  const std::string sql = "CREATE VIRTUAL TABLE " + schema + ".\"" + std::string(spec.name) + "\" USING " +
                          (spec.open ? "dpc_table" : "dpc_lineage");
  return sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
}

}  // namespace

std::string DeclarationOf(const TableSpec& spec) {
  std::string text = "CREATE TABLE x(";
  for (const ColumnSpec& column : spec.columns) {
    text += (text.back() == '(' ? "\"" : ", \"") + std::string(column.name) + "\"" +
            (IsNumber(column) ? " INTEGER" : " TEXT");
  }
  return text + ")";
}

void ResultOf(sqlite3_context* context, const Cell& cell) {
  if (cell.is_null()) {
    sqlite3_result_null(context);
  } else if (cell.is_number()) {
    sqlite3_result_int64(context, cell.number());
  } else {
    sqlite3_result_text(context, cell.text().data(), static_cast<int>(cell.text().size()),
                        cell.is_lasting() ? SQLITE_STATIC : SQLITE_TRANSIENT);
  }
}

int CreateTables(sqlite3* db, TableContext& context) {
  static const sqlite3_module module = MakeModule();
  int code = sqlite3_create_module_v2(db, "dpc_table", &module, &context, nullptr);
  if (code == SQLITE_OK) {
    code = RegisterLineage(db, context);
  }
  for (const TableSpec* spec : AllTableSpecs()) {
    if (code == SQLITE_OK) {
      code = CreateTable(db, *spec, "main");
    }
    if (code == SQLITE_OK && !spec->once) {
      code = CreateTable(db, *spec, "base");
    }
  }
  return code;
}

}  // namespace dpc::policy
