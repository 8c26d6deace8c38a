#include "syntax/tree_builder.h"

#include <algorithm>

#include "syntax/diagnostics.h"
#include "syntax/parse.h"

namespace dpc::syntax {

TreeBuilder::TreeBuilder(SyntaxTree& tree, source::FileId file, std::string_view text, LocId start, Emitter& emitter)
    : tree_(tree), text_(text), start_(start), emitter_(emitter) {
  tree_.file_ = file;
}

void TreeBuilder::BeginPiece(std::size_t offset, bool resumed) {
  offset_ = offset;
  resumed_ = resumed;
  last_event_ = offset;
  piece_documents_ = false;
}

void TreeBuilder::CloseDamaged() {
  cut_off_ = true;
  while (!open_.empty()) {
    CloseCollection();
  }
  cut_off_ = false;
  if (in_document_) {
    OnDocumentEnd();
  } else {
    // The error came before any node: an empty document stands for it.
    tree_.nodes_.push_back({NodeKind::Null, false, At(last_event_, 0), 0, 0});
    tree_.documents_.push_back({static_cast<Index>(tree_.nodes_.size() - 1), false, resumed_});
  }
  tree_.documents_.back().damaged = true;
}

std::optional<std::size_t> TreeBuilder::open_flow() const {
  const auto found = std::find_if(open_.begin(), open_.end(), [](const Open& open) { return open.flow.has_value(); });
  return found == open_.end() ? std::nullopt : found->flow;
}

void TreeBuilder::MarkDamaged(std::size_t offset) {
  for (std::size_t i = tree_.documents_.size(); i > 0; --i) {
    SyntaxTree::Document& document = tree_.documents_[i - 1];
    if (i == 1 || tree_.nodes_[document.root].range.begin.offset() - start_.offset() <= offset) {
      document.damaged = true;
      return;
    }
  }
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  const std::size_t begin = Offset(mark);
  if (!tree_.documents_.empty() && piece_documents_ && begin == document_begin_) {
    emitter_.Report(kYamlSyntax, At(begin, begin < text_.size() ? 1 : 0),
                    "this cannot stand here: the document has ended");
    throw StopParsing();
  }
  document_begin_ = begin;
  piece_documents_ = true;
  in_document_ = true;
  has_root_ = false;
  anchors_.clear();
  aliased_ = 0;
}

void TreeBuilder::OnDocumentEnd() {
  if (!has_root_) {
    tree_.nodes_.push_back({NodeKind::Null, false, At(last_event_, 0), 0, 0});
    root_ = static_cast<Index>(tree_.nodes_.size() - 1);
  }
  tree_.documents_.push_back({root_, false, resumed_});
  resumed_ = false;
  in_document_ = false;
}

std::size_t TreeBuilder::Offset(const YAML::Mark& mark) {
  const std::size_t offset = std::min(text_.size(), offset_ + static_cast<std::size_t>(std::max(0, mark.pos)));
  last_event_ = offset;
  events_.push_back(offset);
  return offset;
}

std::size_t TreeBuilder::ContentOffset(std::size_t offset) const {
  std::size_t at = offset;
  while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
    at = text_.find_first_of(" \t\r\n", at);
    at = at == std::string_view::npos ? at : text_.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos) {
      return offset;
    }
  }
  return at;
}

Range TreeBuilder::At(std::size_t begin, std::size_t length) const {
  return {LocId(start_.offset() + static_cast<std::uint32_t>(begin)), static_cast<std::uint32_t>(length)};
}

Range TreeBuilder::LineRange(std::size_t begin) const {
  std::size_t end = std::min(text_.find('\n', begin), text_.size());
  while (end > begin && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) {
    --end;
  }
  return At(begin, end - begin);
}

std::size_t TreeBuilder::ClosingQuote(std::size_t begin) const {
  const char quote = text_[begin];
  for (std::size_t at = begin + 1; at < text_.size(); ++at) {
    if (quote == '"' && text_[at] == '\\') {
      ++at;
    } else if (text_[at] == quote) {
      const bool doubled = quote == '\'' && at + 1 < text_.size() && text_[at + 1] == quote;
      if (!doubled) {
        return at;
      }
      ++at;
    }
  }
  return std::string_view::npos;
}

std::uint32_t TreeBuilder::ScalarLength(std::size_t begin, const std::string& value, bool delimited) const {
  const std::uint32_t line = LineRange(begin).length;
  if (!delimited) {
    return text_.substr(begin).starts_with(value) ? static_cast<std::uint32_t>(value.size()) : line;
  }
  if (text_[begin] != '"' && text_[begin] != '\'') {
    return line;
  }
  return static_cast<std::uint32_t>(std::min<std::size_t>(line, ClosingQuote(begin) + 1 - begin));
}

