#include "policy/sql/column_index.h"

#include <bit>
#include <functional>

namespace dpc::policy {

std::uint32_t HashOf(const Cell& cell) {
  // Mixed, since the low bits of small numbers and of std::hash are what buckets are chosen by.
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;
  const std::uint64_t hash =
      cell.is_number() ? static_cast<std::uint64_t>(cell.number()) : std::hash<std::string_view>{}(cell.text());
  return static_cast<std::uint32_t>((hash * kMix) >> 32U);
}

ColumnIndex::ColumnIndex(const Rows& rows, std::size_t column) {
  const std::size_t size = rows.size();
  const std::size_t buckets = std::bit_ceil(size + 1);
  mask_ = static_cast<std::uint32_t>(buckets - 1);
  heads_.assign(buckets, kNone);
  next_.assign(size, kNone);
  hashes_.assign(size, 0);
  // Rows of one product, port or team stand side by side: their text is one, and is hashed once.
  std::string_view last;
  std::uint32_t last_hash = 0;
  // From behind, so that chains are ascending.
  for (std::size_t row = size; row-- > 0;) {
    const Cell cell = rows.Get(row, column);
    if (cell.is_null()) {
      continue;  // NULL equals nothing
    }
    const std::string_view text = cell.is_lasting() ? cell.text() : std::string_view();
    const bool again = !text.empty() && text.data() == last.data() && text.size() == last.size();
    const std::uint32_t hash = again ? last_hash : HashOf(cell);
    last = text;
    last_hash = hash;
    std::uint32_t& head = heads_[hash & mask_];
    hashes_[row] = hash;
    ++filled_;
    distinct_ += head == kNone || hashes_[head] != hash ? 1 : 0;
    next_[row] = head;
    head = static_cast<std::uint32_t>(row);
  }
}

std::size_t ColumnIndex::Count(std::uint32_t hash, std::size_t most) const {
  std::size_t count = 0;
  for (std::uint32_t row = First(hash); row != kNone && count < most; row = Next(row)) {
    ++count;
  }
  return count;
}

}  // namespace dpc::policy
