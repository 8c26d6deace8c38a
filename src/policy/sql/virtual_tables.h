// The tables as SQLite's virtual tables. Private to this folder.
#pragma once

#include "policy/sql/guard.h"
#include "policy/tables/table.h"

struct sqlite3;

namespace dpc::policy {

// What the tables of one connection share; outlives it.
struct TableContext {
  const World* world = nullptr;
  Guard* guard = nullptr;
  // Plans are made as if each table had so many rows at least: a plan for an empty repository says nothing. 0: as it
  // is.
  std::size_t assumed_rows = 0;
};

// Makes every table in `main`, and those that are not `once` in `base`, which must be attached. Returns SQLite's code.
int CreateTables(sqlite3* db, TableContext& context);

}  // namespace dpc::policy
