#include "cli/table_pages.h"

#include <nlohmann/json.hpp>

#include "json/json.h"
#include "policy/sql/database.h"
#include "policy/tables/table.h"

namespace dpc::cli {
namespace {

std::string TypeName(policy::ColumnType type) {
  switch (type) {
    case policy::ColumnType::Key:
      return "key";
    case policy::ColumnType::Text:
      return "text";
    case policy::ColumnType::Number:
      return "number";
    case policy::ColumnType::Flag:
      return "flag";
    case policy::ColumnType::Day:
      return "day";
  }
  return "";
}

}  // namespace

std::string TablePages() {
  std::string text =
      "# Tables\n\nVersion " + std::to_string(policy::kTablesVersion) +
      ". Each table is there for head and, as `base.NAME`, for the base, unless it says that it is there once. A key "
      "names a\ndeclaration, like `port:orders/orders`; joins by keys, and by columns marked `indexed`, are lookups. A "
      "day "
      "is a text, like\n`2026-12-31`; a flag is 0 or 1. `NULL` marks columns that may be empty.\n";
  for (const policy::TableSpec* table : policy::AllTableSpecs()) {
    text += "\n## " + std::string(table->name) + "\n\n" + std::string(table->doc) +
            (table->once ? " There once.\n" : "\n") + "\n| column | type | | |\n| --- | --- | --- | --- |\n";
    for (const policy::ColumnSpec& column : table->columns) {
      std::string marks = column.lookup == policy::Lookup::Index ? "indexed" : "";
      if (column.null == policy::Null::Possible) {
        marks += marks.empty() ? "NULL" : ", NULL";
      }
      text += "| `" + std::string(column.name) + "` | " + TypeName(column.type) + " | " + marks + " | " +
              std::string(column.doc) + " |\n";
    }
  }
  text += "\n## Functions\n\n`days(DAY)` gives whole days since 1970-01-01, to reckon with. Of SQLite's own:";
  for (const std::string_view function : policy::AllowedFunctions()) {
    text += " `" + std::string(function) + "`";
  }
  return text + "\n";
}

std::string TableJson() {
  Json tables = Json::array();
  for (const policy::TableSpec* table : policy::AllTableSpecs()) {
    Json columns = Json::array();
    for (const policy::ColumnSpec& column : table->columns) {
      columns.push_back(Json{{"name", column.name},
                             {"type", TypeName(column.type)},
                             {"null", column.null == policy::Null::Possible},
                             {"indexed", column.lookup == policy::Lookup::Index},
                             {"at", column.at.empty() ? Json(nullptr) : Json(column.at)},
                             {"doc", column.doc}});
    }
    tables.push_back(
        Json{{"name", table->name}, {"doc", table->doc}, {"once", table->once}, {"columns", std::move(columns)}});
  }
  Json functions = Json::array();
  for (const std::string_view function : policy::AllowedFunctions()) {
    functions.push_back(function);
  }
  return PrettyJson(Json{{"schemaVersion", 1},
                         {"version", policy::kTablesVersion},
                         {"tables", std::move(tables)},
                         {"functions", std::move(functions)}});
}

}  // namespace dpc::cli
