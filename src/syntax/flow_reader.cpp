// Flow style: YAML 1.2.2, 7.4.
#include "syntax/reader.h"

namespace dpc::syntax {

// NOLINTBEGIN(misc-no-recursion): as deep as TreeBuilder lets collections be, kMaxDepth.

// White space in brackets. Each line is deeper than what the bracket belongs to; only a closing one may be as deep.
void Reader::FlowSeparate(int parent) {
  const bool crossed = cursor_.Separate();
  if (cursor_.AtEnd() || (crossed && cursor_.AtMarker())) {
    errors_.OpenBracket(open_flow_, cursor_.at());
  }
  if (!crossed || cursor_.indent() > parent) {
    return;
  }
  const bool closing = cursor_.Peek() == ']' || cursor_.Peek() == '}';
  if (closing && cursor_.indent() == parent) {
    return;
  }
  if (const std::size_t tab = cursor_.IndentationTab(); tab != kNowhere) {
    errors_.Tab(tab);
  }
  errors_.CheckSpace(cursor_);
  errors_.OpenBracket(open_flow_, cursor_.at());
}

bool Reader::FlowEnds() const {
  const char c = cursor_.Peek();
  return cursor_.AtEnd() || c == ',' || c == ']' || c == '}';
}

// True when it is the key of what comes next; the builder has begun the map then, and the cursor is at the `:`.
bool Reader::FlowCollection(Place place, int parent, const Properties& properties) {
  const std::size_t open = cursor_.at();
  const std::size_t line = cursor_.line();
  const bool map = cursor_.Peek() == '{';
  const bool outermost = open_flow_ == kNowhere;
  open_flow_ = outermost ? open : open_flow_;
  builder_.Start(map ? NodeKind::Mapping : NodeKind::Sequence, open, properties);
  cursor_.MoveTo(open + 1);
  FlowItems(map, parent, open);
  open_flow_ = outermost ? kNowhere : open_flow_;
  const Cursor end = cursor_;
  cursor_.SkipBlanks();
  const bool colon = place == Place::FlowList ? cursor_.Peek() == ':' : place == Place::Block && cursor_.IsSign(':');
  const bool is_key = colon && cursor_.line() == line;
  if (!is_key) {
    cursor_ = end;
  }
  builder_.End(is_key);
  return is_key;
}

void Reader::FlowItems(bool map, int parent, std::size_t open) {
  bool after_item = false;
  while (true) {
    FlowSeparate(parent);
    const char c = cursor_.Peek();
    if (c == (map ? '}' : ']')) {
      cursor_.MoveTo(cursor_.at() + 1);
      return;
    }
    if (c == ',' && after_item) {
      after_item = false;
      cursor_.MoveTo(cursor_.at() + 1);
      continue;
    }
    if (c == ',') {
      errors_.Fail(cursor_.at(), "a `,` without an entry in front of it");
    }
    if (after_item || c == ']' || c == '}') {
      errors_.NoComma(cursor_.at(), open, last_quoted_);
    }
    if (map) {
      FlowMapEntry(parent);
    } else {
      FlowListEntry(parent);
    }
    after_item = true;
  }
}

void Reader::FlowListEntry(int parent) {
  if (cursor_.IsSign('?')) {
    builder_.Start(NodeKind::Mapping, cursor_.at(), {});
    FlowMapEntry(parent);
    builder_.End(false);
    return;
  }
  FlowNode(Place::FlowList, parent);
}

void Reader::FlowMapEntry(int parent) {
  bool json = false;
  if (cursor_.IsSign('?')) {
    cursor_.MoveTo(cursor_.at() + 1);
    FlowSeparate(parent);
  }
  if (FlowEnds() || cursor_.IsFlowColon()) {
    builder_.Null(cursor_.at(), {});
  } else {
    json = FlowNode(Place::FlowMap, parent);
  }
  const Cursor end = cursor_;
  FlowSeparate(parent);
  if (cursor_.IsFlowColon() || (json && cursor_.Peek() == ':')) {
    FlowValue(parent);
  } else {
    builder_.Null(end.at(), {});
  }
}

// The cursor is at the `:`.
void Reader::FlowValue(int parent) {
  cursor_.MoveTo(cursor_.at() + 1);
  const std::size_t at = cursor_.at();
  FlowSeparate(parent);
  if (FlowEnds()) {
    builder_.Null(at, {});
  } else {
    FlowNode(Place::FlowMap, parent);
  }
}

// True for what JSON knows as well: a `:` may follow it without a space behind.
// NOLINTNEXTLINE(readability-function-size): the sorts of nodes, side by side.
bool Reader::FlowNode(Place place, int parent) {
  const std::size_t begin = cursor_.at();
  const std::size_t line = cursor_.line();
  Properties properties;
  if (cursor_.Peek() == '&' || cursor_.Peek() == '!') {
    properties = ReadProperties(true);
    FlowSeparate(parent);
  }
  // In a list, a key on one line makes a map of one entry.
  const auto is_pair = [&](bool json) {
    const Cursor end = cursor_;
    cursor_.SkipBlanks();
    const bool colon = cursor_.IsFlowColon() || (json && cursor_.Peek() == ':');
    if (place == Place::FlowList && colon && cursor_.line() == line) {
      builder_.Start(NodeKind::Mapping, begin, {});
      return true;
    }
    cursor_ = end;
    return false;
  };
  const auto value_of = [&](bool pair) {
    if (pair) {
      cursor_.SkipBlanks();
      FlowValue(parent);
      builder_.End(false);
    }
  };
  const char first = cursor_.Peek();
  if (FlowEnds() || cursor_.IsFlowColon()) {
    const bool pair = is_pair(false);
    builder_.Null(cursor_.at(), properties);
    value_of(pair);
    return false;
  }
  if (first == '[' || first == '{') {
    value_of(FlowCollection(place, parent, properties));
    return true;
  }
  if (first == '"' || first == '\'') {
    Quoted quoted = QuotedText(parent, false);
    const bool pair = is_pair(true);
    EmitQuoted(quoted, properties);
    value_of(pair);
    return true;
  }
  if (first == '*') {
    const Cursor before = cursor_;
    cursor_.MoveTo(cursor_.EndOfName());
    const bool pair = is_pair(false);
    cursor_ = before;
    Alias(properties);
    value_of(pair);
    return false;
  }
  CheckPlainStart(true);
  const std::size_t at = cursor_.at();
  const std::size_t end = PlainLine(true);
  std::string joined;
  const std::string_view value = RestOfPlain(cursor_.text().substr(at, end - at), joined, parent, true);
  const bool pair = is_pair(false);
  EmitPlain(at, end, value, properties);
  value_of(pair);
  return false;
}

// NOLINTEND(misc-no-recursion)

}  // namespace dpc::syntax
