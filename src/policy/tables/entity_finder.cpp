#include "policy/tables/entity_finder.h"

#include <algorithm>

namespace dpc::policy {
namespace {

using syntax::NodeKind;
using syntax::NodeView;

bool Begins(const NodeView& node, LocId place) {
  return node.range().has_value() && node.range().begin <= place;
}

// The last child that begins at or before the place; size() for none. Children stand in the order of the text.
template <class Child>
std::size_t LastBegun(std::size_t size, LocId place, Child child) {
  std::size_t begin = 0;
  std::size_t end = size;
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (Begins(child(middle), place)) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin == 0 ? size : begin - 1;
}

}  // namespace

std::optional<Entity> EntityFinder::NamedAt(Range name) const {
  const auto found = std::lower_bound(anchors_.begin(), anchors_.end(), name.begin,
                                      [](const auto& entry, LocId at) { return entry.first < at; });
  return found != anchors_.end() && found->first == name.begin ? std::optional(found->second) : std::nullopt;
}

// Asked again and again for a mapping with many findings in it.
std::optional<Entity> EntityFinder::DeclaredBy(const NodeView& mapping) {
  if (mapping.size() == 0) {
    return std::nullopt;
  }
  const auto [known, added] = declared_.try_emplace(mapping.Key(0).range().begin);
  if (added) {
    known->second = LookInto(mapping);
  }
  return known->second;
}

std::optional<Entity> EntityFinder::LookInto(const NodeView& mapping) const {
  for (std::size_t i = 0; i < mapping.size(); ++i) {
    const NodeView value = mapping.Value(i);
    if (const auto entity = value.kind() == NodeKind::Scalar ? NamedAt(value.range()) : std::nullopt) {
      return entity;
    }
  }
  return std::nullopt;
}

std::optional<Entity> EntityFinder::Find(LocId place) {
  const syntax::SyntaxTree& tree = files_.Of(sources_.FileOf(place));
  const auto& documents = tree.documents();
  const std::size_t document =
      LastBegun(documents.size(), place, [&](std::size_t i) { return tree.Root(documents[i]); });
  if (document == documents.size()) {
    return std::nullopt;
  }
  NodeView node = tree.Root(documents[document]);
  std::optional<Entity> innermost;
  while (node.kind() == NodeKind::Mapping || node.kind() == NodeKind::Sequence) {
    const bool mapping = node.kind() == NodeKind::Mapping;
    const auto child = [&](std::size_t i) { return mapping ? node.Key(i) : node.Item(i); };
    if (mapping) {
      const auto declared = DeclaredBy(node);
      innermost = declared ? declared : innermost;
    }
    const std::size_t chosen = LastBegun(node.size(), place, child);
    if (chosen == node.size()) {
      break;
    }
    const auto named = NamedAt(child(chosen).range());
    innermost = named ? named : innermost;
    node = mapping ? node.Value(chosen) : node.Item(chosen);
  }
  return innermost;
}

}  // namespace dpc::policy
