#include "syntax/yaml_errors.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/characters.h"
#include "syntax/diagnostics.h"
#include "syntax/tree_builder.h"

namespace dpc::syntax {
namespace {

constexpr std::size_t kLongestName = 40;

bool IsTemplateMarker(std::string_view text) {
  return text.starts_with("{{") || text.starts_with("{%") || text.starts_with("<%") || text.starts_with("{#");
}

std::string SpaceName(std::uint32_t c) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex;
  for (int shift = 12; shift >= 0; shift -= 4) {
    hex += kDigits[(c >> static_cast<unsigned>(shift)) & 0xFU];
  }
  const bool no_break = c == 0xA0 || c == 0x202F;
  const bool wide = c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x205F || c == 0x3000;
  return std::string(no_break ? "no-break spaces"
                     : wide   ? "other spaces"
                              : "invisible characters") +
         " (U+" + hex + ")";
}

}  // namespace

Range YamlErrors::At(std::size_t begin, std::size_t length) const {
  const std::size_t place = std::min(begin, text_.size());
  return {LocId(start_.offset() + static_cast<std::uint32_t>(place)),
          static_cast<std::uint32_t>(std::min(length, text_.size() - place))};
}

// Errors come in order, so the lines are counted once.
std::size_t YamlErrors::LineOf(std::size_t at) {
  const auto begin = text_.begin();
  const auto low = static_cast<std::ptrdiff_t>(std::min(at, counted_to_));
  const auto high = static_cast<std::ptrdiff_t>(std::max(at, counted_to_));
  const auto lines = static_cast<std::size_t>(std::count(begin + low, begin + high, '\n'));
  counted_ = at < counted_to_ ? counted_ - lines : counted_ + lines;
  counted_to_ = at;
  return counted_;
}

std::size_t YamlErrors::LineStart(std::size_t at) const {
  const std::size_t before = at == 0 ? kNowhere : text_.find_last_of("\r\n", at - 1);
  return before == kNowhere ? 0 : before + 1;
}

// The word by which the author knows a line: its key, or its beginning.
std::string YamlErrors::Named(std::size_t at) const {
  const std::string_view line = text_.substr(at, text_.find_first_of("\r\n", at) - at);
  if (line.starts_with("- ") || line == "-") {
    return "a list item";
  }
  std::string_view name = line.substr(0, std::min(line.find(": "), line.size()));
  name = name.ends_with(':') ? name.substr(0, name.size() - 1) : name;
  std::size_t end = std::min(name.size(), kLongestName);
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
    ++end;
  }
  return "`" + std::string(name.substr(0, end)) + (end < name.size() ? "..." : "") + "`";
}

void YamlErrors::FailAt(std::size_t at, const std::string& what, std::size_t label, std::string_view label_text,
                        std::size_t resume) {
  CheckTemplate(std::max(at, label == kNowhere ? at : label));
  const bool at_break = at >= text_.size() || IsBreak(text_[at]);
  {
    auto report = emitter_.Report(kYamlSyntax, At(at, at_break ? 0 : 1), what);
    if (label != kNowhere) {
      report.Label(At(label, 1), label_text);
    }
  }
  throw StopParsing{resume};
}

void YamlErrors::Fail(std::size_t at, const std::string& what) {
  FailAt(at, what, kNowhere, "", at);
}

void YamlErrors::Tab(std::size_t at) {
  CheckTemplate(at);
  emitter_.Report(kTabIndentation, At(at, 1));
  throw StopParsing{at};
}

void YamlErrors::UnknownAnchor(std::size_t at, std::size_t end) {
  if (!resumed_) {
    emitter_.Report(kUnknownAnchor, At(at, end - at), text_.substr(at, end - at));
  }
  throw StopParsing{at};
}

