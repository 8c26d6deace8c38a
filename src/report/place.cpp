#include "report/place.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::report {

std::optional<Region> Locate(const source::SourceManager& sources, Range range) {
  if (!range.has_value()) {
    return std::nullopt;
  }
  const source::Place place = sources.Locate(range.begin);
  Region region = {place.path, place.line, place.column, place.line, place.column};
  const source::FileId file = sources.FileOf(range.begin);
  const std::string_view text = sources.Text(file);
  // The end is found by walking, because the offset after the last byte may belong to the next file.
  std::size_t at = std::min<std::size_t>(range.begin.offset() - sources.Start(file).offset(), text.size());
  const std::size_t end = std::min<std::size_t>(at + range.length, text.size());
  while (at < end) {
    if (text[at] == '\n') {
      ++region.end_line;
      region.end_column = 1;
      ++at;
      continue;
    }
    at += std::max<std::uint32_t>(1, DecodeUtf8(text, at).size);
    ++region.end_column;
  }
  return region;
}

}  // namespace dpc::report
