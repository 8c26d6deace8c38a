// A place in the text of one file that knows its line. Private to `syntax`.
#pragma once

#include <cstddef>
#include <string_view>

namespace dpc::syntax {

inline constexpr std::size_t kNowhere = std::string_view::npos;

inline bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

inline bool IsBreak(char c) {
  return c == '\n' || c == '\r';
}

inline bool IsFlowSign(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

// Columns count bytes from 0: what stands in front of a column that matters is ASCII.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at), line_(at) { MeasureLine(); }

  std::string_view text() const { return text_; }

  std::size_t at() const { return at_; }

  // Within the line.
  void MoveTo(std::size_t at) { at_ = at; }

  std::size_t line() const { return line_; }

  int column() const { return static_cast<int>(at_ - line_); }

  // Spaces at the beginning of the line. A tab ends them: it has no depth.
  int indent() const { return static_cast<int>(indent_); }

  bool AtEnd() const { return at_ >= text_.size(); }

  bool AtBreak() const { return AtEnd() || IsBreak(text_[at_]); }

  // '\0' behind the end: no text that is read holds one.
  char Peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  // What is `ahead` bytes away ends a word.
  bool SpaceAt(std::size_t ahead) const { return at_ + ahead >= text_.size() || IsSpace(text_[at_ + ahead]); }

  // `-`, `?` or `:` that says something in block style.
  bool IsSign(char sign) const { return Peek() == sign && !AtEnd() && SpaceAt(1); }

  // The same in flow style, where a bracket may follow as well.
  bool IsFlowColon() const { return Peek() == ':' && (SpaceAt(1) || IsFlowSign(Peek(1))); }

  // `---` or `...` at the beginning of the line.
  bool AtMarker(std::string_view marker) const { return at_ == line_ && text_.substr(at_, 3) == marker && SpaceAt(3); }

  bool AtMarker() const { return AtMarker("---") || AtMarker("..."); }

  // The first tab in front of what the line holds; kNowhere when there is none.
  std::size_t IndentationTab() const {
    const std::size_t tab = line_ + indent_;
    return tab < text_.size() && text_[tab] == '\t' ? tab : kNowhere;
  }

  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) {
      ++at_;
    }
  }

  // Past the line's end, when the cursor is there.
  void NextLine() {
    at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    line_ = at_;
    MeasureLine();
  }

  // A `#` here begins a comment.
  bool AtComment() const { return Peek() == '#' && (at_ == line_ || IsBlank(text_[at_ - 1])); }

  // Of an anchor, alias or tag.
  std::size_t EndOfName() const {
    std::size_t end = at_;
    while (end < text_.size() && !IsSpace(text_[end]) && !IsFlowSign(text_[end])) {
      ++end;
    }
    return end;
  }

  void SkipToBreak() {
    while (at_ < text_.size() && !IsBreak(text_[at_])) {
      ++at_;
    }
  }

  // Past white space, comments and line ends to the next thing that says something. True when a line ended.
  bool Separate() {
    bool crossed = false;
    while (true) {
      SkipBlanks();
      if (AtComment()) {
        SkipToBreak();
      }
      if (AtEnd() || !AtBreak()) {
        return crossed;
      }
      NextLine();
      crossed = true;
    }
  }

 private:
  static bool IsSpace(char c) { return IsBlank(c) || IsBreak(c); }

  void MeasureLine() {
    const std::size_t content = text_.find_first_not_of(' ', line_);
    indent_ = (content == kNowhere ? text_.size() : content) - line_;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t line_;
  std::size_t indent_ = 0;
};

}  // namespace dpc::syntax
