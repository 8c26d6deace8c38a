// Text for people, within a width: wrapped lines and aligned columns. Private to `cli`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dpc::cli {

// Columns that a terminal gives to most texts: one for each code point.
std::size_t TextWidth(std::string_view text);

// `text` broken at spaces into lines of at most `width`, those after the first with `indent` spaces in front. A word
// that is longer stands on a line of its own.
std::string Wrap(std::string_view text, std::size_t width, std::size_t indent);

// Help: a line that is too wide goes on below where its last column begins (after two spaces), else below its first
// word.
std::string WrapHelp(std::string_view text, std::size_t width);

// Markdown: paragraphs and items are filled anew; headings, tables and what is in fences or indented by four stay.
std::string WrapMarkdown(std::string_view text, std::size_t width);

// Lines of cells, the first in capital letters as the head, two spaces apart. The last column is wrapped within the
// width. A column without any text below its head is left out.
std::string TableText(const std::vector<std::vector<std::string>>& lines, std::size_t width);

}  // namespace dpc::cli
