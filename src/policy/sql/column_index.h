// Row numbers of one column by value. Private to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/tables/table.h"

namespace dpc::policy {

std::uint32_t HashOf(const Cell& cell);

class ColumnIndex {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  ColumnIndex(const Rows& rows, std::size_t column);

  // Rows whose value may be this one, ascending; others of the same hash are among them.
  std::uint32_t First(std::uint32_t hash) const { return Skip(heads_[hash & mask_], hash); }

  std::uint32_t Next(std::uint32_t row) const { return Skip(next_[row], hashes_[row]); }

  // How many rows a value has, on average.
  std::size_t RowsPerValue() const { return distinct_ == 0 ? 0 : (filled_ + distinct_ - 1) / distinct_; }

  // Rows of this hash, counted up to `most`.
  std::size_t Count(std::uint32_t hash, std::size_t most) const;

 private:
  std::uint32_t Skip(std::uint32_t row, std::uint32_t hash) const {
    while (row != kNone && hashes_[row] != hash) {
      row = next_[row];
    }
    return row;
  }

  std::uint32_t mask_ = 0;
  std::vector<std::uint32_t> heads_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> hashes_;
  std::size_t filled_ = 0;    // rows with a value
  std::size_t distinct_ = 0;  // about
};

}  // namespace dpc::policy
