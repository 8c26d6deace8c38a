#include "base/symbol.h"

#include <catch2/catch.hpp>
#include <set>

#include "../property.h"

namespace dpc {
namespace {

TEST_CASE("None reads as nothing, and is not the empty text") {
  SymbolTable table;
  CHECK(table.Text(Symbol::None()).empty());
  CHECK_FALSE(table.Find("").has_value());
  const Symbol empty = table.Intern("");
  CHECK(empty.has_value());
  CHECK(table.Text(empty).empty());
  CHECK(table.Find("") == empty);
}

TEST_CASE("equal text is one symbol, and each keeps its text while the table grows") {
  CHECK(Holds(100, 100, [] {
    const auto texts = *rc::gen::container<std::vector<std::string>>(Bytes(20));
    SymbolTable table;
    std::vector<Symbol> symbols;
    for (const std::string& text : texts) {
      symbols.push_back(table.Intern(text));
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      RC_ASSERT(table.Text(symbols[i]) == texts[i]);
      RC_ASSERT(table.Find(texts[i]) == symbols[i]);
      RC_ASSERT(table.Intern(texts[i]) == symbols[i]);
    }
    RC_ASSERT(table.size() == std::set<std::string>(texts.begin(), texts.end()).size());
  }));
}

TEST_CASE("long texts and short ones by turns stay what they were") {
  SymbolTable table;
  std::vector<std::pair<Symbol, std::string>> known;
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::string text = std::string(i % 7 == 0 ? 9000 + i : i % 50, 'x') + std::to_string(i);
    known.emplace_back(table.Intern(text), text);
  }
  for (const auto& [symbol, text] : known) {
    CHECK(table.Text(symbol) == text);
    CHECK(table.Find(text) == symbol);
  }
  CHECK(table.size() == 3000);
}

TEST_CASE("a text that was never interned is not found") {
  SymbolTable table;
  table.Intern("a");
  CHECK_FALSE(table.Find("b").has_value());
  CHECK(table.size() == 1);
}

TEST_CASE("the table keeps a copy of the text") {
  SymbolTable table;
  std::string text = "orders";
  const Symbol symbol = table.Intern(text);
  text = "gone!!";
  CHECK(table.Text(symbol) == "orders");
}

}  // namespace
}  // namespace dpc
