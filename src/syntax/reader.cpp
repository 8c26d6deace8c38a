#include "syntax/reader.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::syntax {
namespace {

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(" \t"); at != kNowhere; at = line.find_first_not_of(" \t", at)) {
    if (line[at] == '#') {
      break;
    }
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool IsVersion(std::string_view text, std::string_view major) {
  const std::size_t dot = text.find('.');
  return dot != kNowhere && (major.empty() || text.substr(0, dot) == major) && IsDigits(text.substr(0, dot)) &&
         IsDigits(text.substr(dot + 1));
}

}  // namespace

void Reader::Run() {
  bool may_direct = true;
  while (Document(may_direct)) {
  }
}

// 9.1, 9.2. False at the end of the stream.
bool Reader::Document(bool& may_direct) {
  if (cursor_.at() == cursor_.line() && cursor_.text().substr(cursor_.at()).starts_with("\xEF\xBB\xBF")) {
    cursor_ = Cursor(cursor_.text(), cursor_.at() + 3);
  }
  cursor_.Separate();
  const bool directed = may_direct && cursor_.column() == 0 && cursor_.Peek() == '%' && Directives();
  if (cursor_.AtEnd() && !directed) {
    return false;
  }
  if (cursor_.AtMarker("...") && !directed) {
    cursor_.MoveTo(cursor_.at() + 3);
    EndOfLine("the end of a document");
    may_direct = true;
    return true;
  }
  const bool marked = cursor_.AtMarker("---");
  if (!marked && directed) {
    errors_.Fail(cursor_.at(), "`---` must follow the lines that begin with `%`");
  }
  builder_.StartDocument();
  cursor_.MoveTo(cursor_.at() + (marked ? 3 : 0));
  Node({}, !marked);
  cursor_.Separate();
  if (!cursor_.AtEnd() && !cursor_.AtMarker()) {
    errors_.Fail(cursor_.at(), "this cannot stand here: the document has ended");
  }
  builder_.EndDocument();
  may_direct = false;
  return true;
}

// 6.8. What other programs may mean by a directive is none of ours, and passed over, as the standard asks.
bool Reader::Directives() {
  handles_.clear();
  bool versioned = false;
  while (cursor_.column() == 0 && cursor_.Peek() == '%') {
    const std::size_t at = cursor_.at();
    cursor_.SkipToBreak();
    const auto words = Words(cursor_.text().substr(at, cursor_.at() - at));
    if (words[0] == "%YAML") {
      if (versioned) {
        errors_.Fail(at, "`%YAML` is given twice; both lines can go");
      }
      versioned = true;
      YamlDirective(at, words);
    } else if (words[0] == "%TAG") {
      TagDirective(at, words);
    }
    cursor_.Separate();
  }
  return true;
}

void Reader::YamlDirective(std::size_t at, const std::vector<std::string_view>& words) {
  if (words.size() != 2) {
    errors_.Fail(at, "`%YAML` takes one version; the line can go");
  }
  if (!IsVersion(words[1], "")) {
    errors_.Fail(at, "`%YAML` takes a version like `1.2`; the line can go");
  }
  if (!IsVersion(words[1], "1")) {
    errors_.Fail(at, "this version of YAML is not known; the line can go");
  }
}

void Reader::TagDirective(std::size_t at, const std::vector<std::string_view>& words) {
  if (words.size() != 3 || words[1].front() != '!' || words[1].back() != '!') {
    errors_.Fail(at, "`%TAG` takes a handle and a prefix; the line can go");
  }
  if (!handles_.emplace(words[1], words[2]).second) {
    errors_.Fail(at, "`%TAG` is given twice for one handle");
  }
}

// What may stand behind something that is complete: nothing, or a comment.
void Reader::EndOfLine(std::string_view what) {
  cursor_.SkipBlanks();
  if (cursor_.AtBreak() || cursor_.AtComment()) {
    return;
  }
  if (cursor_.IsSign(':')) {
    errors_.Colon(cursor_, levels_.empty() ? kNowhere : levels_.back().entry);
  }
  if (cursor_.Peek() == '#') {
    errors_.Fail(cursor_.at(), "a comment begins with a space in front of `#`");
  }
  errors_.Trailing(cursor_.at(), what, last_quoted_);
}

