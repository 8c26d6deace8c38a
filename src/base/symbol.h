// Interned text: equal text means equal symbol, compared as an integer.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/id.h"

namespace dpc {

// The default Symbol is None and reads as "".
using Symbol = Id<struct SymbolTag>;

// Owns the text. A view from Text lives as long as the table; store the Symbol, never the view.
class SymbolTable {
 public:
  Symbol Intern(std::string_view text);
  // None when the text was never interned.
  Symbol Find(std::string_view text) const;
  std::string_view Text(Symbol symbol) const;

  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, Symbol> index_;
};

}  // namespace dpc
