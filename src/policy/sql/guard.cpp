#include "policy/sql/guard.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/sql/database.h"

namespace dpc::policy {
namespace {

// Without clock, chance, files, or a view of the engine. `like`, `instr`, `replace` and `days` are ours.
constexpr std::array<std::string_view, 71> kFunctions = {"abs",
                                                         "avg",
                                                         "char",
                                                         "coalesce",
                                                         "count",
                                                         "cume_dist",
                                                         "days",
                                                         "dense_rank",
                                                         "first_value",
                                                         "format",
                                                         "group_concat",
                                                         "hex",
                                                         "ifnull",
                                                         "iif",
                                                         "instr",
                                                         "json",
                                                         "json_array",
                                                         "json_array_length",
                                                         "json_each",
                                                         "json_extract",
                                                         "json_group_array",
                                                         "json_group_object",
                                                         "json_object",
                                                         "json_quote",
                                                         "json_tree",
                                                         "json_type",
                                                         "json_valid",
                                                         "lag",
                                                         "last_value",
                                                         "lead",
                                                         "length",
                                                         "like",
                                                         "likelihood",
                                                         "likely",
                                                         "lower",
                                                         "ltrim",
                                                         "max",
                                                         "min",
                                                         "nth_value",
                                                         "ntile",
                                                         "nullif",
                                                         "percent_rank",
                                                         "printf",
                                                         "quote",
                                                         "rank",
                                                         "replace",
                                                         "round",
                                                         "row_number",
                                                         "rtrim",
                                                         "sign",
                                                         "substr",
                                                         "substring",
                                                         "sum",
                                                         "total",
                                                         "trim",
                                                         "typeof",
                                                         "unicode",
                                                         "unlikely",
                                                         "upper",
                                                         "ceil",
                                                         "floor",
                                                         "mod",
                                                         "pow",
                                                         "sqrt",
                                                         "trunc",
                                                         "ln",
                                                         "exp",
                                                         "power",
                                                         "ceiling",
                                                         "->",
                                                         "->>"};

bool IsOurs(const char* table) {
  const std::string_view name = table == nullptr ? std::string_view() : std::string_view(table);
  // json_each and json_tree take apart lists that are given as parameters.
  return name.empty() || FindTable(name) != nullptr || name == "json_each" || name == "json_tree";
}

// What is referenced without reading a column is announced with an empty one: also common table expressions.
bool IsUnread(const char* table, const char* column) {
  return column != nullptr && *column == '\0' && !std::string_view(table).starts_with("sqlite_");
}

int Refuse(Guard& guard, std::string what) {
  if (guard.refused.empty()) {
    guard.refused = std::move(what);
  }
  return SQLITE_DENY;
}

std::string Quoted(const char* text) {
  return "`" + Printable(text == nullptr ? "" : text) + "`";
}

// https://sqlite.org/c3ref/c_alter_table.html
int Authorize(void* context, int action, const char* first, const char* second, const char* /*database*/,
              const char* /*trigger*/) {
  Guard& guard = *static_cast<Guard*>(context);
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_READ:
      return IsOurs(first) || IsUnread(first, second)
                 ? SQLITE_OK
                 : Refuse(guard, "the table " + Quoted(first) + " is not for policies");
    case SQLITE_FUNCTION:
      return std::find(kFunctions.begin(), kFunctions.end(), LowerCase(second == nullptr ? "" : second)) !=
                     kFunctions.end()
                 ? SQLITE_OK
                 : Refuse(guard, "the function " + Quoted(second) + " is not allowed");
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
      return Refuse(guard, "databases cannot be attached or detached");
    case SQLITE_PRAGMA:
      return Refuse(guard, "`PRAGMA` is not allowed");
    default:
      return Refuse(guard, "only one `SELECT` is allowed");
  }
}

int Look(void* context) {
  return static_cast<Guard*>(context)->Spend(Guard::kStepsBetweenLooks) ? 0 : 1;
}

void SetLimits(sqlite3* db) {
  constexpr int kDepth = 100;
  constexpr int kColumns = 200;
  constexpr int kCompounds = 50;
  constexpr int kArguments = 64;
  constexpr int kMachineSteps = 100'000;
  constexpr int kPattern = 200;
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, static_cast<int>(kMostTextBytes));
  sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, static_cast<int>(kMostSqlBytes));
  sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, kDepth);
  sqlite3_limit(db, SQLITE_LIMIT_COLUMN, kColumns);
  sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, kCompounds);
  sqlite3_limit(db, SQLITE_LIMIT_FUNCTION_ARG, kArguments);
  sqlite3_limit(db, SQLITE_LIMIT_VDBE_OP, kMachineSteps);
  sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, kPattern);
  sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, kArguments);
  sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
}

}  // namespace

std::span<const std::string_view> AllowedFunctions() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> names(kFunctions.begin(), kFunctions.end());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }();
  return all;
}

void Guard::Restart() {
  left = budget;
  next_look = budget;
  started = std::clock();
  exhausted = false;
  too_slow = false;
  refused.clear();
}

void Guard::Stop() {
  *spent_seconds += UnexplainedSeconds();
  started = std::clock();
}

double Guard::UnexplainedSeconds() const {
  const double seconds = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
  return std::max(0.0, seconds - static_cast<double>(budget - left) * kSecondsOfStep);
}

bool Guard::Spend(std::int64_t steps) {
  left -= steps;
  if (left <= next_look) {
    next_look = left - kStepsBetweenLooks;
    too_slow = too_slow || *spent_seconds + UnexplainedSeconds() > most_seconds;
  }
  exhausted = exhausted || left < 0 || too_slow;
  return !exhausted;
}

void EnterSandbox(sqlite3* db, Guard& guard) {
  SetLimits(db);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  // A misspelt name in double quotes is an error, not a text.
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_set_authorizer(db, Authorize, &guard);
  sqlite3_progress_handler(db, Guard::kStepsBetweenLooks, Look, &guard);
}

}  // namespace dpc::policy
