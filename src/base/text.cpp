#include "base/text.h"

#include <algorithm>
#include <array>
#include <limits>

namespace dpc {
namespace {

bool IsContinuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

// Characters that change how the rest of a line is shown, or break it.
bool IsHazard(std::uint32_t c) {
  const bool invisible = c == 0xAD || c == 0x034F || c == 0x115F || c == 0x1160 || (c >= 0x180B && c <= 0x180F) ||
                         c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFA0 || (c >= 0xE0000 && c <= 0xE0FFF);
  // They look like a space, and are none.
  const bool space =
      c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
  return invisible || space || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The byte at `at` is the one without which a word is no command to what reads a build's log: the second `#` of
// `##[...` and `##word[...` (GitHub, Azure Pipelines, TeamCity), the colon of `section_start:` (GitLab). They count
// anywhere in a line. Case does not matter: who reads them is not asked how strictly.
bool EndsCommand(std::string_view text, std::size_t at) {
  if (text[at] == ':') {
    static constexpr std::size_t kLongestWord = 13;
    const std::size_t length = std::min(at, kLongestWord);
    const std::string before = LowerCase(text.substr(at - length, length));
    return before.ends_with("section_start") || before.ends_with("section_end");
  }
  if (text[at] != '#' || at == 0 || text[at - 1] != '#') {
    return false;
  }
  static constexpr std::size_t kLongest = 32;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kLongest && IsAsciiLetter(text[end])) {
    ++end;
  }
  return end < text.size() && text[end] == '[';
}

// `::` at the begin of a line is a command of GitHub's; spaces in front do not count.
bool BeginsCommand(std::string_view text, std::size_t at) {
  static constexpr std::size_t kMostSpaces = 4096;  // then it is taken for one without counting them
  if (text[at] != ':' || !text.substr(at + 1).starts_with(':')) {
    return false;
  }
  return at > kMostSpaces ? text[at - 1] == ' ' : text.find_first_not_of(' ') == at;
}

std::string Hex(std::uint32_t value, int digits) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out += kDigits[(value >> static_cast<unsigned>(shift)) & 0xFU];
  }
  return out;
}

}  // namespace

CodePoint DecodeUtf8(std::string_view text, std::size_t at) {
  if (at >= text.size()) {
    return {};
  }
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    return {lead, 1};
  }
  const std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) {
    return {};
  }
  std::uint32_t value = lead & (0xFFU >> (size + 1));
  for (std::uint32_t i = 1; i < size; ++i) {
    if (!IsContinuation(text, at + i)) {
      return {};
    }
    value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  static constexpr std::array<std::uint32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value < kSmallest[size] || surrogate || value > 0x10FFFF ? CodePoint{} : CodePoint{value, size};
}

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    if (point.size == 0) {
      return at;
    }
    at += point.size;
  }
  return std::nullopt;
}

std::string PrintablePart(std::string_view text, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t at = begin; at < end;) {
    const CodePoint point = DecodeUtf8(text, at);
    if (point.size == 0) {
      out += "\\x" + Hex(static_cast<unsigned char>(text[at]), 2);
      ++at;
      continue;
    }
    if (point.value == '\n') {
      out += "\\n";
    } else if (point.value == '\t') {
      out += "\\t";
    } else if (IsHazard(point.value) || EndsCommand(text, at) || BeginsCommand(text, at)) {
      out += point.value < 0xA0      ? "\\x" + Hex(point.value, 2)
             : point.value < 0x10000 ? "\\u" + Hex(point.value, 4)
                                     : "\\U" + Hex(point.value, 8);
    } else {
      out += text.substr(at, point.size);
    }
    at += point.size;
  }
  return out;
}

std::string Printable(std::string_view text) {
  return PrintablePart(text, 0, text.size());
}

