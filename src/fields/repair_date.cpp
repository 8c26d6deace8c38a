// Days as people write them, to the one form that is read.
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "fields/characters.h"
#include "fields/repairs.h"

namespace dpc::fields {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

int NumberOf(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// 1 to 12 for a month's name or its first letters, three at least.
int MonthOf(std::string_view word) {
  const std::string lower = LowerCase(word);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (lower.size() >= 3 && kMonths[i].starts_with(lower)) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// "" when there is no such day.
std::string DayText(int year, int month, int day) {
  const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const std::string text = std::to_string(year) + "-" + two(month) + "-" + two(day);
  return Date::Parse(text) ? text : "";
}

// Runs of digits and of letters; `st`, `nd`, `rd` and `th` behind a number are left out.
std::vector<std::string_view> Pieces(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < text.size() && pieces.size() < 8;) {
    const bool digit = IsDigit(text[at]);
    const bool letter = IsLower(text[at]) || IsUpper(text[at]);
    std::size_t end = at + 1;
    while ((digit || letter) && end < text.size() &&
           (digit ? IsDigit(text[end]) : IsLower(text[end]) || IsUpper(text[end]))) {
      ++end;
    }
    const std::string_view piece = text.substr(at, end - at);
    if (digit || (letter && piece.size() > 2)) {
      pieces.push_back(piece);
    }
    at = end;
  }
  return pieces;
}

std::string NoSuchDay(std::string_view text) {
  const bool form = text.size() == 10 && text[4] == '-' && text[7] == '-' && IsDigits(text.substr(0, 4)) &&
                    IsDigits(text.substr(5, 2)) && IsDigits(text.substr(8, 2));
  const int month = form ? NumberOf(text.substr(5, 2)) : 0;
  if (!form) {
    return "";
  }
  if (month < 1 || month > 12) {
    const std::string turned =
        DayText(NumberOf(text.substr(0, 4)), NumberOf(text.substr(8, 2)), NumberOf(text.substr(5, 2)));
    return turned.empty() ? "a year has 12 months" : "the month comes before the day: write `" + turned + "`";
  }
  for (int last = 31; last >= 28; --last) {
    if (!DayText(NumberOf(text.substr(0, 4)), month, last).empty()) {
      return "write `" + DayText(NumberOf(text.substr(0, 4)), month, last) + "`, the last day of that month";
    }
  }
  return "";
}

std::string Written(const std::string& day) {
  return day.empty() ? "" : "write `" + day + "`";
}

// Day and month in either order: the one that exists, or both.
std::string EitherWay(int year, int first, int second) {
  const std::string european = DayText(year, second, first);
  const std::string american = DayText(year, first, second);
  if (european.empty() || american.empty() || european == american) {
    return Written(european.empty() ? american : european);
  }
  return Written(european) + " or `" + american + "`: the month comes before the day";
}

}  // namespace

std::string RepairDate(std::string_view text) {
  if (std::string why = NoSuchDay(text); !why.empty()) {
    return why;
  }
  if (IsDigits(text) && text.size() == 8) {
    return Written(DayText(NumberOf(text.substr(0, 4)), NumberOf(text.substr(4, 2)), NumberOf(text.substr(6, 2))));
  }
  const std::string word = LowerCase(text);
  if (word == "never" || word == "none" || word == "forever" || word == "unlimited") {
    return "take it away: without it there is no end";
  }
  const auto pieces = Pieces(text);
  if (pieces.size() < 3) {
    return "";
  }
  const bool year_first = pieces[0].size() == 4 && IsDigits(pieces[0]);
  const bool year_last = pieces[2].size() == 4 && IsDigits(pieces[2]);
  const int month_first = MonthOf(pieces[0]);
  const int month_second = MonthOf(pieces[1]);
  if (year_first && IsDigits(pieces[1]) && IsDigits(pieces[2])) {
    return Written(DayText(NumberOf(pieces[0]), NumberOf(pieces[1]), NumberOf(pieces[2])));
  }
  if (year_first && month_second != 0) {
    return Written(DayText(NumberOf(pieces[0]), month_second, NumberOf(pieces[2])));
  }
  if (!year_last) {
    return "";
  }
  const int year = NumberOf(pieces[2]);
  if (month_first != 0) {
    return Written(DayText(year, month_first, NumberOf(pieces[1])));
  }
  return month_second != 0 ? Written(DayText(year, month_second, NumberOf(pieces[0])))
                           : EitherWay(year, NumberOf(pieces[0]), NumberOf(pieces[1]));
}

}  // namespace dpc::fields
