// One SELECT over the compiled model, in the sandbox of policies.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/environment_error.h"
#include "base/text.h"
#include "cli/access.h"
#include "cli/terminal.h"
#include "policy/sql/database.h"
#include "report/fork.h"

namespace dpc::cli {
namespace {

struct Arguments {
  InputOptions input;
  std::string sql;
  std::string form = "table";
};

using Table = std::vector<std::vector<policy::Cell>>;

[[noreturn]] void ThrowError(const policy::SqlError& error) {
  throw EnvironmentError("the query does not run: " + error.message +
                         (error.offset ? " (at byte " + std::to_string(*error.offset + 1) + ")" : ""));
}

std::string TextOf(const policy::Cell& cell) {
  return cell.is_number() ? std::to_string(cell.number()) : std::string(cell.text());
}

// RFC 4180. NULL is an empty field, an empty text is "".
std::string CsvField(const policy::Cell& cell) {
  std::string text = TextOf(cell);
  const bool plain = cell.is_null() || (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos);
  if (plain) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

void PrintCsv(const policy::Statement& statement, const Table& rows) {
  const auto line = [](const std::vector<policy::Cell>& cells) {
    std::string text;
    for (const policy::Cell& cell : cells) {
      text += (&cell == cells.data() ? "" : ",") + CsvField(cell);
    }
    Print(text + "\r\n");
  };
  std::vector<policy::Cell> head;
  for (const policy::ResultColumn& column : statement.columns()) {
    head.push_back(policy::Cell::Made(column.name));
  }
  line(head);
  std::for_each(rows.begin(), rows.end(), line);
}

void PrintJson(const driver::Compilation& c, const policy::Statement& statement, const Table& rows) {
  Json columns = Json::array();
  for (const policy::ResultColumn& column : statement.columns()) {
    columns.push_back(column.name);
  }
  Json all = Json::array();
  for (const auto& row : rows) {
    Json values = Json::array();
    for (const policy::Cell& cell : row) {
      values.push_back(cell.is_null() ? Json(nullptr) : cell.is_number() ? Json(cell.number()) : Json(cell.text()));
    }
    all.push_back(std::move(values));
  }
  Json answer = AnswerHead(c, "query");
  answer["base"] = report::ForkJson(c.fork);
  answer["columns"] = std::move(columns);
  answer["rows"] = std::move(all);
  Print(PrettyJson(answer));
}

// Code points, as a terminal shows most of them.
std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void PrintTable(const policy::Statement& statement, const Table& rows) {
  std::vector<std::vector<std::string>> lines(1);
  for (const policy::ResultColumn& column : statement.columns()) {
    lines[0].push_back(Printable(column.name));
  }
  for (const auto& row : rows) {
    lines.emplace_back();
    for (const policy::Cell& cell : row) {
      lines.back().push_back(cell.is_null() ? "-" : Printable(TextOf(cell)));
    }
  }
  std::vector<std::size_t> widths(lines[0].size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], Width(line[i]));
    }
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += line[i] + (i + 1 == line.size() ? "" : std::string(widths[i] + 2 - Width(line[i]), ' '));
    }
    Print(text + "\n");
  }
}

Table RowsOf(policy::Statement& statement) {
  constexpr std::size_t kMostRows = 1'000'000;
  constexpr std::size_t kMostBytes = std::size_t{256} << 20U;
  Table rows;
  std::size_t bytes = 0;
  while (statement.Step()) {
    if (rows.size() == kMostRows) {
      throw EnvironmentError("the query has more than " + std::to_string(kMostRows) + " rows: `LIMIT` it");
    }
    rows.emplace_back();
    for (std::size_t i = 0; i < statement.columns().size(); ++i) {
      rows.back().push_back(statement.Get(i));
      bytes += sizeof(policy::Cell) + rows.back().back().text().size();
    }
    if (bytes > kMostBytes) {
      throw EnvironmentError("the query has more than " + std::to_string(kMostBytes >> 20U) +
                             " MiB of results: `LIMIT` it");
    }
  }
  if (statement.error()) {
    ThrowError(*statement.error());
  }
  return rows;
}

int Query(Arguments& arguments) {
  driver::Options& options = arguments.input.compile;
  options.emit = false;
  const auto c = arguments.input.Compile();
  const auto world = driver::MakeWorld(*c, c->base.get(), c->pull_request);
  policy::Database database(*world);
  auto prepared = database.Prepare(arguments.sql);
  if (const auto* error = std::get_if<policy::SqlError>(&prepared)) {
    ThrowError(*error);
  }
  auto& statement = std::get<policy::Statement>(prepared);
  if (const auto parameters = statement.Parameters(); !parameters.empty()) {
    throw EnvironmentError("the query has the parameter `:" + Printable(parameters.front()) +
                           "`; only policies have parameters");
  }
  const Table rows = RowsOf(statement);
  if (arguments.form == "json") {
    PrintJson(*c, statement, rows);
  } else if (arguments.form == "csv") {
    PrintCsv(statement, rows);
  } else {
    PrintTable(statement, rows);
  }
  return Finish(*c);
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->input.AddTo(app);
  AddText(app, "--base", arguments->input.compile.base,
          "Fill the tables of `base.` from the common commit with this one", "REV");
  AddText(app, "--approvals", arguments->input.compile.approvals, "Who approved the pull request", "FILE");
  app.add_option("--format", arguments->form, "table, csv or json")->check(OneOf({"table", "csv", "json"}));
  app.add_option("sql", arguments->sql, "One SELECT; `dpc schema tables` lists tables, columns and functions")
      ->required()
      ->type_name("SQL");
  return [arguments] { return Query(*arguments); };
}

}  // namespace

extern const CommandSpec command_query;
const CommandSpec command_query = {
    "query",
    "Ask the compiled model, in SQL",
    "  dpc query 'SELECT name, status FROM product'\n"
    "  dpc query \"SELECT principal, via FROM access WHERE port = 'port:orders/orders'\" --format csv\n",
    Configure,
};

}  // namespace dpc::cli