std::string PrintableJson(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const CodePoint point = DecodeUtf8(json, at);
    const bool layout = point.value == '\n' || point.size == 0;
    if (!layout && (IsHazard(point.value) || EndsCommand(json, at))) {
      const std::uint32_t c = point.value - 0x10000;
      out += point.value < 0x10000 ? "\\u" + Hex(point.value, 4)
                                   : "\\u" + Hex(0xD800 + (c >> 10U), 4) + "\\u" + Hex(0xDC00 + (c & 0x3FFU), 4);
    } else {
      out += json.substr(at, std::max<std::uint32_t>(1, point.size));
    }
    at += std::max<std::uint32_t>(1, point.size);
  }
  return out;
}

std::string LowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return out;
}

namespace {

// Rows are kept from one comparison to the next.
class Distances {
 public:
  // The distance, or something above `most` when it is: only places that are as near to the diagonal are looked at.
  std::size_t UpTo(std::size_t most, std::string_view left, std::string_view right) {
    for (std::vector<std::size_t>* row : {&before_, &above_, &row_}) {
      row->assign(right.size() + 2, kFar);
    }
    for (std::size_t j = 0; j <= std::min(right.size(), most); ++j) {
      above_[j] = j;
    }
    std::size_t least_above = 0;
    for (std::size_t i = 1; i <= left.size(); ++i) {
      const std::size_t least = FillRow(i, most, left, right);
      // What follows is made of two rows, and never less than either.
      if (least > most && least_above > most) {
        return least;
      }
      least_above = least;
      std::swap(before_, above_);
      std::swap(above_, row_);
    }
    return above_[right.size()];
  }

 private:
  static constexpr std::size_t kFar = std::numeric_limits<std::size_t>::max() / 2;

  // The least of it.
  std::size_t FillRow(std::size_t i, std::size_t most, std::string_view left, std::string_view right) {
    const std::size_t first = i > most ? i - most : 1;
    const std::size_t last = std::min(right.size(), i + most);
    row_[first - 1] = first == 1 ? i : kFar;
    std::size_t least = row_[first - 1];
    for (std::size_t j = first; j <= last; ++j) {
      const std::size_t change = left[i - 1] == right[j - 1] ? 0 : 1;
      row_[j] = std::min({above_[j] + 1, row_[j - 1] + 1, above_[j - 1] + change});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row_[j] = std::min(row_[j], before_[j - 2] + 1);
      }
      least = std::min(least, row_[j]);
    }
    if (last < right.size()) {
      row_[last + 1] = kFar;
    }
    return least;
  }

  std::vector<std::size_t> before_;
  std::vector<std::size_t> above_;
  std::vector<std::size_t> row_;
};

}  // namespace

std::size_t EditDistance(std::string_view left, std::string_view right) {
  return Distances().UpTo(left.size() + right.size(), left, right);
}

std::optional<std::string> NearestName(std::string_view name, std::span<const std::string_view> candidates) {
  // Long names are quadratic to compare and never typing errors of each other.
  static constexpr std::size_t kLongest = 200;
  const std::string wanted = LowerCase(name);
  Distances distances;
  std::optional<std::string> nearest;
  std::size_t best = 0;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(wanted.size(), candidate.size());
    // One that is no nearer than what is known need not be measured.
    const std::size_t limit = std::min(std::max<std::size_t>(1, longer / 3), nearest ? best : longer);
    const std::size_t shorter = std::min(wanted.size(), candidate.size());
    if (longer > kLongest || longer - shorter > limit) {
      continue;
    }
    const std::size_t distance = distances.UpTo(limit, wanted, LowerCase(candidate));
    if (distance <= limit && (!nearest || distance < best)) {
      nearest = std::string(candidate);
      best = distance;
    }
  }
  return nearest;
}

std::string Join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != parts.data()) {
      out += separator;
    }
    out += part;
  }
  return out;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) {
      return parts;
    }
    begin = end + 1;
  }
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string Plural(std::size_t count, std::string_view noun) {
  std::string out = std::to_string(count) + " " + std::string(noun);
  return count == 1 ? out : out + "s";
}

}  // namespace dpc
