#include "base/symbol.h"

namespace dpc {

Symbol SymbolTable::Intern(std::string_view text) {
  if (const auto found = index_.find(text); found != index_.end()) {
    return found->second;
  }
  const Symbol symbol(texts_.size());
  index_.emplace(texts_.emplace_back(text), symbol);
  return symbol;
}

Symbol SymbolTable::Find(std::string_view text) const {
  const auto found = index_.find(text);
  return found == index_.end() ? Symbol::None() : found->second;
}

std::string_view SymbolTable::Text(Symbol symbol) const {
  return symbol.has_value() ? std::string_view(texts_[symbol.index()]) : std::string_view();
}

}  // namespace dpc