void YamlErrors::NotHere(const Cursor& cursor, std::string_view what) {
  const std::size_t tab = text_.substr(cursor.line(), cursor.at() - cursor.line()).find('\t');
  const std::size_t word = text_.find_first_not_of(" \t-?", cursor.line());
  if (tab != kNowhere && cursor.line() + tab < word) {
    Tab(cursor.line() + tab);
  }
  Fail(cursor.at(), what.empty() ? "a `:` cannot stand here: quote a text that holds `: `, and keep neighbours "
                                   "equally deep"
                                 : std::string(what));
}

std::string YamlErrors::DepthText(const Cursor& cursor, std::size_t neighbour) {
  const std::size_t here = cursor.line() + static_cast<std::size_t>(cursor.indent());
  const std::size_t line = LineOf(neighbour);
  return Named(here) + " stands at column " + std::to_string(cursor.indent() + 1) + ", " + Named(neighbour) +
         " in line " + std::to_string(line) + " at " + std::to_string(neighbour - LineStart(neighbour) + 1);
}

void YamlErrors::Depth(const Cursor& cursor, std::size_t neighbour) {
  FailAt(cursor.at(), DepthText(cursor, neighbour) + ": neighbours stand equally deep", neighbour,
         "not as deep as this", cursor.at());
}

void YamlErrors::Colon(const Cursor& cursor, std::size_t neighbour) {
  if (const std::size_t tab = cursor.IndentationTab(); tab != kNowhere) {
    Tab(tab);
  }
  // The text began on a line before.
  CheckColons(cursor.line() == 0 ? 0 : LineStart(cursor.line() - 1), cursor.at());
  if (neighbour == kNowhere || neighbour >= cursor.line()) {
    NotHere(cursor, "");
  }
  FailAt(cursor.line() + static_cast<std::size_t>(cursor.indent()),
         DepthText(cursor, neighbour) + ": neighbours stand equally deep, and a text that holds `: ` is in quotes",
         neighbour, "not as deep as this", cursor.at());
}

// The `:` that made no key has a character behind it that looks like a space.
void YamlErrors::CheckColons(std::size_t begin, std::size_t end) {
  const std::string_view key = text_.substr(begin, std::max(end, begin) - begin);
  for (std::size_t colon = key.find(':'); colon != kNowhere; colon = key.find(':', colon + 1)) {
    CheckSpaceAt(begin + colon + 1, false, begin);
  }
}

void YamlErrors::NoColon(std::size_t begin, std::size_t end) {
  CheckColons(begin, end);
  Fail(begin, Named(begin) + " has no `: ` behind it: a map is of lines `key: value`");
}

void YamlErrors::OpenQuote(std::size_t begin, std::size_t noticed) {
  const std::size_t line = LineStart(noticed);
  const bool same = line <= begin || noticed >= text_.size();
  FailAt(begin, "a quoted text is not closed", same ? kNowhere : noticed, "it would go on here",
         same ? begin : line - 1);
}

void YamlErrors::OpenBracket(std::size_t begin, std::size_t noticed) {
  const std::size_t line = LineStart(noticed);
  const bool same = line <= begin || noticed >= text_.size();
  const char open = text_[begin];
  FailAt(begin, std::string("a `") + open + "` is not closed by `" + (open == '{' ? "}" : "]") + "`",
         same ? kNowhere : noticed, "this line is not deeper than what the bracket belongs to",
         same ? begin : line - 1);
}

void YamlErrors::Trailing(std::size_t at, std::string_view what, std::pair<std::size_t, std::size_t> quoted) {
  const auto [begin, end] = quoted;
  const bool after_quoted = end != 0 && end <= at && text_.find_first_not_of(" \t", end) == at;
  if (!after_quoted) {
    Fail(at, "this cannot stand behind " + std::string(what));
  }
  const char quote = text_[begin];
  const std::size_t line_end = std::min(text_.find_first_of("\r\n", at), text_.size());
  const auto rest = text_.substr(at, line_end - at);
  const bool odd = std::count(rest.begin(), rest.end(), quote) % 2 != 0;
  if (odd || LineStart(at) > begin) {
    FailAt(begin, "a quoted text is not closed", at, "it ends in front of this", begin);
  }
  FailAt(at,
         std::string("text behind the closing quote: inside of the quotes, `") + quote + "` is written `" +
             (quote == '"' ? "\\\"" : "''") + "`",
         begin, "the quoted text begins here", at);
}

