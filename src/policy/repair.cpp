#include "policy/repair.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "policy/words.h"

namespace dpc::policy {
namespace {

constexpr std::string_view kNoTable = "no such table: ";
constexpr std::string_view kNoColumn = "no such column: ";
constexpr std::string_view kNoFunction = "no such function: ";
constexpr std::string_view kOneSelect = "only one `SELECT` is allowed";
constexpr std::string_view kNoWrite = " may not be modified";

std::string_view After(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view();
}

std::string_view LastPart(std::string_view name) {
  return name.substr(name.rfind('.') + 1);
}

std::string Nearest(std::string_view name, const std::vector<std::string_view>& names) {
  const auto nearest = NearestName(name, names);
  return nearest ? "did you mean `" + *nearest + "`?" : "";
}

// What each name stands for in `FROM port o`, `JOIN base.port AS o`: also the table's own name.
std::map<std::string, const TableSpec*> TablesIn(const std::vector<Token>& tokens) {
  static const std::set<std::string> kNoAlias = {"where", "join",  "left",  "inner", "cross",   "on",    "group",
                                                 "order", "using", "limit", "union", "natural", "right", "full"};
  std::map<std::string, const TableSpec*> tables;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const TableSpec* table = tokens[i].word ? FindTable(tokens[i].text) : nullptr;
    if (table == nullptr) {
      continue;
    }
    tables[tokens[i].text] = table;
    std::size_t next = i + 1;
    next += next < tokens.size() && tokens[next].text == "as" ? 1 : 0;
    if (next < tokens.size() && tokens[next].word && !kNoAlias.contains(tokens[next].text)) {
      tables[tokens[next].text] = table;
    }
  }
  return tables;
}

std::string ColumnHint(const Policy& policy, std::string_view name) {
  const std::vector<Token> tokens = WordsOf(policy.sql);
  const auto tables = TablesIn(tokens);
  const std::string alias = LowerCase(name.substr(0, name.find('.')));
  const auto known = name.find('.') == std::string_view::npos ? tables.end() : tables.find(alias);
  std::set<const TableSpec*> asked;
  for (const auto& [word, table] : tables) {
    if (known == tables.end() || table == known->second) {
      asked.insert(table);
    }
  }
  std::vector<std::string_view> columns;
  for (const TableSpec* table : asked) {
    for (const ColumnSpec& column : table->columns) {
      columns.push_back(column.name);
    }
  }
  std::string nearest = Nearest(LastPart(name), columns);
  if (!nearest.empty()) {
    return nearest;
  }
  return asked.size() == 1 ? "`dpc schema tables` lists the columns of `" + std::string((*asked.begin())->name) + "`"
                           : "`dpc schema tables` lists tables and their columns";
}

std::string TableHint(std::string_view name) {
  std::vector<std::string_view> names;
  for (const TableSpec* table : AllTableSpecs()) {
    names.push_back(table->name);
  }
  const std::string nearest = Nearest(LastPart(name), names);
  return nearest.empty() ? "`dpc schema tables` lists them" : nearest;
}

std::string FunctionHint(std::string_view name) {
  const auto allowed = AllowedFunctions();
  const std::string nearest = Nearest(name, {allowed.begin(), allowed.end()});
  return nearest.empty() ? "`dpc schema tables` lists them" : nearest;
}

// The word, outside of texts and comments; after a dot or not.
std::optional<std::size_t> WordIn(const Policy& policy, std::string_view word) {
  const std::string wanted = LowerCase(LastPart(word));
  for (const Token& token : WordsOf(policy.sql)) {
    if (token.word && token.text == wanted) {
      return token.offset;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string HintFor(const Policy& policy, const SqlError& error) {
  if (const auto name = After(error.message, kNoTable); !name.empty()) {
    return TableHint(name);
  }
  if (const auto name = After(error.message, kNoColumn); !name.empty()) {
    return ColumnHint(policy, name);
  }
  if (const auto name = After(error.message, kNoFunction); !name.empty()) {
    return FunctionHint(name);
  }
  if (error.message == kOneSelect) {
    return "a policy is one `SELECT`: what else is to be found is another policy";
  }
  if (error.message.ends_with(kNoWrite)) {
    return "a policy only reads: begin with `SELECT`";
  }
  return error.exhausted ? "" : "a policy is one `SELECT` over the tables of `dpc schema tables`, in SQLite's SQL";
}

std::optional<std::size_t> PlaceOf(const Policy& policy, const SqlError& error) {
  for (const std::string_view prefix : {kNoTable, kNoColumn, kNoFunction}) {
    if (const auto name = After(error.message, prefix); !error.offset && !name.empty()) {
      return WordIn(policy, name);
    }
  }
  if (!error.offset && error.message.ends_with(kNoWrite)) {
    const std::vector<Token> tokens = WordsOf(policy.sql);
    return tokens.empty() ? std::nullopt : std::optional(tokens.front().offset);
  }
  return error.offset;
}

std::optional<std::size_t> SelectOf(const Policy& policy) {
  return policy.sql_begin.has_value() ? WordIn(policy, "select") : std::nullopt;
}

std::optional<std::size_t> ParameterIn(const Policy& policy, std::string_view name) {
  const std::vector<Token> tokens = WordsOf(policy.sql);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].text == LowerCase(name) && tokens[i - 1].offset + 1 == tokens[i].offset &&
        (tokens[i - 1].text == ":" || tokens[i - 1].text == "@" || tokens[i - 1].text == "$")) {
      return tokens[i - 1].offset;
    }
  }
  return std::nullopt;
}

Range RangeAt(const Policy& policy, std::size_t offset, std::uint32_t length) {
  if (policy.sql_begin.has_value() && offset < policy.sql.size()) {
    return {LocId(policy.sql_begin.offset() + static_cast<std::uint32_t>(offset)), length};
  }
  return policy.condition.has_value() ? policy.condition : policy.range;
}

}  // namespace dpc::policy
