// Ids: 4-byte row numbers of one store, without conversion between stores. `None` is the default.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace dpc {

// Valid only with the store that made it.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;

  constexpr explicit Id(std::size_t index) : value_(static_cast<std::uint32_t>(index)) {}

  static constexpr Id None() { return Id(); }

  constexpr bool has_value() const { return value_ != kNone; }

  constexpr std::uint32_t index() const { return value_; }

  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t value_ = kNone;
};

// Consecutive rows of one store: [begin, end).
template <class IdT>
class IdRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = IdT;
    using difference_type = std::ptrdiff_t;
    using pointer = const IdT*;
    using reference = IdT;

    explicit Iterator(std::uint32_t at) : at_(at) {}

    IdT operator*() const { return IdT(at_); }

    Iterator& operator++() {
      ++at_;
      return *this;
    }

    Iterator operator++(int) { return Iterator(at_++); }

    bool operator==(const Iterator&) const = default;

   private:
    std::uint32_t at_;
  };

  constexpr IdRange() = default;

  constexpr IdRange(std::size_t begin, std::size_t end)
      : begin_(static_cast<std::uint32_t>(begin)), end_(static_cast<std::uint32_t>(end)) {}

  Iterator begin() const { return Iterator(begin_); }

  Iterator end() const { return Iterator(end_); }

  std::size_t size() const { return end_ - begin_; }

  bool empty() const { return begin_ == end_; }

  IdT operator[](std::size_t i) const { return IdT(begin_ + i); }

 private:
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

// Append-only rows. A reference returned by Get stays valid while the store grows.
template <class IdT, class Row>
class Store {
 public:
  IdT Add(Row row) {
    rows_.push_back(std::move(row));
    return IdT(rows_.size() - 1);
  }

  const Row& Get(IdT id) const {
    DPC_CHECK(id.index() < rows_.size(), "id of another store, or None");
    return rows_[id.index()];
  }

  Row& Get(IdT id) {
    DPC_CHECK(id.index() < rows_.size(), "id of another store, or None");
    return rows_[id.index()];
  }

  const Row& operator[](IdT id) const { return Get(id); }

  std::size_t size() const { return rows_.size(); }

  IdRange<IdT> All() const { return IdRange<IdT>(0, rows_.size()); }

  // The rows added since the store had `begin` rows.
  IdRange<IdT> Since(std::size_t begin) const { return IdRange<IdT>(begin, rows_.size()); }

 private:
  std::deque<Row> rows_;
};

}  // namespace dpc