// 6.9. Anchor and tag of one node, on one line.
Properties Reader::ReadProperties(bool flow) {
  Properties properties;
  properties.begin = cursor_.at();
  while (cursor_.Peek() == '&' || cursor_.Peek() == '!') {
    if (cursor_.Peek() == '&') {
      ReadAnchor(properties);
    } else {
      ReadTag(properties);
    }
    if (!cursor_.SpaceAt(0) && !(flow && IsFlowSign(cursor_.Peek()))) {
      errors_.Fail(cursor_.at(), "a tag cannot hold this character; quote a text that begins with `!`");
    }
    cursor_.SkipBlanks();
  }
  return properties;
}

void Reader::ReadAnchor(Properties& properties) {
  const std::size_t at = cursor_.at();
  const std::size_t end = cursor_.EndOfName();
  if (!properties.anchor.empty()) {
    errors_.Fail(at, "two anchors on one value");
  }
  if (end == at + 1) {
    errors_.Fail(at, "a name must follow `&`; quote a text that begins with it");
  }
  properties.anchor = cursor_.text().substr(at + 1, end - at - 1);
  cursor_.MoveTo(end);
}

// 6.8.2, 6.9.1: resolved, so that `!!str` is one tag however it is written. `!` alone is `!`.
void Reader::ReadTag(Properties& properties) {
  const std::string_view text = cursor_.text();
  const std::size_t at = cursor_.at();
  if (!properties.tag.empty()) {
    errors_.Fail(at, "two tags on one value");
  }
  if (cursor_.Peek(1) == '<') {
    const std::size_t end = text.find_first_of("> \t\r\n", at);
    if (end == kNowhere || text[end] != '>' || end == at + 2) {
      errors_.Fail(at, "a `!<` is not closed by `>`");
    }
    properties.tag = text.substr(at + 2, end - at - 2);
    cursor_.MoveTo(end + 1);
    return;
  }
  const std::size_t end = cursor_.EndOfName();
  const std::string_view tag = text.substr(at, end - at);
  const std::size_t second = tag.find('!', 1);
  const std::string_view handle = tag.substr(0, second == kNowhere ? 1 : second + 1);
  const std::string_view suffix = tag.substr(handle.size());
  const auto known = handles_.find(handle);
  if (suffix.find('!') != kNowhere || (suffix.empty() && handle != "!")) {
    errors_.Fail(at, "a name must follow the tag's `!`");
  }
  if (known == handles_.end() && handle.size() > 2) {
    errors_.Fail(at, "the handle of this tag is not set by `%TAG` in this document");
  }
  if (tag == "!") {
    properties.tag = tag;
  } else {
    properties.tag = (known != handles_.end() ? known->second : handle == "!!" ? std::string(kCoreTags) : "!");
    properties.tag += suffix;
  }
  cursor_.MoveTo(end);
}

Properties Reader::Merged(const Properties& outer, const Properties& inner) {
  if (!outer.anchor.empty() && !inner.anchor.empty()) {
    errors_.Fail(inner.begin, "two anchors on one value");
  }
  if (!outer.tag.empty() && !inner.tag.empty()) {
    errors_.Fail(inner.begin, "two tags on one value");
  }
  return {std::min(outer.begin, inner.begin), outer.anchor.empty() ? inner.anchor : outer.anchor,
          outer.tag.empty() ? inner.tag : outer.tag};
}

// 7.1.
void Reader::Alias(const Properties& properties) {
  const std::size_t at = cursor_.at();
  const std::size_t end = cursor_.EndOfName();
  if (properties.Any()) {
    errors_.Fail(at, "an alias (`*name`) cannot have a value of its own");
  }
  if (end == at + 1) {
    errors_.Fail(at, "a name must follow `*`; quote a text that begins with it");
  }
  if (!builder_.Alias(at, cursor_.text().substr(at + 1, end - at - 1))) {
    errors_.UnknownAnchor(at, end);
  }
  cursor_.MoveTo(end);
}

}  // namespace dpc::syntax
