// `|` and `>`: YAML 1.2.2, 8.1.
#include <algorithm>

#include "syntax/reader.h"

namespace dpc::syntax {
namespace {

// Puts the lines of a block text together, as its header asks.
class Lines {
 public:
  Lines(bool literal, char chomping) : literal_(literal), chomping_(chomping) {}

  void Add(std::string_view line) {
    const bool more = !line.empty() && IsBlank(line[0]);
    const bool folds = !literal_ && !more && !after_more_;
    if (any_ && folds && breaks_ == 1) {
      value_ += ' ';
    } else {
      value_.append(any_ && folds ? breaks_ - 1 : breaks_, '\n');
    }
    value_ += line;
    any_ = true;
    after_more_ = more;
    breaks_ = 0;
  }

  void Break() { ++breaks_; }

  std::string Value() && {
    if (chomping_ == '+') {
      value_.append(breaks_, '\n');
    } else if (chomping_ != '-' && any_ && breaks_ != 0) {
      value_ += '\n';
    }
    return std::move(value_);
  }

 private:
  bool literal_;
  char chomping_;
  std::string value_;
  std::size_t breaks_ = 0;  // since the last line that holds something
  bool any_ = false;
  bool after_more_ = false;
};

}  // namespace

// 8.1.1. The cursor ends at the end of the header's line; how deep it says that the text is, or 0.
Reader::Header Reader::BlockHeader() {
  Header header{cursor_.Peek() == '|', ' ', 0};
  cursor_.MoveTo(cursor_.at() + 1);
  for (int i = 0; i < 2; ++i) {
    const char c = cursor_.Peek();
    if ((c == '+' || c == '-') && header.chomping == ' ') {
      header.chomping = c;
    } else if (c >= '1' && c <= '9' && header.depth == 0) {
      header.depth = c - '0';
    } else {
      break;
    }
    cursor_.MoveTo(cursor_.at() + 1);
  }
  cursor_.SkipBlanks();
  if (!cursor_.AtBreak() && !cursor_.AtComment()) {
    errors_.Fail(cursor_.at(), "after `|` or `>` the text begins on the next line; quote a text that begins with them");
  }
  cursor_.SkipToBreak();
  return header;
}

// 8.1.1.1: as deep as its first line that holds something. The cursor is at the text's first line, and stays there.
int Reader::BlockDepth(int parent) {
  const Cursor begin = cursor_;
  int deepest = 0;
  std::size_t deepest_at = cursor_.at();
  while (!cursor_.AtEnd()) {
    cursor_.MoveTo(cursor_.line() + static_cast<std::size_t>(cursor_.indent()));
    if (!cursor_.AtBreak()) {
      break;
    }
    if (cursor_.indent() > deepest) {
      deepest = cursor_.indent();
      deepest_at = cursor_.at();
    }
    if (cursor_.AtEnd()) {
      break;
    }
    cursor_.NextLine();
  }
  const bool empty = cursor_.AtEnd() || cursor_.indent() <= parent;
  const int depth = empty ? std::max(deepest, parent + 1) : cursor_.indent();
  if (!empty && deepest > depth) {
    errors_.Fail(deepest_at, "an empty line in front of a text is deeper than the text");
  }
  cursor_ = begin;
  return depth;
}

// A line that holds nothing but tabs ends the text where they stand too early; what goes on behind is not meant so.
void Reader::CheckBlankTabs(int depth, bool begun) {
  const std::size_t tab = cursor_.IndentationTab();
  if (tab == kNowhere) {
    return;
  }
  const Cursor end = cursor_;
  cursor_.SkipBlanks();
  if (!begun && cursor_.AtBreak()) {
    errors_.Tab(tab);
  }
  while (!cursor_.AtEnd() && cursor_.AtBreak()) {
    cursor_.NextLine();
    cursor_.SkipBlanks();
  }
  if (!cursor_.AtEnd() && cursor_.line() != end.line() && cursor_.indent() >= depth && cursor_.Peek() != '#') {
    errors_.Fail(tab, "a tab in the indentation of a text: remove it, or replace it by spaces");
  }
  cursor_ = end;
}

void Reader::BlockText(int parent, const Properties& properties) {
  const std::size_t begin = cursor_.at();
  const Header header = BlockHeader();
  Lines lines(header.literal, header.chomping);
  if (!cursor_.AtEnd()) {
    cursor_.NextLine();
    const int depth = header.depth != 0 ? std::max(parent, 0) + header.depth : BlockDepth(parent);
    ReadBlockLines(
        depth, [&](std::string_view line) { lines.Add(line); }, [&] { lines.Break(); });
  }
  const std::string value = std::move(lines).Value();
  builder_.Text(begin, kNowhere, value, properties);
}

template <class Add, class Break>
void Reader::ReadBlockLines(int depth, const Add& add, const Break& end_line) {
  const std::string_view text = cursor_.text();
  bool begun = false;
  while (!cursor_.AtEnd() && !cursor_.AtMarker()) {
    const int indent = std::min(cursor_.indent(), depth);
    cursor_.MoveTo(cursor_.line() + static_cast<std::size_t>(indent));
    if (!cursor_.AtBreak()) {
      if (indent < depth) {
        CheckBlankTabs(depth, begun);
        cursor_.MoveTo(cursor_.line());
        return;
      }
      const std::size_t at = cursor_.at();
      cursor_.SkipToBreak();
      add(text.substr(at, cursor_.at() - at));
      begun = true;
    }
    // The end of the file ends a line of white space (as the suite of YAML has it), and no line of text (8.1.1.2).
    if (cursor_.AtEnd() && (cursor_.at() == cursor_.line() || !IsBlank(text.back()))) {
      return;
    }
    end_line();
    if (cursor_.AtEnd()) {
      return;
    }
    cursor_.NextLine();
  }
}

}  // namespace dpc::syntax
