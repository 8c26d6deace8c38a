// Block style: YAML 1.2.2, chapter 8.
#include <algorithm>

#include "syntax/reader.h"

namespace dpc::syntax {
namespace {

constexpr std::string_view kNoItemHere = "a list item (`- `) cannot stand here";

bool HasTab(std::string_view text) {
  return text.find('\t') != kNowhere;
}

}  // namespace

bool Reader::EndsBefore(Where where, bool crossed) const {
  if (cursor_.AtEnd() || cursor_.AtMarker()) {
    return true;
  }
  const bool list = where.list_at_parent && cursor_.indent() == where.parent && cursor_.IsSign('-') &&
                    cursor_.IndentationTab() == kNowhere;
  return crossed && cursor_.indent() <= where.parent && !list;
}

// NOLINTBEGIN(misc-no-recursion): as deep as TreeBuilder lets collections be, kMaxDepth.

// 8.2.3. The cursor is behind what wants the node. `fresh`: its line has nothing before the node.
void Reader::Node(Where where, bool fresh) {
  const std::size_t from = cursor_.at();
  bool crossed = cursor_.Separate() || fresh;
  Properties outer;
  Properties inner;
  std::size_t begin = from;
  if (!EndsBefore(where, crossed)) {
    begin = cursor_.at();
    while (cursor_.Peek() == '&' || cursor_.Peek() == '!') {
      begin = cursor_.at();
      inner = ReadProperties(false);
      if (!cursor_.Separate()) {
        break;
      }
      crossed = true;
      outer = Merged(outer, inner);
      inner = {};
      begin = cursor_.at();
      if (EndsBefore(where, true)) {
        break;
      }
    }
  }
  if (EndsBefore(where, crossed)) {
    builder_.Null(std::min(from, cursor_.text().size()), Merged(outer, inner));
    return;
  }
  const std::string_view before = cursor_.text().substr(crossed ? cursor_.line() : from);
  const bool may_be_block =
      (crossed || where.beside) && !HasTab(before.substr(0, begin - (crossed ? cursor_.line() : from)));
  Content(where, may_be_block, begin, outer, inner);
}

void Reader::Content(Where where, bool may_be_block, std::size_t begin, const Properties& outer,
                     const Properties& inner) {
  if (BlockCollection(may_be_block, begin, outer, inner)) {
    return;
  }
  if (cursor_.Peek() == '|' || cursor_.Peek() == '>') {
    BlockText(where.parent, Merged(outer, inner));
    return;
  }
  FlowInBlock(where, may_be_block, begin, outer, inner);
}

bool Reader::BlockCollection(bool may_be_block, std::size_t begin, const Properties& outer, const Properties& inner) {
  if (cursor_.IsSign('-') || cursor_.IsSign('?')) {
    if (inner.Any() || !may_be_block) {
      errors_.NotHere(cursor_, cursor_.Peek() == '-' ? kNoItemHere : "a `?` cannot stand here");
    }
    if (cursor_.Peek() == '-') {
      BlockList(outer);
      return true;
    }
    BeginMap(may_be_block, begin, outer);
    ExplicitEntry(levels_.back().column);
    RestOfMap(levels_.back().column);
    return true;
  }
  if (cursor_.IsSign(':')) {
    BeginMap(may_be_block, begin, outer);
    builder_.Null(cursor_.at(), inner);
    Value(levels_.back().column);
    RestOfMap(levels_.back().column);
    return true;
  }
  return false;
}

// 8.2.1.
void Reader::BlockList(const Properties& properties) {
  const int column = cursor_.column();
  const bool at_parent = !levels_.empty() && levels_.back().column == column;
  builder_.Start(NodeKind::Sequence, cursor_.at(), properties);
  levels_.push_back({column, cursor_.at()});
  do {
    levels_.back().entry = cursor_.at();
    has_closed_ = false;
    cursor_.MoveTo(cursor_.at() + 1);
    Node({column, true, false}, false);
    if (NextEntry(column)) {
      if (cursor_.IsSign('-')) {
        continue;
      }
      if (!at_parent) {
        errors_.Fail(cursor_.at(), "this line is not an item (`- `) of the list it stands in");
      }
    }
    break;
  } while (true);
  closed_ = levels_.back();
  has_closed_ = !at_parent;
  levels_.pop_back();
  builder_.End(false);
}

// A line of the list or map at `column` comes next. What fits none of those that are open is refused.
bool Reader::NextEntry(int column) {
  cursor_.Separate();
  if (cursor_.AtEnd() || cursor_.AtMarker()) {
    return false;
  }
  if (const std::size_t tab = cursor_.IndentationTab(); tab != kNowhere) {
    errors_.Tab(tab);
  }
  errors_.CheckSpace(cursor_);
  if (cursor_.indent() > column) {
    errors_.Depth(cursor_, has_closed_ ? closed_.entry : levels_.back().entry);
  }
  return cursor_.indent() == column;
}

void Reader::BeginMap(bool may_be_block, std::size_t begin, const Properties& outer) {
  if (!may_be_block) {
    errors_.NotHere(cursor_, "");
  }
  builder_.Start(NodeKind::Mapping, begin, outer);
  levels_.push_back({static_cast<int>(begin - cursor_.line()), begin});
}

// 8.2.2. The first entry has been read.
void Reader::RestOfMap(int column) {
  while (NextEntry(column)) {
    levels_.back().entry = cursor_.at();
    has_closed_ = false;
    if (cursor_.IsSign('?')) {
      ExplicitEntry(column);
    } else {
      Key();
      Value(column);
    }
  }
  closed_ = levels_.back();
  has_closed_ = true;
  levels_.pop_back();
  builder_.End(false);
}

void Reader::ExplicitEntry(int column) {
  cursor_.MoveTo(cursor_.at() + 1);
  Node({column, true, true}, false);
  if (NextEntry(column) && cursor_.IsSign(':')) {
    cursor_.MoveTo(cursor_.at() + 1);
    Node({column, true, true}, false);
  } else {
    builder_.Null(cursor_.at(), {});
  }
}

void Reader::Value(int column) {
  cursor_.MoveTo(cursor_.at() + 1);
  Node({column, false, true}, false);
}

bool Reader::KeyFollows() {
  cursor_.SkipBlanks();
  return cursor_.IsSign(':');
}

// A key on one line; the cursor ends at its `:`.
void Reader::Key() {
  const std::size_t begin = cursor_.at();
  const std::size_t line = cursor_.line();
  Properties properties;
  if (cursor_.Peek() == '&' || cursor_.Peek() == '!') {
    properties = ReadProperties(false);
  }
  if (cursor_.IsSign('-')) {
    errors_.NotHere(cursor_, kNoItemHere);
  }
  if (cursor_.IsSign(':')) {
    builder_.Null(cursor_.at(), properties);
    return;
  }
  switch (cursor_.Peek()) {
    case '*':
      Alias(properties);
      break;
    case '[':
    case '{':
      FlowCollection(Place::Key, cursor_.indent(), properties);
      break;
    case '"':
    case '\'':
      EmitQuoted(QuotedText(cursor_.indent(), true), properties);
      break;
    default: {
      CheckPlainStart(false);
      const std::size_t at = cursor_.at();
      const std::size_t end = PlainLine(false);
      if (!KeyFollows()) {
        errors_.NoColon(begin, end);
      }
      EmitPlain(at, end, cursor_.text().substr(at, end - at), properties);
    }
  }
  if (!KeyFollows() || cursor_.line() != line) {
    errors_.NoColon(begin, cursor_.at());
  }
}

// 8.2.3, 7.3, 7.4: a text, alias or `[ ]` that may turn out to be the first key of a map.
void Reader::FlowInBlock(Where where, bool may_be_block, std::size_t begin, const Properties& outer,
                         const Properties& inner) {
  const std::size_t line = cursor_.line();
  const std::size_t at = cursor_.at();
  const char first = cursor_.Peek();
  const auto begin_map = [&] {
    if (cursor_.line() != line || !KeyFollows()) {
      return false;
    }
    BeginMap(may_be_block, begin, outer);
    return true;
  };
  const auto rest_of_map = [&] {
    KeyFollows();
    Value(levels_.back().column);
    RestOfMap(levels_.back().column);
  };
  if (first == '*') {
    const Cursor before = cursor_;
    cursor_.MoveTo(cursor_.EndOfName());
    const bool key = begin_map();
    cursor_ = before;
    Alias(key ? inner : Merged(outer, inner));
    return key ? rest_of_map() : EndOfLine("an alias");
  }
  if (first == '[' || first == '{') {
    // As a key it has properties of its own; of keys that are no text nothing is kept.
    if (FlowCollection(Place::Block, where.parent, inner.Any() ? inner : outer)) {
      if (!may_be_block) {
        errors_.NotHere(cursor_, "");
      }
      levels_.push_back({static_cast<int>(begin - cursor_.line()), begin});
      return rest_of_map();
    }
    Merged(outer, inner);
    return EndOfLine("the closing bracket");
  }
  if (first == '"' || first == '\'') {
    Quoted quoted = QuotedText(where.parent, false);
    const bool key = begin_map();
    EmitQuoted(quoted, key ? inner : Merged(outer, inner));
    return key ? rest_of_map() : EndOfLine("the closing quote");
  }
  CheckPlainStart(false);
  const std::size_t end = PlainLine(false);
  std::string_view value = cursor_.text().substr(at, end - at);
  std::string joined;
  const bool key = begin_map();
  if (!key) {
    value = RestOfPlain(value, joined, where.parent, false);
  }
  EmitPlain(at, end, value, key ? inner : Merged(outer, inner));
  return key ? rest_of_map() : EndOfLine("this text");
}

// NOLINTEND(misc-no-recursion)

}  // namespace dpc::syntax
