#include "policy/places.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace dpc::policy {
namespace {

using syntax::NodeKind;
using syntax::NodeView;

bool Covers(Range outer, LocId place) {
  return outer.has_value() && outer.begin <= place && place.offset() < outer.begin.offset() + outer.length;
}

// Finds the node that declares an entity: around its name, or below it where the name is a key, or the name itself in a
// list. Without recursion: the deepest match is wanted, so nodes are visited from a stack.
class Finder {
 public:
  explicit Finder(LocId anchor) : anchor_(anchor) {}

  std::optional<NodeView> Find(const NodeView& root) {
    stack_.push_back(root);
    while (!stack_.empty() && !found_) {
      const NodeView node = stack_.back();
      stack_.pop_back();
      Visit(node);
    }
    return found_;
  }

 private:
  void Visit(const NodeView& node) {
    if (node.kind() == NodeKind::Sequence) {
      for (std::size_t i = 0; i < node.size(); ++i) {
        Look(node.Item(i), node.Item(i));
      }
    } else if (node.kind() == NodeKind::Mapping) {
      for (std::size_t i = 0; i < node.size(); ++i) {
        if (Covers(node.Key(i).range(), anchor_)) {
          found_ = node.Value(i);
          return;
        }
        Look(node.Value(i), node);
      }
    }
  }

  // `owner` is what a scalar at the anchor would declare.
  void Look(const NodeView& child, const NodeView& owner) {
    if (child.kind() == NodeKind::Scalar || child.kind() == NodeKind::Null) {
      if (Covers(child.range(), anchor_)) {
        found_ = owner;
      }
    } else {
      stack_.push_back(child);
    }
  }

  LocId anchor_;
  std::vector<NodeView> stack_;
  std::optional<NodeView> found_;
};

// RFC 6901, section 4.
std::string Unescape(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escaped = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    text += escaped ? (token[++i] == '1' ? '/' : '~') : token[i];
  }
  return text;
}

// The item of a list that a token names; size() for none.
std::size_t ItemOf(const NodeView& list, std::string_view token) {
  constexpr std::size_t kMostDigits = 7;
  if (token.empty() || token.size() > kMostDigits || !IsDigits(token)) {
    return list.size();
  }
  return static_cast<std::size_t>(std::stoul(std::string(token)));
}

// The last document that begins before the anchor is looked at first: there may be thousands in a file, and a finding
// in each. The others only for what is odd.
std::optional<NodeView> FindIn(const syntax::SyntaxTree& tree, LocId anchor) {
  const auto& documents = tree.documents();
  const auto after = std::partition_point(documents.begin(), documents.end(), [&](const auto& document) {
    return tree.Root(document).range().begin <= anchor;
  });
  std::optional<NodeView> node =
      after == documents.begin() ? std::nullopt : Finder(anchor).Find(tree.Root(*std::prev(after)));
  for (std::size_t i = 0; i < documents.size() && !node; ++i) {
    node = Finder(anchor).Find(tree.Root(documents[i]));
  }
  return node;
}

}  // namespace

Range Places::Find(Entity entity, std::string_view pointer) {
  const Range anchor = side_.keys().Anchor(entity);
  if (!anchor.has_value() || pointer.empty()) {
    return anchor;
  }
  const syntax::SyntaxTree& tree = side_.files().Of(side_.snapshot().sources->FileOf(anchor.begin));
  std::optional<NodeView> node = FindIn(tree, anchor.begin);
  Range place = anchor;
  for (const std::string_view token : Split(pointer.substr(1), '/')) {
    if (!node) {
      break;
    }
    const NodeView at = *node;
    node.reset();
    if (at.kind() == NodeKind::Mapping) {
      if (const auto entry = at.FindEntry(Unescape(token))) {
        place = entry->first.range();
        node = entry->second;
      }
    } else if (at.kind() == NodeKind::Sequence && ItemOf(at, token) < at.size()) {
      node = at.Item(ItemOf(at, token));
      place = node->range();
    }
  }
  return place;
}

}  // namespace dpc::policy