void YamlErrors::NoComma(std::size_t at, std::size_t open, std::pair<std::size_t, std::size_t> quoted) {
  const std::size_t end = quoted.second;
  const bool after_quoted = end != 0 && end <= at && text_.find_first_not_of(" \t", end) == at;
  if (after_quoted && text_[at] != ']' && text_[at] != '}' && text_[at] != ':') {
    Trailing(at, "", quoted);
  }
  const bool map = text_[open] == '{';
  FailAt(at,
         map ? "a `{` is not closed by `}`, or a `,` is missing" : "a `[` is not closed by `]`, or a `,` is missing",
         open, "this bracket is not closed before it", at);
}

void YamlErrors::CheckSpace(const Cursor& cursor) {
  const bool indentation = cursor.at() == cursor.line() + static_cast<std::size_t>(cursor.indent());
  const bool sign = cursor.Peek() == '-' || cursor.Peek() == '?';
  CheckSpaceAt(cursor.at() + (sign ? 1 : 0), indentation && !sign, cursor.at());
}

void YamlErrors::CheckSpaceAt(std::size_t at, bool indentation, std::size_t resume) {
  if (at >= text_.size() || static_cast<unsigned char>(text_[at]) < 0x80) {
    return;
  }
  const CodePoint first = DecodeUtf8(text_, at);
  if (!IsUnicodeSpace(first.value)) {
    return;
  }
  std::size_t end = at;
  for (CodePoint point = first; point.size != 0 && IsUnicodeSpace(point.value); point = DecodeUtf8(text_, end)) {
    end += point.size;
  }
  if (indentation) {
    emitter_.Report(kUnicodeIndentation, At(LineStart(at), end - LineStart(at)), SpaceName(first.value));
  } else {
    emitter_.Report(kUnicodeSpace, At(at, end - at), SpaceName(first.value));
  }
  throw StopParsing{resume};
}

std::size_t YamlErrors::TemplateMarker(std::size_t at) {
  if (!first_template_line_) {
    first_template_line_ = kNowhere;
    for (std::size_t line = 0; line < text_.size() && *first_template_line_ == kNowhere;) {
      const std::size_t word = std::min(text_.find_first_not_of(" \t-", line), text_.size());
      if (IsTemplateMarker(text_.substr(word, 2))) {
        first_template_line_ = word;
      }
      const std::size_t end = text_.find('\n', line);
      line = end == kNowhere ? text_.size() : end + 1;
    }
  }
  if (*first_template_line_ != kNowhere) {
    return *first_template_line_;
  }
  const std::size_t end = std::min(text_.find_first_of("\r\n", at), text_.size());
  for (std::size_t i = LineStart(at); i < end; ++i) {
    const char before = i == 0 ? ' ' : text_[i - 1];
    if (IsTemplateMarker(text_.substr(i, 2)) && before != '$' && before != '"' && before != '\'') {
      return i;
    }
  }
  return kNowhere;
}

void YamlErrors::CheckTemplate(std::size_t at) {
  if (const std::size_t marker = TemplateMarker(std::min(at, text_.size())); marker != kNowhere) {
    Template(marker);
  }
}

void YamlErrors::Template(std::size_t at) {
  const std::size_t folder = path_.find('/');
  const std::string glob = folder == kNowhere ? std::string(path_) : std::string(path_.substr(0, folder)) + "/**";
  emitter_.Report(kTemplate, At(at, 2), text_.substr(at, 2))
      .Hint("not a declaration? `exclude: [\"" + glob + "\"]` in dpc.yaml");
  throw StopParsing{at, true};
}

}  // namespace dpc::syntax
