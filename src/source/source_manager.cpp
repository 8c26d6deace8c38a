#include "source/source_manager.h"

#include <algorithm>
#include <limits>

#include "base/environment_error.h"
#include "base/text.h"

namespace dpc::source {

FileId SourceManager::Add(std::string path, std::string text) {
  // One more than the text, so that the end of a file has a place of its own.
  const std::uint64_t end = next_ + text.size() + 1;
  if (end >= std::numeric_limits<std::uint32_t>::max()) {
    throw EnvironmentError("the declarations together exceed 4 GiB, more than dpc reads in one run");
  }
  files_.push_back({std::move(path), std::move(text), static_cast<std::uint32_t>(next_), {}});
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

const std::vector<std::uint32_t>& SourceManager::LineStarts(const File& file) const {
  if (file.line_starts.empty()) {
    file.line_starts.push_back(0);
    for (std::size_t at = file.text.find('\n'); at != std::string::npos; at = file.text.find('\n', at + 1)) {
      file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
  return file.line_starts;
}

Place SourceManager::Locate(LocId location) const {
  const File& file = files_[FileOf(location).index()];
  const std::uint32_t offset = location.offset() - file.begin;
  const std::vector<std::uint32_t>& starts = LineStarts(file);
  const auto line = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin());
  Place place{file.path, static_cast<std::uint32_t>(line), 1};
  // A byte-order mark takes no column.
  const std::size_t mark = line == 1 && file.text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (std::size_t at = starts[line - 1] + mark; at < offset && at < file.text.size();) {
    at += std::max<std::uint32_t>(1, DecodeUtf8(file.text, at).size);
    ++place.column;
  }
  return place;
}

std::string_view SourceManager::Line(FileId file, std::uint32_t line) const {
  const File& row = files_[file.index()];
  const std::vector<std::uint32_t>& starts = LineStarts(row);
  if (line == 0 || line > starts.size()) {
    return "";
  }
  const std::string_view rest = std::string_view(row.text).substr(starts[line - 1]);
  std::string_view text = rest.substr(0, rest.find('\n'));
  if (text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace dpc::source
