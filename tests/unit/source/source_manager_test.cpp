#include "source/source_manager.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "../property.h"

namespace dpc::source {
namespace {

using LineAndColumn = std::pair<std::uint32_t, std::uint32_t>;

LineAndColumn At(const SourceManager& sources, FileId file, std::size_t offset) {
  const Place place = sources.Locate(LocId(sources.Start(file).offset() + static_cast<std::uint32_t>(offset)));
  return {place.line, place.column};
}

TEST_CASE("places are counted from line 1 and column 1") {
  SourceManager sources;
  const FileId file = sources.Add("a.yaml", "ab\n\ncd");
  CHECK(At(sources, file, 0) == LineAndColumn(1, 1));
  CHECK(At(sources, file, 1) == LineAndColumn(1, 2));
  CHECK(At(sources, file, 2) == LineAndColumn(1, 3));  // the line end
  CHECK(At(sources, file, 3) == LineAndColumn(2, 1));
  CHECK(At(sources, file, 5) == LineAndColumn(3, 2));
  CHECK(At(sources, file, 6) == LineAndColumn(3, 3));  // the end of the file
}

TEST_CASE("columns count code points, not bytes") {
  SourceManager sources;
  const FileId file = sources.Add("a.yaml", "\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80x\n\xC3\xA9y");
  CHECK(At(sources, file, 2) == LineAndColumn(1, 2));
  CHECK(At(sources, file, 5) == LineAndColumn(1, 3));
  CHECK(At(sources, file, 9) == LineAndColumn(1, 4));
  CHECK(At(sources, file, 13) == LineAndColumn(2, 2));
}

TEST_CASE("bytes that are not UTF-8 count as one column each") {
  SourceManager sources;
  const FileId file = sources.Add("a.yaml", "\xFF\xC3(x");
  CHECK(At(sources, file, 3) == LineAndColumn(1, 4));
}

TEST_CASE("a carriage return belongs to the line that it ends") {
  SourceManager sources;
  const FileId file = sources.Add("a.yaml", "ab\r\ncd\r\n");
  CHECK(At(sources, file, 4) == LineAndColumn(2, 1));
  CHECK(sources.Line(file, 1) == "ab");
  CHECK(sources.Line(file, 2) == "cd");
  CHECK(sources.Line(file, 3).empty());
}

TEST_CASE("a byte-order mark takes no column") {
  SourceManager sources;
  const FileId file = sources.Add("a.yaml",
                                  "\xEF\xBB\xBF"
                                  "a: b\nc: d");
  CHECK(At(sources, file, 3) == LineAndColumn(1, 1));
  CHECK(At(sources, file, 4) == LineAndColumn(1, 2));
  CHECK(At(sources, file, 8) == LineAndColumn(2, 1));
}

TEST_CASE("lines end before their line end, and there is none before the first or after the last") {
  SourceManager sources;
  const FileId file = sources.Add("a.yaml", "one\n\nthree");
  CHECK(sources.Line(file, 0).empty());
  CHECK(sources.Line(file, 1) == "one");
  CHECK(sources.Line(file, 2).empty());
  CHECK(sources.Line(file, 3) == "three");
  CHECK(sources.Line(file, 4).empty());
  const FileId empty = sources.Add("b.yaml", "");
  CHECK(sources.Line(empty, 1).empty());
  CHECK(At(sources, empty, 0) == LineAndColumn(1, 1));
}

TEST_CASE("each place belongs to one file, the end of a file to that file") {
  SourceManager sources;
  CHECK_FALSE(sources.FileOf(LocId(0)).has_value());
  const FileId first = sources.Add("a.yaml", "abc");
  const FileId empty = sources.Add("b.yaml", "");
  const FileId last = sources.Add("c.yaml", "x");
  CHECK(sources.FileOf(sources.Start(first)) == first);
  CHECK(sources.FileOf(LocId(sources.Start(first).offset() + 3)) == first);
  CHECK(sources.FileOf(sources.Start(empty)) == empty);
  CHECK(sources.FileOf(sources.Start(last)) == last);
  CHECK_FALSE(sources.FileOf(LocId()).has_value());
  CHECK(sources.Start(first) < sources.Start(empty));
  CHECK(sources.Start(empty) < sources.Start(last));
  CHECK(sources.Locate(sources.Start(last)).path == "c.yaml");
  CHECK(sources.Path(empty) == "b.yaml");
  CHECK(sources.Text(first) == "abc");
  CHECK(sources.size() == 3);
}

// By counting: line ends before it, and characters begun since the last of them.
LineAndColumn Counted(const std::string& text, std::size_t offset) {
  LineAndColumn place(1, 1);
  for (std::size_t at = 0; at < offset; ++at) {
    const bool continues = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    place.second += continues ? 0 : 1;
    if (text[at] == '\n') {
      place = {place.first + 1, 1};
    }
  }
  return place;
}

TEST_CASE("every place of every file is where counting finds it") {
  CHECK(Holds(60, 100, [] {
    const std::vector<std::string> pieces = {"a", " ", "\n", "\r\n", "\xC3\xA9", "\xE6\x97\xA5", "\xF0\x9F\x98\x80"};
    const auto text = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
    std::string all;
    for (const std::string& piece : text) {
      all += piece;
    }
    SourceManager sources;
    sources.Add("a.yaml", *TextOf("x\n", 5));
    const FileId file = sources.Add("b.yaml", all);
    sources.Add("c.yaml", "y\n");
    for (std::size_t offset = 0; offset <= all.size(); ++offset) {
      RC_ASSERT(At(sources, file, offset) == Counted(all, offset));
    }
  }));
}

}  // namespace
}  // namespace dpc::source
