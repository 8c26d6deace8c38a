// The flat tree of one YAML file: every key and value with its place. No YAML library type leaves this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/location.h"
#include "source/source_manager.h"

namespace dpc::syntax {

enum class NodeKind : std::uint8_t { Null, Scalar, Sequence, Mapping };

// YAML 1.2 core schema (section 10.3.2 of the specification): what a plain scalar is. Quoted scalars are Text.
enum class ScalarType : std::uint8_t { Null, Boolean, Integer, Float, Text };
ScalarType CoreType(std::string_view plain_text);

class NodeView;

// Nodes in document order. An alias is resolved while parsing: it is a node of its own (with its own range) that shares
// the children of the anchored node. Children of a Mapping alternate key, value; keys are always Scalars and unique.
class SyntaxTree {
 public:
  using Index = std::uint32_t;

  struct Node {
    NodeKind kind = NodeKind::Null;
    bool quoted = false;      // quoted or block scalar: always text
    Range range;              // of the scalar's source text, or of the first line of a collection
    std::uint32_t begin = 0;  // Scalar: offset of the text in text_; else: offset into children_
    std::uint32_t size = 0;   // Scalar: bytes; else: number of children (twice the entries of a Mapping)
  };

  struct Document {
    Index root = 0;
    // The file has a syntax error in this document: only what came before the error is here, the last entries are cut
    // off.
    bool damaged = false;
    // This document continues a damaged one at a later top-level key (see Parse).
    bool resumed = false;
  };

  source::FileId file() const { return file_; }

  const std::vector<Document>& documents() const { return documents_; }

  NodeView Root(const Document& document) const;
  // Any document of this file is damaged.
  bool damaged() const;

 private:
  friend class NodeView;
  friend class TreeBuilder;
  source::FileId file_;
  std::vector<Node> nodes_;
  std::vector<Index> children_;
  std::string text_;
  std::vector<Document> documents_;
};

// A borrowed look at one node; valid while the tree lives.
class NodeView {
 public:
  NodeView(const SyntaxTree& tree, SyntaxTree::Index index) : tree_(&tree), index_(index) {}

  NodeKind kind() const { return node().kind; }

  Range range() const { return node().range; }

  // Scalar: its value. A plain scalar of core type null is a node of kind Null.
  std::string_view text() const;
  ScalarType scalar_type() const;

  // Sequence: items; Mapping: entries (twice as many children). 0 for others.
  std::size_t size() const;
  NodeView Item(std::size_t i) const;   // Sequence
  NodeView Key(std::size_t i) const;    // Mapping
  NodeView Value(std::size_t i) const;  // Mapping
  // Mapping: the value of a key.
  std::optional<NodeView> Find(std::string_view key) const;
  // Mapping: the key and the value of a key.
  std::optional<std::pair<NodeView, NodeView>> FindEntry(std::string_view key) const;

 private:
  const SyntaxTree::Node& node() const { return tree_->nodes_[index_]; }

  const SyntaxTree* tree_;
  SyntaxTree::Index index_;
};

}  // namespace dpc::syntax
