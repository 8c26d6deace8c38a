// `lineage` as a virtual table: each lookup is a walk over the graph. Private to this folder.
#pragma once

#include <string>

#include "policy/sql/virtual_tables.h"

struct sqlite3_context;

namespace dpc::policy {

int RegisterLineage(sqlite3* db, TableContext& context);

// "CREATE TABLE x(...)".
std::string DeclarationOf(const TableSpec& spec);
void ResultOf(sqlite3_context* context, const Cell& cell);

}  // namespace dpc::policy
