#include "syntax/blank_tabs.h"

#include <algorithm>
#include <cstddef>

namespace dpc::syntax {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

// `|` or `>` with its signs at the end of the line, also before a comment: a block text may begin. Too many are fine.
bool MayBeginBlockText(std::string_view line) {
  for (std::size_t at = line.find_first_of("|>"); at != kNowhere; at = line.find_first_of("|>", at + 1)) {
    const std::size_t signs = line.find_first_not_of("+-0123456789", at + 1);
    const std::size_t end = line.find_first_not_of(" \t\r", signs);
    if (signs == kNowhere || end == kNowhere || (line[end] == '#' && end > signs)) {
      return true;
    }
  }
  return false;
}

// Goes over the lines in order, and knows which of them a block text may own.
class Lines {
 public:
  // The white space in front of a line whose tabs mean nothing; 0 for any other line.
  std::size_t IdleIndentation(std::string_view line) {
    const std::size_t depth = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t content = std::min(line.find_first_not_of(" \t\r"), line.size());
    const bool comment = content < line.size() && line[content] == '#';
    const bool has_tab = line.substr(0, content).find('\t') != kNowhere;
    if (content == line.size() || (comment && has_tab)) {
      return in_block_ || !has_tab ? 0 : content;
    }
    if (in_block_ && depth > block_) {
      return 0;
    }
    in_block_ = !comment && MayBeginBlockText(line);
    // A header on a line of its own says nothing about how deep its text is.
    block_ = std::string_view("|>!&").find(line[content]) == kNowhere ? depth : 0;
    return 0;
  }

 private:
  bool in_block_ = false;
  std::size_t block_ = 0;  // what is deeper may belong to the block text
};

}  // namespace

std::optional<std::string> WithoutBlankTabs(std::string_view text) {
  std::optional<std::string> out;
  Lines lines;
  if (text.find('\t') == kNowhere) {
    return out;
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (const std::size_t idle = lines.IdleIndentation(text.substr(begin, end - begin)); idle != 0) {
      if (!out) {
        out = text;
      }
      std::replace(out->begin() + static_cast<std::ptrdiff_t>(begin),
                   out->begin() + static_cast<std::ptrdiff_t>(begin + idle), '\t', ' ');
    }
    begin = end + 1;
  }
  return out;
}

}  // namespace dpc::syntax
