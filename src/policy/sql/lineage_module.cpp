#include "policy/sql/lineage_module.h"

#include <sqlite3.h>

#include <algorithm>
#include <string_view>

namespace dpc::policy {
namespace {

enum Direction : int { kAll = 0, kDown = 1, kUp = 2 };

struct Lineage : sqlite3_vtab {
  const Side* side = nullptr;
  Guard* guard = nullptr;
  double reach = 0;  // ports that a walk finds, on average; 0: not measured yet
};

struct Cursor : sqlite3_vtab_cursor {
  Direction direction = kAll;
  Flow::Scratch scratch;
  std::vector<Reached> found;
  std::size_t at = 0;
  std::uint32_t start = 0;  // the port that the walk began with
};

Lineage& TableOf(sqlite3_vtab* table) {
  return *static_cast<Lineage*>(table);
}

Lineage& TableOf(sqlite3_vtab_cursor* cursor) {
  return TableOf(cursor->pVtab);
}

Cursor& CursorOf(sqlite3_vtab_cursor* cursor) {
  return *static_cast<Cursor*>(cursor);
}

int Connect(sqlite3* db, void* context, int /*count*/, const char* const* arguments, sqlite3_vtab** out,
            char** /*error*/) {
  const TableContext& shared = *static_cast<TableContext*>(context);
  if (const int code = sqlite3_declare_vtab(db, DeclarationOf(*FindTable("lineage")).c_str()); code != SQLITE_OK) {
    return code;
  }
  auto table = std::make_unique<Lineage>();
  table->side = std::string_view(arguments[1]) == "base" ? shared.world->base() : &shared.world->head();
  table->guard = shared.guard;
  *out = table.release();
  return SQLITE_OK;
}

// As in virtual_tables.cpp: the module is no table by itself.
int Create(sqlite3* db, void* context, int count, const char* const* arguments, sqlite3_vtab** out, char** error) {
  return Connect(db, context, count, arguments, out, error);
}

int Disconnect(sqlite3_vtab* table) {
  delete &TableOf(table);
  return SQLITE_OK;
}

std::size_t Ports(const Lineage& table) {
  return table.side == nullptr ? 0 : table.side->m().ports.size();
}

// Walks from some ports, always the same ones.
double MeasureReach(const Lineage& table) {
  constexpr std::size_t kWalks = 16;
  constexpr std::size_t kMostFound = 1000;
  const std::size_t ports = Ports(table);
  Flow::Scratch scratch;
  std::vector<Reached> found;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kWalks && ports != 0; ++i) {
    table.side->flow().Downstream(model::PortId(i * ports / kWalks), scratch, found, kMostFound);
    sum += found.size();
  }
  return std::max(1.0, static_cast<double>(sum) / kWalks);
}

int BestIndex(sqlite3_vtab* vtab, sqlite3_index_info* info) {
  constexpr double kWalkCost = 4.0;  // a port found costs as much as some rows read
  Lineage& table = TableOf(vtab);
  if (table.reach == 0) {
    table.reach = MeasureReach(table);
  }
  int chosen = -1;
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    const bool fits = constraint.usable != 0 && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ &&
                      (constraint.iColumn == 0 || constraint.iColumn == 1);
    // Of both the ancestor: either would do, and SQLite looks at the other one.
    if (fits && (chosen < 0 || constraint.iColumn == 0)) {
      chosen = i;
    }
  }
  if (chosen >= 0) {
    info->idxNum = info->aConstraint[chosen].iColumn == 0 ? kDown : kUp;
    info->aConstraintUsage[chosen].argvIndex = 1;
    info->estimatedRows = static_cast<sqlite3_int64>(table.reach);
    info->estimatedCost = table.reach * kWalkCost;
  } else {
    info->idxNum = kAll;
    info->estimatedRows = static_cast<sqlite3_int64>(table.reach * static_cast<double>(Ports(table)));
    // As if every walk saw every port, so that no plan begins here that can begin elsewhere.
    constexpr double kNever = 1e9;
    info->estimatedCost = kNever + static_cast<double>(Ports(table)) * static_cast<double>(Ports(table));
  }
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

// False when the budget is spent.
bool Walk(const Lineage& table, Cursor& cursor) {
  constexpr std::int64_t kStepsPerPort = 4;
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, table.guard->left / kStepsPerPort + 1));
  const Flow& flow = table.side->flow();
  if (cursor.direction == kUp) {
    flow.Upstream(model::PortId(cursor.start), cursor.scratch, cursor.found, most);
  } else {
    flow.Downstream(model::PortId(cursor.start), cursor.scratch, cursor.found, most);
  }
  cursor.at = 0;
  return table.guard->Spend(static_cast<std::int64_t>(cursor.found.size()) * kStepsPerPort);
}

int Filter(sqlite3_vtab_cursor* base_cursor, int number, const char* /*text*/, int count, sqlite3_value** values) {
  const Lineage& table = TableOf(base_cursor);
  Cursor& cursor = CursorOf(base_cursor);
  cursor.direction = static_cast<Direction>(number);
  cursor.found.clear();
  cursor.at = 0;
  cursor.start = 0;
  if (Ports(table) == 0) {
    return SQLITE_OK;
  }
  if (number != kAll && count == 1) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    const auto entity = text == nullptr ? std::nullopt : table.side->keys().Find(text);
    if (!entity || entity->kind != EntityKind::Port) {
      return SQLITE_OK;
    }
    cursor.start = entity->index;
  }
  return Walk(table, cursor) ? SQLITE_OK : SQLITE_INTERRUPT;
}

int Next(sqlite3_vtab_cursor* base_cursor) {
  const Lineage& table = TableOf(base_cursor);
  Cursor& cursor = CursorOf(base_cursor);
  ++cursor.at;
  while (cursor.direction == kAll && cursor.at >= cursor.found.size() && cursor.start + 1 < Ports(table)) {
    ++cursor.start;
    if (!Walk(table, cursor)) {
      return SQLITE_INTERRUPT;
    }
  }
  return SQLITE_OK;
}

int Eof(sqlite3_vtab_cursor* cursor) {
  return CursorOf(cursor).at >= CursorOf(cursor).found.size() ? 1 : 0;
}

int ReadColumn(sqlite3_vtab_cursor* base_cursor, sqlite3_context* context, int column) {
  const Side& side = *TableOf(base_cursor).side;
  const Cursor& cursor = CursorOf(base_cursor);
  const Reached& reached = cursor.found[cursor.at];
  const bool is_start = (column == 0) == (cursor.direction != kUp);
  if (column == 2) {
    ResultOf(context, Cell::Number(reached.hops));
  } else {
    ResultOf(context, side.Key(is_start ? model::PortId(cursor.start) : reached.port));
  }
  return SQLITE_OK;
}

int RowId(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>((std::uint64_t{CursorOf(cursor).start} << 32U) | CursorOf(cursor).at);
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

}  // namespace

int RegisterLineage(sqlite3* db, TableContext& context) {
  static const sqlite3_module module = MakeModule();
  return sqlite3_create_module_v2(db, "dpc_lineage", &module, &context, nullptr);
}

}  // namespace dpc::policy
