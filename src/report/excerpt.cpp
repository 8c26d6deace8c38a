#include "report/excerpt.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace dpc::report {
namespace {

constexpr std::string_view kCut = "...";

// Where the character that ends before `at` begins.
std::size_t Previous(std::string_view text, std::size_t at) {
  const std::size_t lowest = at >= 4 ? at - 4 : 0;
  for (std::size_t begin = at - 1; begin > lowest; --begin) {
    if (DecodeUtf8(text, begin).size == at - begin) {
      return begin;
    }
  }
  return DecodeUtf8(text, lowest).size == at - lowest ? lowest : at - 1;
}

std::size_t Next(std::string_view text, std::size_t at) {
  return at + std::max<std::uint32_t>(1, DecodeUtf8(text, at).size);
}

// Columns that a terminal gives to a code point (Unicode East Asian Width W and F; combining marks take none).
std::size_t Width(std::uint32_t c) {
  if ((c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F)) {
    return 0;
  }
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F900 && c <= 0x1F9FF) ||
                    (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::size_t DisplayWidth(std::string_view printable) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < printable.size(); at = Next(printable, at)) {
    width += Width(DecodeUtf8(printable, at).value);
  }
  return width;
}

// [begin, end) of the line that holds `at`, without its line end.
struct Bounds {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Bounds LineAround(std::string_view text, std::size_t at) {
  Bounds line;
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  line.begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t after = text.find('\n', at);
  line.end = after == std::string_view::npos ? text.size() : after;
  if (line.end > line.begin && text[line.end - 1] == '\r') {
    --line.end;
  }
  // A byte-order mark takes no column.
  if (line.begin == 0 && text.substr(0, 3) == "\xEF\xBB\xBF") {
    line.begin = std::min<std::size_t>(3, line.end);
  }
  return line;
}

// The columns of the line around `at` that fit: what is before it gives way when both ends are cut.
Bounds Window(std::string_view text, Bounds line, std::size_t at, std::size_t width) {
  const std::size_t room = std::max<std::size_t>(width, 20) - 2 * kCut.size();
  const auto columns = [&](std::size_t i) { return DisplayWidth(PrintablePart(text, i, Next(text, i))); };
  Bounds window = {at, at};
  std::size_t used = 0;
  const auto grow = [&](std::size_t limit) {
    while (window.end < line.end && used + columns(window.end) <= limit) {
      used += columns(window.end);
      window.end = Next(text, window.end);
    }
  };
  // A line that fits is shown whole; of a longer one a third is kept for what comes before.
  grow(room - room / 3);
  while (window.begin > line.begin) {
    const std::size_t begin = Previous(text, window.begin);
    if (used + columns(begin) > room) {
      break;
    }
    used += columns(begin);
    window.begin = begin;
  }
  grow(room);
  return {std::max(window.begin, line.begin), std::min(window.end, line.end)};
}

}  // namespace

Excerpt MakeExcerpt(const source::SourceManager& sources, Range range, std::size_t width) {
  const source::FileId file = sources.FileOf(range.begin);
  const std::string_view text = sources.Text(file);
  const std::size_t offset = std::min<std::size_t>(range.begin.offset() - sources.Start(file).offset(), text.size());
  const Bounds line = LineAround(text, offset);
  const std::size_t at = std::clamp(offset, line.begin, line.end);
  const Bounds window = Window(text, line, at, width);
  const std::size_t end = std::clamp(offset + range.length, at, window.end);

  const std::string before = PrintablePart(text, window.begin, at);
  const std::string marked = PrintablePart(text, at, end);
  Excerpt excerpt;
  excerpt.line = sources.Locate(range.begin).line;
  // No text, or of another encoding: nothing of it can be shown.
  if (text.substr(window.begin, window.end - window.begin).find('\0') != std::string_view::npos) {
    return excerpt;
  }
  const std::string_view head = window.begin > line.begin ? kCut : std::string_view();
  excerpt.text = std::string(head) + before + marked + PrintablePart(text, end, window.end);
  if (window.end < line.end) {
    excerpt.text += kCut;
  }
  excerpt.carets = std::string(head.size() + DisplayWidth(before), ' ');
  excerpt.carets += std::string(std::max<std::size_t>(1, DisplayWidth(marked)), '^');
  return excerpt;
}

}  // namespace dpc::report
