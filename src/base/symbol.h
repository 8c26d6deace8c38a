// Interned text: equal text means equal symbol, compared as an integer.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace dpc {

// The default Symbol is None and reads as "".
using Symbol = Id<struct SymbolTag>;

// Owns the text. A view from Text lives as long as the table; store the Symbol, never the view.
class SymbolTable {
 public:
  SymbolTable() = default;
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;

  Symbol Intern(std::string_view text);
  // None when the text was never interned.
  Symbol Find(std::string_view text) const;

  std::string_view Text(Symbol symbol) const {
    return symbol.has_value() ? texts_[symbol.index()] : std::string_view();
  }

  std::size_t size() const { return texts_.size(); }

 private:
  // One place of a table with open addresses; the hash spares most looks at texts.
  struct Slot {
    std::uint32_t hash = 0;
    Symbol symbol;
  };

  // Where the text stands, or would.
  std::size_t SlotOf(std::string_view text, std::uint32_t hash) const;
  void Grow();
  std::string_view Keep(std::string_view text);

  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;  // a power of two of them, at most half of them taken
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t left_ = 0;  // in the last block
};

}  // namespace dpc
