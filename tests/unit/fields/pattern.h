// A pattern of a table, as JSON Schema means it: ECMA 262 over code points. std::wregex knows what our patterns use
// (lookahead, \uXXXX); a wchar_t holds a code point where these tests run.
#pragma once

#include <regex>
#include <string>
#include <string_view>

#include "base/text.h"

namespace dpc::fields {

static_assert(sizeof(wchar_t) == 4);

// Text that is not UTF-8 does not occur: `syntax` refuses it.
inline std::wstring CodePoints(std::string_view text) {
  std::wstring points;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    points += static_cast<wchar_t>(point.value);
    at += point.size > 0 ? point.size : text.size();
  }
  return points;
}

class Pattern {
 public:
  explicit Pattern(std::string_view pattern) : regex_(CodePoints(pattern), std::regex::ECMAScript) {}

  bool Matches(std::string_view text) const { return std::regex_search(CodePoints(text), regex_); }

 private:
  std::wregex regex_;
};

}  // namespace dpc::fields
