#include "syntax/tree_builder.h"

#include <algorithm>

#include "syntax/diagnostics.h"
#include "syntax/parse.h"

namespace dpc::syntax {
namespace {

std::size_t EndOfLine(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') {
    ++at;
  }
  return at;
}

}  // namespace

std::string_view TreeBuilder::ByText::Of(Index node) const {
  return std::string_view(tree->text).substr(tree->nodes[node].begin, tree->nodes[node].size);
}

TreeBuilder::TreeBuilder(SyntaxTree::Body& tree, std::string_view text, LocId start, Emitter& emitter)
    : tree_(tree), text_(text), start_(start), emitter_(emitter) {}

void TreeBuilder::BeginPiece(std::size_t offset, bool resumed) {
  piece_begin_ = offset;
  resumed_ = resumed;
}

void TreeBuilder::CloseDamaged() {
  cut_off_ = true;
  while (!open_.empty()) {
    End(false);
  }
  cut_off_ = false;
  if (!in_document_) {
    // The error came before any node: an empty document stands for it.
    StartDocument();
  }
  EndDocument();
  tree_.documents.back().damaged = true;
}

void TreeBuilder::StartDocument() {
  in_document_ = true;
  has_root_ = false;
  anchors_.clear();
  aliased_ = 0;
}

void TreeBuilder::EndDocument() {
  if (!has_root_) {
    root_ = NewNode({NodeKind::Null, ScalarType::Null, At(piece_begin_, 0), 0, 0});
  }
  tree_.documents.push_back({root_, false, resumed_});
  resumed_ = false;
  in_document_ = false;
}

Range TreeBuilder::At(std::size_t begin, std::size_t length) {
  return {LocId(static_cast<std::uint32_t>(begin)), static_cast<std::uint32_t>(length)};
}

Range TreeBuilder::Shown(Range range) const {
  return {LocId(start_.offset() + range.begin.offset()), range.length};
}

Range TreeBuilder::LineRange(std::size_t begin) const {
  if (begin < line_.begin || begin > line_.end) {
    line_ = {begin, EndOfLine(text_, begin)};
  }
  std::size_t end = std::max(begin, line_.end);
  while (end > begin && (text_[end - 1] == ' ')) {
    --end;
  }
  return At(begin, end - begin);
}

void TreeBuilder::CheckTag(std::string_view tag, Range range) {
  const bool core = tag.starts_with(kCoreTags);
  const std::string_view name = core ? tag.substr(kCoreTags.size()) : tag;
  if (!tag.empty() && tag != "!" && !(core && (name == "str" || name == "map" || name == "seq"))) {
    emitter_.Report(kCustomTag, Shown(range), core ? "!!" + std::string(name) : std::string(tag));
  }
}

TreeBuilder::Index TreeBuilder::NewNode(const SyntaxTree::Node& node) {
  tree_.nodes.push_back(node);
  return static_cast<Index>(tree_.nodes.size() - 1);
}

// A tag makes an empty text of what is not there.
void TreeBuilder::Null(std::size_t at, const Properties& properties) {
  if (!properties.tag.empty()) {
    Scalar(At(at, 0), ScalarType::Text, "", properties);
    return;
  }
  Place(NewNode({NodeKind::Null, ScalarType::Null, At(at, 0), 0, 0}), 1, properties.anchor);
}

void TreeBuilder::Plain(std::size_t begin, std::size_t length, std::string_view value, const Properties& properties) {
  const ScalarType type = properties.tag.empty() ? CoreType(value) : ScalarType::Text;
  if (type == ScalarType::Null) {
    Null(begin, properties);
    return;
  }
  Scalar(At(begin, length), type, value, properties);
}

void TreeBuilder::Text(std::size_t begin, std::size_t length, std::string_view value, const Properties& properties) {
  Range range = LineRange(begin);
  range.length = static_cast<std::uint32_t>(std::min<std::size_t>(range.length, length));
  Scalar(range, ScalarType::Text, value, properties);
}

void TreeBuilder::Scalar(Range range, ScalarType type, std::string_view value, const Properties& properties) {
  CheckTag(properties.tag, range);
  const Index node = NewNode({NodeKind::Scalar, type, range, static_cast<std::uint32_t>(tree_.text.size()),
                              static_cast<std::uint32_t>(value.size())});
  tree_.text += value;
  Place(node, 1, properties.anchor);
}

bool TreeBuilder::Alias(std::size_t at, std::string_view name) {
  const Range range = At(at, name.size() + 1);
  const auto found = anchors_.find(name);
  if (found == anchors_.end()) {
    const bool open = std::any_of(open_.begin(), open_.end(), [&](const Open& it) { return it.anchor == name; });
    if (open) {
      emitter_.Report(kAliasInsideItself, Shown(range));
      throw StopParsing{at};
    }
    return false;
  }
  const auto [target, expanded] = found->second;
  aliased_ += expanded;
  if (aliased_ > kMaxAliasedNodes) {
    emitter_.Report(kTooManyAliases, Shown(range), kMaxAliasedNodes);
    throw StopParsing{at, true};
  }
  SyntaxTree::Node node = tree_.nodes[target];
  node.range = range;
  Place(NewNode(node), expanded, {});
  return true;
}