void TreeBuilder::CheckTag(const std::string& tag, Range range) {
  static constexpr std::string_view kCore = "tag:yaml.org,2002:";
  const bool plain = tag.empty() || tag == "?" || tag == "!";
  if (!plain && tag != std::string(kCore) + "str" && tag != std::string(kCore) + "map" &&
      tag != std::string(kCore) + "seq") {
    emitter_.Report(kCustomTag, range, tag.starts_with(kCore) ? "!!" + tag.substr(kCore.size()) : tag);
  }
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t begin = Offset(mark);
  tree_.nodes_.push_back({NodeKind::Null, false, At(begin, 0), 0, 0});
  Place(static_cast<Index>(tree_.nodes_.size() - 1), 1, anchor);
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const std::size_t begin = ContentOffset(Offset(mark));
  const char first = begin < text_.size() ? text_[begin] : '\0';
  const bool delimited = tag != "?" && (first == '"' || first == '\'' || first == '|' || first == '>');
  if (delimited) {
    text_scalars_.push_back(events_.back());
    // yaml-cpp takes the end of the file for a closing quote, and with it whatever stood in between.
    if ((first == '"' || first == '\'') && ClosingQuote(begin) == std::string_view::npos) {
      emitter_.Report(kYamlSyntax, At(begin, 1), "a quoted text is not closed");
      throw StopParsing{};
    }
  }
  const Range range = At(begin, ScalarLength(begin, value, delimited));
  CheckTag(tag, range);
  tree_.nodes_.push_back({NodeKind::Scalar, tag != "?", range, static_cast<std::uint32_t>(tree_.text_.size()),
                          static_cast<std::uint32_t>(value.size())});
  tree_.text_ += value;
  Place(static_cast<Index>(tree_.nodes_.size() - 1), 1, anchor);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t begin = Offset(mark);
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", begin), text_.size());
  const Range range = At(begin, end - begin);
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    emitter_.Report(kAliasInsideItself, range);
    throw StopParsing{};
  }
  const auto [target, expanded] = found->second;
  aliased_ += expanded;
  if (aliased_ > kMaxAliasedNodes) {
    emitter_.Report(kTooManyAliases, range, kMaxAliasedNodes);
    throw StopParsing{true};
  }
  SyntaxTree::Node node = tree_.nodes_[target];
  node.range = range;
  tree_.nodes_.push_back(node);
  Place(static_cast<Index>(tree_.nodes_.size() - 1), expanded, 0);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value style) {
  Start(mark, tag, anchor, NodeKind::Sequence, style == YAML::EmitterStyle::Flow);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  Start(mark, tag, anchor, NodeKind::Mapping, style == YAML::EmitterStyle::Flow);
}

void TreeBuilder::Start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, NodeKind kind,
                        bool flow) {
  const std::size_t begin = ContentOffset(Offset(mark));
  const Range range = LineRange(begin);
  if (open_.size() >= kMaxDepth) {
    emitter_.Report(kTooDeep, range, kMaxDepth);
    throw StopParsing{};
  }
  CheckTag(tag, range);
  tree_.nodes_.push_back({kind, false, range, 0, 0});
  const auto bracket = flow ? std::optional(begin) : std::nullopt;
  open_.push_back({static_cast<Index>(tree_.nodes_.size() - 1), {}, {}, false, bracket, 1});
  open_anchors_.push_back(anchor);
}

void TreeBuilder::OnSequenceEnd() {
  CloseCollection();
}

void TreeBuilder::OnMapEnd() {
  CloseCollection();
}

void TreeBuilder::CloseCollection() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  const YAML::anchor_t anchor = open_anchors_.back();
  open_anchors_.pop_back();
  if (tree_.nodes_[closed.node].kind == NodeKind::Mapping && closed.children.size() % 2 != 0) {
    // Cut off between key and value by a syntax error.
    tree_.nodes_.push_back({NodeKind::Null, false, tree_.nodes_[closed.children.back()].range, 0, 0});
    closed.children.push_back(static_cast<Index>(tree_.nodes_.size() - 1));
  }
  SyntaxTree::Node& node = tree_.nodes_[closed.node];
  node.begin = static_cast<std::uint32_t>(tree_.children_.size());
  node.size = static_cast<std::uint32_t>(closed.children.size());
  tree_.children_.insert(tree_.children_.end(), closed.children.begin(), closed.children.end());
  Place(closed.node, closed.expanded, anchor);
}

void TreeBuilder::Place(Index node, std::size_t expanded, YAML::anchor_t anchor) {
  if (anchor != 0) {
    anchors_.insert_or_assign(anchor, std::pair(node, expanded));
  }
  if (open_.empty()) {
    root_ = node;
    has_root_ = true;
    return;
  }
  Open& parent = open_.back();
  parent.expanded += expanded;
  if (tree_.nodes_[parent.node].kind == NodeKind::Sequence || Accept(parent, node)) {
    parent.children.push_back(node);
  }
}

bool TreeBuilder::Accept(Open& parent, Index node) {
  if (parent.drop_value) {
    parent.drop_value = false;
    return false;
  }
  const bool is_key = parent.children.size() % 2 == 0;
  if (!is_key) {
    return true;
  }
  parent.drop_value = !IsUniqueKey(parent, node);
  return !parent.drop_value;
}

bool TreeBuilder::IsInsideKey() const {
  for (std::size_t i = 1; i < open_.size(); ++i) {
    const Open& outer = open_[i - 1];
    if (tree_.nodes_[outer.node].kind == NodeKind::Mapping && !outer.drop_value && outer.children.size() % 2 == 0) {
      return true;
    }
  }
  return false;
}

bool TreeBuilder::IsUniqueKey(Open& parent, Index node) {
  const SyntaxTree::Node& key = tree_.nodes_[node];
  if (key.kind != NodeKind::Scalar) {
    const std::string_view what = key.kind == NodeKind::Null       ? "empty"
                                  : key.kind == NodeKind::Sequence ? "a list"
                                                                   : "a map";
    if (!cut_off_ && !IsInsideKey()) {
      emitter_.Report(kKeyNotText, key.range, what);
    }
    return false;
  }
  const std::string text = tree_.text_.substr(key.begin, key.size);
  const auto [first, added] = parent.keys.try_emplace(text, key.range);
  if (!added) {
    emitter_.Report(kDuplicateKey, key.range, text).Label(first->second, "first given here");
  }
  return added;
}

}  // namespace dpc::syntax
