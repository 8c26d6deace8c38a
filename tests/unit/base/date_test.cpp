#include "base/date.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <limits>

namespace dpc {
namespace {

bool IsLeap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int DaysIn(int year, int month) {
  if (month == 2) {
    return IsLeap(year) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string Iso(int year, int month, int day) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return text;
}

TEST_CASE("months follow each other over 4,000 years, and their days are read back as written") {
  std::int32_t first = Date::Parse("0001-01-01")->days_since_epoch();
  std::size_t wrong = 0;
  for (int year = 1; year <= 4000; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const int last = DaysIn(year, month);
      for (const int day : {1, 2, 15, last}) {
        const Date date(first + day - 1);
        const std::string text = Iso(year, month, day);
        wrong += date.ToString() == text && Date::Parse(text) == date ? 0 : 1;
      }
      first += last;
    }
  }
  CHECK(wrong == 0);
  CHECK(Date(0).ToString() == "1970-01-01");
}

TEST_CASE("days that do not exist are not dates") {
  std::size_t wrong = 0;
  for (int year = 1896; year <= 2104; ++year) {
    for (int month = 0; month <= 13; ++month) {
      for (int day = 0; day <= 32; ++day) {
        const bool exists = month >= 1 && month <= 12 && day >= 1 && day <= DaysIn(year, month);
        wrong += Date::Parse(Iso(year, month, day)).has_value() == exists ? 0 : 1;
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("only YYYY-MM-DD is a date") {
  for (const std::string_view text :
       {"", "2026", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-01T00",
        "02026-01-01", "-026-01-01", "+026-01-01", "2026-+1-01", "2026-01--1", "20 6-01-01", "2026-0x-01",
        "\xD9\xA1"
        "026-01-0"}) {
    INFO(text);
    CHECK_FALSE(Date::Parse(text).has_value());
  }
}

TEST_CASE("a moment belongs to its day in UTC") {
  CHECK(Date::FromUnixSeconds(0).ToString() == "1970-01-01");
  CHECK(Date::FromUnixSeconds(86399).ToString() == "1970-01-01");
  CHECK(Date::FromUnixSeconds(86400).ToString() == "1970-01-02");
  CHECK(Date::FromUnixSeconds(-1).ToString() == "1969-12-31");
  CHECK(Date::FromUnixSeconds(std::numeric_limits<std::int64_t>::max()).ToString() == "9999-12-31");
  CHECK(Date::FromUnixSeconds(std::numeric_limits<std::int64_t>::min()).ToString() == "0001-01-01");
  CHECK(Date::FromUnixSeconds(1795478399).ToString() == "2026-11-23");
  CHECK(Date::FromUnixSeconds(1795478400).ToString() == "2026-11-24");
}

TEST_CASE("dates compare as days do") {
  CHECK(*Date::Parse("2026-01-31") < *Date::Parse("2026-02-01"));
  CHECK(*Date::Parse("2026-01-31") == *Date::Parse("2026-01-31"));
  CHECK(*Date::Parse("1969-12-31") < *Date::Parse("1970-01-01"));
}

}  // namespace
}  // namespace dpc
