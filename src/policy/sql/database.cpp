#include "policy/sql/database.h"

#include <sqlite3.h>

#include "base/environment_error.h"
#include "base/text.h"
#include "policy/sql/guard.h"
#include "policy/sql/virtual_tables.h"

namespace dpc::policy {

struct Database::State {
  sqlite3* db = nullptr;
  Guard guard;
  TableContext context;
};

struct Statement::State {
  sqlite3_stmt* statement = nullptr;
  sqlite3* db = nullptr;
  Guard* guard = nullptr;
  bool started = false;
  std::int64_t steps = 0;
  std::vector<ResultColumn> columns;
  std::optional<SqlError> error;

  ~State() { sqlite3_finalize(statement); }
};

namespace {

std::int64_t CountRows(const Side& side) {
  const model::Model& m = side.m();
  return static_cast<std::int64_t>(m.products.size() + m.ports.size() + m.columns.size() + m.assets.size() +
                                   m.inputs.size() + m.members.size() + m.agreements.size() +
                                   side.r().placements.size() + side.access().grants.size());
}

std::string_view TextOrNothing(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// What went wrong, in words of policies rather than of SQLite's machinery.
SqlError ErrorOf(sqlite3* db, const Guard& guard) {
  SqlError error;
  const int offset = sqlite3_error_offset(db);
  if (offset >= 0) {
    error.offset = static_cast<std::size_t>(offset);
  }
  const int code = sqlite3_errcode(db);
  error.exhausted = code == SQLITE_INTERRUPT || code == SQLITE_NOMEM;
  switch (code) {
    case SQLITE_INTERRUPT:
      error.message = guard.too_slow
                          ? "it works on long texts: with it, policies take more than the " +
                                std::to_string(static_cast<int>(guard.most_seconds)) +
                                " seconds of processor time that all have together"
                          : "it takes more steps than the budget of " + std::to_string(guard.budget) + " allows";
      break;
    case SQLITE_TOOBIG:
      error.message = "a text, or the whole, is too long: " + std::to_string(kMostTextBytes) + " bytes are allowed";
      break;
    case SQLITE_NOMEM:
      error.message = "it needs more memory than the " + std::to_string(kMostMemory >> 20U) + " MiB that are allowed";
      break;
    default:
      error.message = guard.refused.empty() ? Printable(TextOrNothing(sqlite3_errmsg(db))) : guard.refused;
  }
  return error;
}

std::vector<ResultColumn> ColumnsOf(sqlite3_stmt* statement) {
  std::vector<ResultColumn> columns;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    columns.push_back({std::string(TextOrNothing(sqlite3_column_name(statement, i))),
                       std::string(TextOrNothing(sqlite3_column_table_name(statement, i))),
                       std::string(TextOrNothing(sqlite3_column_origin_name(statement, i))),
                       TextOrNothing(sqlite3_column_database_name(statement, i)) == "base"});
  }
  return columns;
}

// What SQLite itself would not notice, or would tell in other words.
std::optional<SqlError> CheckText(std::string_view sql) {
  if (sql.size() > kMostSqlBytes) {
    return SqlError{
        "it is " + std::to_string(sql.size()) + " bytes long; " + std::to_string(kMostSqlBytes) + " are allowed",
        std::nullopt, false};
  }
  if (const auto invalid = FindInvalidUtf8(sql)) {
    return SqlError{"it is not UTF-8", *invalid, false};
  }
  if (const std::size_t nul = sql.find('\0'); nul != std::string_view::npos) {
    return SqlError{"it holds a NUL character", nul, false};
  }
  return std::nullopt;
}

// Comments, spaces and semicolons only.
bool IsBlank(sqlite3* db, const char* rest) {
  sqlite3_stmt* more = nullptr;
  const int code = sqlite3_prepare_v3(db, rest, -1, 0, &more, nullptr);
  const bool blank = code == SQLITE_OK && more == nullptr;
  sqlite3_finalize(more);
  return blank;
}

}  // namespace

Statement::Statement(std::unique_ptr<State> state) : state_(std::move(state)) {}

Statement::Statement(Statement&& other) noexcept = default;
Statement& Statement::operator=(Statement&& other) noexcept = default;
Statement::~Statement() = default;

const std::vector<ResultColumn>& Statement::columns() const {
  return state_->columns;
}

std::vector<std::string> Statement::Parameters() const {
  std::vector<std::string> names;
  for (int i = 1; i <= sqlite3_bind_parameter_count(state_->statement); ++i) {
    const std::string_view name = TextOrNothing(sqlite3_bind_parameter_name(state_->statement, i));
    names.emplace_back(name.empty() ? name : name.substr(1));
  }
  return names;
}

void Statement::Bind(const std::string& parameter, const Argument& value) {
  for (const char* sign : {":", "@", "$"}) {
    const int position = sqlite3_bind_parameter_index(state_->statement, (sign + parameter).c_str());
    if (position == 0) {
      continue;
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(state_->statement, position, *number);
    } else {
      const auto& text = std::get<std::string>(value);
      sqlite3_bind_text(state_->statement, position, text.c_str(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
  }
}

bool Statement::Step() {
  State& s = *state_;
  if (s.error) {
    return false;
  }
  if (!s.started) {
    s.started = true;
    s.guard->Restart();
  }
  const int code = sqlite3_step(s.statement);
  s.steps = s.guard->too_slow ? s.guard->budget : s.guard->budget - s.guard->left;
  if (code == SQLITE_ROW && !s.guard->exhausted) {
    return true;
  }
  s.guard->Stop();
  if (code != SQLITE_DONE) {
    if (code == SQLITE_ROW) {
      sqlite3_interrupt(s.db);
      sqlite3_step(s.statement);
    }
    s.error = ErrorOf(s.db, *s.guard);
  }
  return false;
}

Cell Statement::Get(std::size_t column) const {
  sqlite3_stmt* statement = state_->statement;
  const int i = static_cast<int>(column);
  switch (sqlite3_column_type(statement, i)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return Cell::Number(sqlite3_column_int64(statement, i));
    default: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      return text == nullptr ? Cell()
                             : Cell::Made({text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))});
    }
  }
}

const std::optional<SqlError>& Statement::error() const {
  return state_->error;
}

std::int64_t Statement::steps() const {
  return state_->steps;
}

Database::Database(const World& world, const Database* run) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.guard.spent_seconds = run == nullptr ? s.guard.spent_seconds : run->state_->guard.spent_seconds;
  sqlite3_hard_heap_limit64(kMostMemory);
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  const std::int64_t rows = CountRows(world.head()) + (world.base() ? CountRows(*world.base()) : 0);
  s.guard.budget = kLeastSteps + kStepsPerRow * rows;
  s.guard.most_seconds = kLeastProcessorSeconds + kProcessorSecondsPerRow * static_cast<double>(rows);
  s.guard.Restart();
  s.context = {&world, &s.guard};
  int code = sqlite3_open_v2(":memory:", &s.db, kFlags, nullptr);
  if (code == SQLITE_OK) {
    code = sqlite3_exec(s.db, "PRAGMA temp_store = MEMORY; ATTACH ':memory:' AS base", nullptr, nullptr, nullptr);
  }
  if (code == SQLITE_OK) {
    code = CreateTables(s.db, s.context);
  }
  if (code == SQLITE_OK) {
    // SQLite declares these two when they are first used, which the sandbox would refuse.
    code = sqlite3_exec(s.db, "SELECT 1 FROM json_each('[]') UNION ALL SELECT 1 FROM json_tree('[]')", nullptr, nullptr,
                        nullptr);
  }
  if (code != SQLITE_OK) {
    const std::string message(TextOrNothing(sqlite3_errmsg(s.db)));
    sqlite3_close_v2(s.db);
    throw EnvironmentError("SQLite does not start: " + message);
  }
  RegisterFunctions(s.db, s.guard);
  EnterSandbox(s.db, s.guard);
}

