// Calendar days in UTC. dpc has no times of day and reads no clock: "today" is an input.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dpc {

class Date {
 public:
  constexpr explicit Date(std::int32_t days_since_epoch) : days_(days_since_epoch) {}

  // Exactly `YYYY-MM-DD` of a day that exists (ISO 8601), else nothing.
  static std::optional<Date> Parse(std::string_view text);
  // The UTC day of a POSIX time in seconds; of what no calendar has, the first or last day of the years 1 to 9999.
  static Date FromUnixSeconds(std::int64_t seconds);

  std::string ToString() const;

  constexpr std::int32_t days_since_epoch() const { return days_; }

  constexpr auto operator<=>(const Date&) const = default;

 private:
  std::int32_t days_;
};

}  // namespace dpc
