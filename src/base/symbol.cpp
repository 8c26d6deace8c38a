#include "base/symbol.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace dpc {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kBlock = 65'536;

std::uint32_t HashOf(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>()(text);
  return static_cast<std::uint32_t>(hash ^ hash >> 32U);
}

}  // namespace

std::size_t SymbolTable::SlotOf(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].symbol.has_value() && !(slots_[at].hash == hash && texts_[slots_[at].symbol.index()] == text)) {
    at = (at + 1) & mask;
  }
  return at;
}

void SymbolTable::Grow() {
  std::vector<Slot> old(std::max(kFirstSlots, 2 * slots_.size()));
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    std::size_t at = slot.hash & mask;
    while (slot.symbol.has_value() && slots_[at].symbol.has_value()) {
      at = (at + 1) & mask;
    }
    if (slot.symbol.has_value()) {
      slots_[at] = slot;
    }
  }
}

// Long texts have a block each.
std::string_view SymbolTable::Keep(std::string_view text) {
  if (text.empty()) {
    return "";
  }
  if (text.size() > kBlock / 8) {
    auto own = std::make_unique<char[]>(text.size());
    std::copy(text.begin(), text.end(), own.get());
    const std::string_view kept(own.get(), text.size());
    // The block in use stays the last one.
    blocks_.insert(blocks_.empty() ? blocks_.end() : blocks_.end() - 1, std::move(own));
    return kept;
  }
  if (text.size() > left_) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlock));
    left_ = kBlock;
  }
  char* begin = blocks_.back().get() + (kBlock - left_);
  std::copy(text.begin(), text.end(), begin);
  left_ -= text.size();
  return {begin, text.size()};
}

Symbol SymbolTable::Intern(std::string_view text) {
  if (2 * texts_.size() >= slots_.size()) {
    Grow();
  }
  const std::uint32_t hash = HashOf(text);
  Slot& slot = slots_[SlotOf(text, hash)];
  if (!slot.symbol.has_value()) {
    texts_.push_back(Keep(text));
    slot = {hash, Symbol(texts_.size() - 1)};
  }
  return slot.symbol;
}

Symbol SymbolTable::Find(std::string_view text) const {
  return slots_.empty() ? Symbol::None() : slots_[SlotOf(text, HashOf(text))].symbol;
}

}  // namespace dpc