Database::~Database() {
  if (state_) {
    sqlite3_close_v2(state_->db);
  }
}

std::variant<Statement, SqlError> Database::Prepare(std::string_view sql) {
  if (auto error = CheckText(sql)) {
    return *error;
  }
  State& s = *state_;
  s.guard.Restart();
  auto made = std::make_unique<Statement::State>();
  made->db = s.db;
  made->guard = &s.guard;
  const std::string text(sql);
  const char* rest = nullptr;
  if (sqlite3_prepare_v3(s.db, text.c_str(), -1, 0, &made->statement, &rest) != SQLITE_OK) {
    return ErrorOf(s.db, s.guard);
  }
  if (made->statement == nullptr) {
    return SqlError{"there is no `SELECT`", std::nullopt, false};
  }
  if (!IsBlank(s.db, rest)) {
    return SqlError{"only one `SELECT` is allowed", static_cast<std::size_t>(rest - text.c_str()), false};
  }
  if (sqlite3_stmt_isexplain(made->statement) != 0 || sqlite3_stmt_readonly(made->statement) == 0 ||
      sqlite3_column_count(made->statement) == 0) {
    return SqlError{"only one `SELECT` is allowed", 0, false};
  }
  made->columns = ColumnsOf(made->statement);
  return Statement(std::move(made));
}

std::variant<std::vector<PlanStep>, SqlError> Database::Plan(std::string_view sql) {
  auto checked = Prepare(sql);
  if (const auto* error = std::get_if<SqlError>(&checked)) {
    return *error;
  }
  constexpr std::size_t kSomeSize = 10'000;
  State& s = *state_;
  sqlite3_stmt* plan = nullptr;
  const std::string text = "EXPLAIN QUERY PLAN " + std::string(sql);
  s.context.assumed_rows = kSomeSize;
  const int code = sqlite3_prepare_v3(s.db, text.c_str(), -1, 0, &plan, nullptr);
  s.context.assumed_rows = 0;
  if (code != SQLITE_OK) {
    return ErrorOf(s.db, s.guard);
  }
  std::vector<PlanStep> steps;
  std::vector<std::pair<int, int>> depths;  // id, depth
  while (sqlite3_step(plan) == SQLITE_ROW) {
    const int id = sqlite3_column_int(plan, 0);
    const int parent = sqlite3_column_int(plan, 1);
    int depth = 0;
    for (const auto& [known, known_depth] : depths) {
      depth = known == parent ? known_depth + 1 : depth;
    }
    depths.emplace_back(id, depth);
    steps.push_back({depth, std::string(TextOrNothing(reinterpret_cast<const char*>(sqlite3_column_text(plan, 3))))});
  }
  sqlite3_finalize(plan);
  return steps;
}

std::int64_t Database::budget() const {
  return state_->guard.budget;
}

std::string Database::Version() {
  return sqlite3_libversion();
}

}  // namespace dpc::policy
