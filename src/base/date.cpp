#include "base/date.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "base/text.h"

namespace dpc {
namespace {

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::Parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !IsDigits(text.substr(0, 4)) ||
      !IsDigits(text.substr(5, 2)) || !IsDigits(text.substr(8, 2))) {
    return std::nullopt;
  }
  const std::chrono::year_month_day day{std::chrono::year(Number(text.substr(0, 4))),
                                        std::chrono::month(static_cast<unsigned>(Number(text.substr(5, 2)))),
                                        std::chrono::day(static_cast<unsigned>(Number(text.substr(8, 2))))};
  if (!day.ok()) {
    return std::nullopt;
  }
  return Date(static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count()));
}

Date Date::FromUnixSeconds(std::int64_t seconds) {
  constexpr std::int64_t kFirst = -62'135'596'800;
  constexpr std::int64_t kLast = 253'402'300'799;
  const std::chrono::seconds time(std::clamp(seconds, kFirst, kLast));
  return Date(static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(time).count()));
}

std::string Date::ToString() const {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days_))};
  char buffer[32];
  const int size = std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(day.year()),
                                 static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return {buffer, static_cast<std::size_t>(size)};
}

}  // namespace dpc
