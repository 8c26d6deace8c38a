// Owns the text of every input of one run and turns a LocId into file, line and column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/location.h"

namespace dpc::source {

using FileId = Id<struct FileTag>;

// As people count: from 1. The column counts code points, as SARIF's unicodeCodePoints.
struct Place {
  std::string_view path;  // lives as long as the manager
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// Files must be added in path order: the order of LocIds is the order of the report.
class SourceManager {
 public:
  // Throws EnvironmentError when all inputs together exceed 4 GiB.
  FileId Add(std::string path, std::string text);

  std::size_t size() const { return files_.size(); }

  std::string_view Path(FileId file) const;
  std::string_view Text(FileId file) const;
  // The place of the first byte of the file.
  LocId Start(FileId file) const;

  // None for a LocId without value.
  FileId FileOf(LocId location) const;
  // `location` must have a value.
  Place Locate(LocId location) const;
  // The bytes of a 1-based line, without its line end.
  std::string_view Line(FileId file, std::uint32_t line) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::uint32_t begin = 0;
    // Made when first asked for; reporting is single-threaded.
    mutable std::vector<std::uint32_t> line_starts;
    mutable std::vector<std::uint32_t> points;  // code points before every kStride-th byte: a line may have megabytes
  };

  static const std::vector<std::uint32_t>& LineStarts(const File& file);
  // How many code points begin before a byte.
  static std::uint32_t PointsBefore(const File& file, std::size_t offset);

  std::vector<File> files_;
  std::uint64_t next_ = 0;
};

}  // namespace dpc::source
