// Places in the input: cheap to keep (4 bytes), dear to print (source::SourceManager turns them into file, line,
// column).
#pragma once

#include <compare>
#include <cstdint>

namespace dpc {

// A byte offset into all inputs laid end to end in path order. Comparing two compares path, then offset.
class LocId {
 public:
  constexpr LocId() = default;

  constexpr explicit LocId(std::uint32_t offset) : offset_(offset) {}

  constexpr bool has_value() const { return offset_ != kNone; }

  constexpr std::uint32_t offset() const { return offset_; }

  constexpr auto operator<=>(const LocId&) const = default;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t offset_ = kNone;
};

// `length` bytes from `begin` on, within one file. A range without begin is "the repository as a whole".
struct Range {
  LocId begin;
  std::uint32_t length = 0;

  constexpr bool has_value() const { return begin.has_value(); }

  constexpr auto operator<=>(const Range&) const = default;
};

}  // namespace dpc
