#include "source/source_manager.h"

#include <algorithm>

#include "base/check.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

constexpr std::size_t kStride = 1024;

// Whatever continues no code point begins one.
std::uint32_t CountPoints(std::string_view bytes) {
  return static_cast<std::uint32_t>(std::count_if(
      bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

FileId SourceManager::Add(std::string path, std::string text) {
  // One more than the text, so that the end of a file has a place of its own.
  const std::uint64_t end = next_ + text.size() + 1;
  CheckSizeOfAll(end);
  files_.push_back({std::move(path), std::move(text), static_cast<std::uint32_t>(next_), {}, {}});
  next_ = end;
  return FileId(files_.size() - 1);
}

std::string_view SourceManager::Path(FileId file) const {
  return files_[file.index()].path;
}

std::string_view SourceManager::Text(FileId file) const {
  return files_[file.index()].text;
}

LocId SourceManager::Start(FileId file) const {
  return LocId(files_[file.index()].begin);
}

FileId SourceManager::FileOf(LocId location) const {
  if (!location.has_value() || files_.empty()) {
    return FileId::None();
  }
  const auto after = std::upper_bound(files_.begin(), files_.end(), location.offset(),
                                      [](std::uint32_t offset, const File& file) { return offset < file.begin; });
  return FileId(static_cast<std::size_t>(after - files_.begin()) - 1);
}

const std::vector<std::uint32_t>& SourceManager::LineStarts(const File& file) {
  if (file.line_starts.empty()) {
    file.line_starts.push_back(0);
    for (std::size_t at = file.text.find('\n'); at != std::string::npos; at = file.text.find('\n', at + 1)) {
      file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
  return file.line_starts;
}

std::uint32_t SourceManager::PointsBefore(const File& file, std::size_t offset) {
  if (file.points.empty()) {
    std::uint32_t points = 0;
    for (std::size_t at = 0; at <= file.text.size(); at += kStride) {
      file.points.push_back(points);
      points += CountPoints(std::string_view(file.text).substr(at, kStride));
    }
  }
  const std::size_t strides = offset / kStride;
  return file.points[strides] + CountPoints(std::string_view(file.text).substr(strides * kStride, offset % kStride));
}

Place SourceManager::Locate(LocId location) const {
  const FileId id = FileOf(location);
  DPC_CHECK(id.has_value(), "a place in no file");
  const File& file = files_[id.index()];
  const std::uint32_t offset = location.offset() - file.begin;
  // Else it is of another manager.
  DPC_CHECK(location.offset() >= file.begin && offset <= file.text.size(), "a place behind the end of its file");
  const std::vector<std::uint32_t>& starts = LineStarts(file);
  const auto line = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin());
  // A byte-order mark takes no column.
  const std::size_t mark = line == 1 && file.text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t begin = starts[line - 1] + mark;
  const std::uint32_t column = offset > begin ? PointsBefore(file, offset) - PointsBefore(file, begin) : 0;
  return {file.path, static_cast<std::uint32_t>(line), column + 1};
}

std::string_view SourceManager::Line(FileId file, std::uint32_t line) const {
  const File& row = files_[file.index()];
  const std::vector<std::uint32_t>& starts = LineStarts(row);
  if (line == 0 || line > starts.size()) {
    return "";
  }
  const std::size_t end = line < starts.size() ? starts[line] - 1 : row.text.size();
  std::string_view text = std::string_view(row.text).substr(starts[line - 1], end - starts[line - 1]);
  if (text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace dpc::source
