// Our own SQL functions.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/text.h"
#include "policy/sql/database.h"
#include "policy/sql/guard.h"
#include "policy/sql/value_text.h"

namespace dpc::policy {
namespace {

// "" for NULL.
std::string_view TextOrNothing(sqlite3_value* value) {
  return TextOf(value).value_or(std::string_view());
}

// Days since 1970-01-01 of an ISO 8601 day; nothing for anything else.
void Days(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  static_cast<Guard*>(sqlite3_user_data(context))->SpendBytes(TextOrNothing(values[0]).size());
  const auto day = Date::Parse(TextOrNothing(values[0]));
  if (day) {
    sqlite3_result_int64(context, day->days_since_epoch());
  } else {
    sqlite3_result_null(context);
  }
}

std::size_t Width(std::string_view text, std::size_t at) {
  const std::size_t size = DecodeUtf8(text, at).size;
  return size == 0 ? 1 : size;
}

char Folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// As SQLite's, without taking memory for every text.
void Lower(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto text = TextOf(values[0]);
  if (!text) {
    return;
  }
  if (text->size() >= kMostTextBytes) {  // SQLite's leaves room for a zero
    sqlite3_result_error_toobig(context);
    return;
  }
  constexpr std::size_t kShort = 128;
  std::array<char, kShort> few;
  std::string many(text->size() > kShort ? text->size() : 0, '\0');
  char* lower = many.empty() ? few.data() : many.data();
  std::transform(text->begin(), text->end(), lower, Folded);
  sqlite3_result_text(context, lower, static_cast<int>(text->size()), SQLITE_TRANSIENT);
}

// As SQLite's LIKE, but going back only to the last `%`: at worst length times length, where SQLite's takes a power of
// the number of `%`.
class Like {
 public:
  Like(std::string_view pattern, std::string_view text, char escape)
      : pattern_(pattern), text_(text), escape_(escape) {}

  bool Matches() {
    while (t_ < text_.size()) {
      ++steps_;
      if (p_ < pattern_.size() && pattern_[p_] == '%' && escape_ != '%') {
        star_ = ++p_;
        resume_ = t_;
      } else if (!MatchOne() && !GoBack()) {
        return false;
      }
    }
    while (p_ < pattern_.size() && pattern_[p_] == '%') {
      ++p_;
    }
    return p_ == pattern_.size();
  }

  std::int64_t steps() const { return steps_; }

 private:
  bool MatchOne() {
    std::size_t p = p_;
    if (p == pattern_.size()) {
      return false;
    }
    if (escape_ != 0 && pattern_[p] == escape_) {
      if (++p == pattern_.size() || Folded(pattern_[p]) != Folded(text_[t_])) {
        return false;
      }
    } else if (pattern_[p] == '_') {
      t_ += Width(text_, t_) - 1;
    } else if (Folded(pattern_[p]) != Folded(text_[t_])) {
      return false;
    }
    p_ = p + 1;
    ++t_;
    return true;
  }

  bool GoBack() {
    if (star_ == 0) {
      return false;
    }
    p_ = star_;
    resume_ += Width(text_, resume_);
    t_ = resume_;
    return true;
  }

  std::string_view pattern_;
  std::string_view text_;
  char escape_;
  std::size_t p_ = 0;
  std::size_t t_ = 0;
  std::size_t star_ = 0;  // behind the last %; 0: none yet
  std::size_t resume_ = 0;
  std::int64_t steps_ = 0;
};

void LikeFunction(sqlite3_context* context, int count, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL) {
    return;
  }
  const std::string_view escape = count == 3 ? TextOrNothing(values[2]) : std::string_view();
  if (count == 3 && escape.size() != 1) {
    sqlite3_result_error(context, "ESCAPE takes one ASCII character", -1);
    return;
  }
  // Else one call could cost as much as both lengths multiplied.
  constexpr int kMostPatternBytes = 1000;
  if (sqlite3_value_bytes(values[0]) > kMostPatternBytes) {
    sqlite3_result_error(context, "a pattern of LIKE has at most 1000 bytes", -1);
    return;
  }
  Like like(TextOrNothing(values[0]), TextOrNothing(values[1]), escape.empty() ? '\0' : escape.front());
  const bool matches = like.Matches();
  static_cast<Guard*>(sqlite3_user_data(context))->Spend(like.steps() / 8);
  sqlite3_result_int(context, matches ? 1 : 0);
}

// SQLite's own looks for the needle at each place anew: length times length in one step.
std::size_t Find(std::string_view text, std::string_view wanted, std::size_t from) {
  const void* found =
      from > text.size() ? nullptr : memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

Guard& GuardOf(sqlite3_context* context) {
  return *static_cast<Guard*>(sqlite3_user_data(context));
}

bool AnyNull(std::span<sqlite3_value*> values) {
  return std::any_of(values.begin(), values.end(),
                     [](sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; });
}

// The character, from 1, at which the second text begins in the first; 0 when it does not.
void Instr(sqlite3_context* context, int count, sqlite3_value** values) {
  if (AnyNull({values, static_cast<std::size_t>(count)})) {
    return;
  }
  const std::string_view text = TextOrNothing(values[0]);
  const std::size_t at = Find(text, TextOrNothing(values[1]), 0);
  GuardOf(context).SpendBytes(at == std::string_view::npos ? text.size() : at);
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const std::string_view before = text.substr(0, at);
  sqlite3_result_int64(context,
                       at == std::string_view::npos ? 0 : 1 + std::count_if(before.begin(), before.end(), begins));
}

void Replace(sqlite3_context* context, int count, sqlite3_value** values) {
  if (AnyNull({values, static_cast<std::size_t>(count)})) {
    return;
  }
  const std::string_view text = TextOrNothing(values[0]);
  const std::string_view wanted = TextOrNothing(values[1]);
  const std::string_view by = TextOrNothing(values[2]);
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = wanted.empty() ? std::string_view::npos : Find(text, wanted, 0);
       at != std::string_view::npos && out.size() <= kMostTextBytes; at = Find(text, wanted, from)) {
    out.append(text.substr(from, at - from)).append(by);
    from = at + wanted.size();
  }
  out.append(text.substr(from));
  GuardOf(context).SpendBytes(text.size() + out.size());
  if (out.size() > kMostTextBytes) {
    sqlite3_result_error_toobig(context);
    return;
  }
  sqlite3_result_text(context, out.data(), static_cast<int>(out.size()), SQLITE_TRANSIENT);
}

}  // namespace

void RegisterFunctions(sqlite3* db, Guard& guard) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  sqlite3_create_function_v2(db, "days", 1, kFlags, &guard, Days, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(db, "like", 2, kFlags, &guard, LikeFunction, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(db, "like", 3, kFlags, &guard, LikeFunction, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(db, "lower", 1, kFlags, &guard, Lower, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(db, "instr", 2, kFlags, &guard, Instr, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(db, "replace", 3, kFlags, &guard, Replace, nullptr, nullptr, nullptr);
}

}  // namespace dpc::policy
