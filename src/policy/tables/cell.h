// One value of a table that policies read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/date.h"

namespace dpc::policy {

// Nothing, a number, or text: text of static storage or of the tables (a view), or made for this cell.
class Cell {
 public:
  Cell() = default;

  static Cell Number(std::int64_t number) { return Cell(number); }

  static Cell Flag(bool flag) { return Cell(std::int64_t{flag ? 1 : 0}); }

  // `text` lives as long as the tables do.
  static Cell Text(std::string_view text) { return Cell(text); }

  // The same, with "" for nothing.
  static Cell TextOrNull(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

  static Cell Made(std::string text) { return Cell(std::move(text)); }

  static Cell Day(std::optional<Date> day) { return day ? Cell(day->ToString()) : Cell(); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }

  bool is_number() const { return std::holds_alternative<std::int64_t>(value_); }

  // The text lives as long as the tables; else it must be copied.
  bool is_lasting() const { return std::holds_alternative<std::string_view>(value_); }

  std::int64_t number() const { return is_number() ? std::get<std::int64_t>(value_) : 0; }

  std::string_view text() const {
    if (const auto* made = std::get_if<std::string>(&value_)) {
      return *made;
    }
    const auto* view = std::get_if<std::string_view>(&value_);
    return view == nullptr ? std::string_view() : *view;
  }

  bool operator==(const Cell& other) const {
    return is_null() == other.is_null() && is_number() == other.is_number() && number() == other.number() &&
           text() == other.text();
  }

 private:
  explicit Cell(std::int64_t number) : value_(number) {}

  explicit Cell(std::string_view text) : value_(text) {}

  explicit Cell(std::string text) : value_(std::move(text)) {}

  std::variant<std::monostate, std::int64_t, std::string_view, std::string> value_;
};

}  // namespace dpc::policy
