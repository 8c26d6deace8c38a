// SQLite over the tables of one world, in a sandbox: one SELECT at a time on our tables, with a list of functions that
// know neither clock nor chance, within bounds. Nothing is copied: tables are virtual tables over the stores. No SQLite
// type leaves this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/tables/table.h"

namespace dpc::policy {

// Bounds that keep hostile SQL cheap. Each is an SqlError, never a crash.
inline constexpr std::size_t kMostSqlBytes = 100'000;
inline constexpr std::size_t kMostTextBytes = 100'000;  // of one value
inline constexpr std::int64_t kMostMemory = std::int64_t{1} << 30;
// Steps of SQLite's machine for one statement: a floor, and so many for each row of the repository. Counted, not timed:
// the same on every machine. Beyond it a wall of processor time stops what a single step can hide (a function over long
// texts); what the steps themselves explain is not charged to it.
inline constexpr std::int64_t kLeastSteps = 50'000'000;
inline constexpr std::int64_t kStepsPerRow = 300;
inline constexpr double kLeastProcessorSeconds = 10;  // of all statements of a run together
inline constexpr double kProcessorSecondsPerRow = 1e-4;

struct SqlError {
  std::string message;                // one line, printable: "no such column: nam"
  std::optional<std::size_t> offset;  // into the SQL
  bool exhausted = false;             // a bound on steps, time or memory stopped it: it may have cost a whole budget
};

// Where a column of the result comes from, unchanged, through joins, views and subqueries; "" for an expression.
struct ResultColumn {
  std::string name;
  std::string table;
  std::string column;
  bool base = false;  // of `base.`
};

// A value for a parameter.
using Argument = std::variant<std::int64_t, std::string>;

struct PlanStep {
  int depth = 0;
  std::string text;  // "SCAN product VIRTUAL TABLE INDEX 0:"
};

class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  const std::vector<ResultColumn>& columns() const;
  // Names of its parameters, without the colon.
  std::vector<std::string> Parameters() const;
  void Bind(const std::string& parameter, const Argument& value);

  // True: a row is there. False: no more, or an error.
  bool Step();
  // Of the row: copied texts. A number with a fraction is text.
  Cell Get(std::size_t column) const;

  const std::optional<SqlError>& error() const;
  // Steps made so far.
  std::int64_t steps() const;

 private:
  friend class Database;
  struct State;
  explicit Statement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Database {
 public:
  // `world` outlives the database. Throws EnvironmentError when SQLite cannot start. Of one `run`, all databases spend
  // the same processor time.
  explicit Database(const World& world, const Database* run = nullptr);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  std::variant<Statement, SqlError> Prepare(std::string_view sql);
  // How SQLite would run it over a repository of some size.
  std::variant<std::vector<PlanStep>, SqlError> Plan(std::string_view sql);

  // Of a statement's budget.
  std::int64_t budget() const;
  static std::string Version();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Functions that SQL may call, sorted.
std::span<const std::string_view> AllowedFunctions();

}  // namespace dpc::policy
