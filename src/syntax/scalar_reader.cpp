// Texts: YAML 1.2.2, 5.7, 7.3 and 8.1.
#include <algorithm>
#include <utility>

#include "syntax/characters.h"
#include "syntax/reader.h"

namespace dpc::syntax {
namespace {

void TrimBlanks(std::string& value, std::size_t kept) {
  while (value.size() > kept && IsBlank(value.back())) {
    value.pop_back();
  }
}

// 6.5: one line end is a space, each further one is kept.
void AppendFolded(std::string& value, std::size_t breaks) {
  if (breaks == 1) {
    value += ' ';
  } else {
    value.append(breaks - 1, '\n');
  }
}

}  // namespace

void Reader::EmitPlain(std::size_t begin, std::size_t first_line_end, std::string_view value,
                       const Properties& properties) {
  builder_.Plain(begin, first_line_end - begin, value, properties);
}

void Reader::EmitQuoted(const Quoted& quoted, const Properties& properties) {
  last_quoted_ = {quoted.begin, quoted.end};
  builder_.Text(quoted.begin, quoted.end - quoted.begin, quoted.value, properties);
}

// 7.3.3: what a text without quotes may begin with.
void Reader::CheckPlainStart(bool flow) {
  const char c = cursor_.Peek();
  const bool sign_alone = cursor_.SpaceAt(1) || (flow && IsFlowSign(cursor_.Peek(1)));
  if (c == '-' && sign_alone) {
    errors_.NotHere(cursor_, "a list item (`- `) cannot stand here");
  }
  if ((c == '?' || c == ':') && sign_alone) {
    errors_.Fail(cursor_.at(), "a value cannot begin with this character; quote the text");
  }
  if (c == ']' || c == '}') {
    errors_.Fail(cursor_.at(), "a closing bracket without an opening one");
  }
  if (c == '#') {
    errors_.Fail(cursor_.at(), "a comment begins with a space in front of `#`");
  }
  static constexpr std::string_view kSigns = ",[{&*!|>'\"%@`";
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  if (!letter && kSigns.find(c) != kNowhere) {
    errors_.Fail(cursor_.at(), "a value cannot begin with this character; quote the text");
  }
  errors_.CheckSpace(cursor_);
}

// The end of what this line gives to a text without quotes; the cursor stands there.
std::size_t Reader::PlainLine(bool flow) {
  const std::string_view text = cursor_.text();
  std::size_t end = cursor_.at();
  for (std::size_t at = end; at < text.size() && !IsBreak(text[at]); ++at) {
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : '\n';
    if (c == ':' && (IsBlank(next) || IsBreak(next) || (flow && IsFlowSign(next)))) {
      break;
    }
    if ((c == '#' && at > cursor_.line() && IsBlank(text[at - 1])) || (flow && IsFlowSign(c))) {
      break;
    }
    end = IsBlank(c) ? end : at + 1;
  }
  cursor_.MoveTo(end);
  return end;
}

// A text without quotes, of which the first line has been read. The cursor ends behind the last of its lines; `joined`
// holds it where it has several.
std::string_view Reader::RestOfPlain(std::string_view first, std::string& joined, int parent, bool flow) {
  bool several = false;
  while (true) {
    const Cursor end = cursor_;
    std::size_t breaks = 0;
    cursor_.SkipBlanks();
    while (!cursor_.AtEnd() && cursor_.AtBreak()) {
      cursor_.NextLine();
      cursor_.SkipBlanks();
      ++breaks;
    }
    const bool other = breaks == 0 || cursor_.AtEnd() || cursor_.AtMarker() || cursor_.indent() <= parent ||
                       cursor_.Peek() == '#' || (flow && (IsFlowSign(cursor_.Peek()) || cursor_.IsFlowColon())) ||
                       cursor_.IsSign(':');
    if (other) {
      cursor_ = end;
      return several ? joined : first;
    }
    errors_.CheckSpace(cursor_);
    if (!std::exchange(several, true)) {
      joined = first;
    }
    AppendFolded(joined, breaks);
    const std::size_t begin = cursor_.at();
    joined += cursor_.text().substr(begin, PlainLine(flow) - begin);
  }
}

// 7.3.1, 7.3.2. The cursor ends behind the closing quote.
Reader::Quoted Reader::QuotedText(int parent, bool one_line) {
  const std::string_view text = cursor_.text();
  const char quote = cursor_.Peek();
  Quoted quoted{{}, cursor_.at(), 0};
  std::size_t kept = 0;  // what is in front of it is not trimmed
  cursor_.MoveTo(cursor_.at() + 1);
  while (true) {
    const std::size_t at = cursor_.at();
    if (cursor_.AtEnd()) {
      errors_.OpenQuote(quoted.begin, text.size());
    }
    if (text[at] == quote && !(quote == '\'' && cursor_.Peek(1) == '\'')) {
      cursor_.MoveTo(at + 1);
      quoted.end = at + 1;
      return quoted;
    }
    if (text[at] == quote) {
      quoted.value += quote;
      cursor_.MoveTo(at + 2);
    } else if (text[at] == '\\' && quote == '"') {
      Escape(quoted, parent);
      kept = quoted.value.size();
    } else if (IsBreak(text[at])) {
      if (one_line) {
        errors_.OpenQuote(quoted.begin, at);
      }
      TrimBlanks(quoted.value, kept);
      AppendFolded(quoted.value, LinesOfQuoted(quoted.begin, parent));
      kept = quoted.value.size();
    } else {
      std::size_t end = at;
      while (end < text.size() && text[end] != quote && !IsBreak(text[end]) && (text[end] != '\\' || quote == '\'')) {
        ++end;
      }
      quoted.value += text.substr(at, end - at);
      cursor_.MoveTo(end);
    }
  }
}

// From the end of a line of a quoted text to what the next one holds: how many lines ended.
std::size_t Reader::LinesOfQuoted(std::size_t begin, int parent) {
  std::size_t breaks = 0;
  while (!cursor_.AtEnd() && cursor_.AtBreak()) {
    cursor_.NextLine();
    cursor_.SkipBlanks();
    ++breaks;
  }
  if (cursor_.AtEnd() || cursor_.AtMarker()) {
    errors_.OpenQuote(begin, cursor_.at());
  }
  if (cursor_.indent() <= parent) {
    if (const std::size_t tab = cursor_.IndentationTab(); tab != kNowhere) {
      errors_.Tab(tab);
    }
    errors_.OpenQuote(begin, cursor_.at());
  }
  return breaks;
}

// 5.7. The cursor is at the backslash.
void Reader::Escape(Quoted& quoted, int parent) {
  static constexpr std::string_view kNames = "0abt\tnvfre \"/\\";
  static constexpr std::string_view kValues("\0\a\b\t\t\n\v\f\r\x1B \"/\\", 14);
  const char name = cursor_.Peek(1);
  const std::size_t simple = name == '\0' ? kNowhere : kNames.find(name);
  if (IsBreak(name)) {
    cursor_.MoveTo(cursor_.at() + 1);
    quoted.value.append(LinesOfQuoted(quoted.begin, parent) - 1, '\n');
    return;
  }
  if (simple != kNowhere) {
    quoted.value += kValues[simple];
  } else if (name == 'x' || name == 'u' || name == 'U') {
    HexEscape(quoted, name == 'x' ? 2 : name == 'u' ? 4 : 8);
    return;
  } else if (std::string_view("N_LP").find(name) != kNowhere && name != '\0') {
    AppendUtf8(quoted.value, name == 'N' ? 0x85 : name == '_' ? 0xA0 : name == 'L' ? 0x2028 : 0x2029);
  } else {
    errors_.Fail(cursor_.at() + 1, "the escape is not known in a double-quoted text; double the backslash");
  }
  cursor_.MoveTo(cursor_.at() + 2);
}

// JSON writes characters above U+FFFF as two escapes.
void Reader::HexEscape(Quoted& quoted, std::size_t digits) {
  const std::size_t at = cursor_.at();
  std::uint32_t value = HexDigits(at + 2, digits);
  std::size_t end = at + 2 + digits;
  if (value >= 0xD800 && value < 0xDC00 && cursor_.text().substr(end, 2) == "\\u") {
    const std::uint32_t low = HexDigits(end + 2, 4);
    if (low >= 0xDC00 && low < 0xE000) {
      value = 0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00);
      end += 6;
    }
  }
  if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
    errors_.Fail(at + 1, "the escape is not a Unicode character");
  }
  AppendUtf8(quoted.value, value);
  cursor_.MoveTo(end);
}

std::uint32_t Reader::HexDigits(std::size_t at, std::size_t digits) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = at + i < cursor_.text().size() ? cursor_.text()[at + i] : '\0';
    const std::size_t digit =
        std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    if (digit == kNowhere) {
      errors_.Fail(std::min(at + i, cursor_.text().size()), "a hexadecimal escape needs hexadecimal digits");
    }
    value = (value << 4U) | static_cast<std::uint32_t>(digit);
  }
  return value;
}

}  // namespace dpc::syntax