void TreeBuilder::Start(NodeKind kind, std::size_t at, const Properties& properties) {
  const Range range = LineRange(at);
  if (open_.size() >= kMaxDepth) {
    emitter_.Report(kTooDeep, Shown(range), kMaxDepth);
    throw StopParsing{at};
  }
  CheckTag(properties.tag, range);
  const Index node = NewNode({kind, ScalarType::Text, range, 0, 0});
  // An anchor that is set anew marks nothing until its node is complete.
  if (!properties.anchor.empty()) {
    anchors_.erase(properties.anchor);
  }
  open_.push_back({node, pending_.size(), nullptr, false, properties.anchor, 1});
}

void TreeBuilder::End(bool is_key) {
  Open closed = std::move(open_.back());
  open_.pop_back();
  SyntaxTree::Node& node = tree_.nodes[closed.node];
  if (node.kind == NodeKind::Mapping && Children(closed) % 2 != 0) {
    // Cut off between key and value by a syntax error.
    pending_.push_back(NewNode({NodeKind::Null, ScalarType::Null, tree_.nodes[pending_.back()].range, 0, 0}));
  }
  SyntaxTree::Node& complete = tree_.nodes[closed.node];
  complete.begin = static_cast<std::uint32_t>(tree_.children.size());
  complete.size = static_cast<std::uint32_t>(Children(closed));
  const auto first = pending_.begin() + static_cast<std::ptrdiff_t>(closed.first_child);
  tree_.children.insert(tree_.children.end(), first, pending_.end());
  pending_.resize(closed.first_child);
  if (is_key) {
    Start(NodeKind::Mapping, tree_.nodes[closed.node].range.begin.offset(), {});
  }
  Place(closed.node, closed.expanded, closed.anchor);
}

void TreeBuilder::Place(Index node, std::size_t expanded, std::string_view anchor) {
  if (!anchor.empty()) {
    anchors_.insert_or_assign(anchor, std::pair(node, expanded));
  }
  if (open_.empty()) {
    root_ = node;
    has_root_ = true;
    return;
  }
  Open& parent = open_.back();
  parent.expanded += expanded;
  if (tree_.nodes[parent.node].kind == NodeKind::Sequence || Accept(parent, node)) {
    pending_.push_back(node);
  }
}

bool TreeBuilder::Accept(Open& parent, Index node) {
  if (parent.drop_value) {
    parent.drop_value = false;
    return false;
  }
  if (Children(parent) % 2 != 0) {
    return true;
  }
  parent.drop_value = !IsUniqueKey(parent, node);
  return !parent.drop_value;
}

bool TreeBuilder::IsInsideKey() const {
  for (std::size_t i = 1; i < open_.size(); ++i) {
    const Open& outer = open_[i - 1];
    const std::size_t children = open_[i].first_child - outer.first_child;
    if (tree_.nodes[outer.node].kind == NodeKind::Mapping && !outer.drop_value && children % 2 == 0) {
      return true;
    }
  }
  return false;
}

void TreeBuilder::RefuseKey(const SyntaxTree::Node& key) {
  const std::size_t at = key.range.begin.offset();
  if (key.kind == NodeKind::Mapping && at > 0 && text_.substr(at - 1, 2) == "{{") {
    throw TemplateFound{at - 1};
  }
  // It holds one that has been refused.
  const bool known = refused_ != kNoPlace && refused_ >= at && key.kind != NodeKind::Null;
  refused_ = at;
  if (known) {
    return;
  }
  const std::string_view what = key.kind == NodeKind::Null       ? "empty"
                                : key.kind == NodeKind::Sequence ? "a list"
                                                                 : "a map";
  emitter_.Report(kKeyNotText, Shown(key.range), what);
}

bool TreeBuilder::IsUniqueKey(Open& parent, Index node) {
  const SyntaxTree::Node key = tree_.nodes[node];
  if (key.kind != NodeKind::Scalar) {
    if (!cut_off_ && !IsInsideKey()) {
      RefuseKey(key);
    }
    return false;
  }
  const auto first = FindKey(parent, node);
  if (first) {
    emitter_.Report(kDuplicateKey, Shown(key.range), ByText{&tree_}.Of(node))
        .Label(Shown(tree_.nodes[*first].range), "first given here");
  }
  return !first;
}

std::optional<TreeBuilder::Index> TreeBuilder::FindKey(Open& parent, Index node) const {
  // More than these are not compared with each other.
  constexpr std::size_t kFew = 32;
  const ByText by_text{&tree_};
  if (!parent.keys && Children(parent) <= kFew) {
    for (std::size_t at = parent.first_child; at < pending_.size(); at += 2) {
      if (by_text.Of(pending_[at]) == by_text.Of(node)) {
        return pending_[at];
      }
    }
    return std::nullopt;
  }
  if (!parent.keys) {
    parent.keys = std::make_unique<std::set<Index, ByText>>(by_text);
    for (std::size_t at = parent.first_child; at < pending_.size(); at += 2) {
      parent.keys->insert(pending_[at]);
    }
  }
  const auto [known, added] = parent.keys->insert(node);
  return added ? std::nullopt : std::optional(*known);
}

}  // namespace dpc::syntax
