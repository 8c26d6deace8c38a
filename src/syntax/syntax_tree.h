// The flat tree of one YAML file: every key and value with its place. No YAML library type leaves this folder.
#pragma once

#include <cstdint>
#include <memory>
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
//
// A copy shares the nodes: the same bytes elsewhere are the same tree.
class SyntaxTree {
 public:
  using Index = std::uint32_t;

  struct Node {
    NodeKind kind = NodeKind::Null;
    ScalarType type = ScalarType::Null;  // Scalar: quoted and block scalars are always text
    Range range;                         // of the scalar's source text, or of the first line of a collection; from the
                                         // begin of the file on
    std::uint32_t begin = 0;             // Scalar: offset of the text in `text`; else: offset into `children`
    std::uint32_t size = 0;              // Scalar: bytes; else: number of children (twice the entries of a Mapping)
  };

  struct Document {
    Index root = 0;
    // The file has a syntax error in this document: only what came before the error is here, the last entries are cut
    // off.
    bool damaged = false;
    // This document continues a damaged one at a later top-level key (see Parse).
    bool resumed = false;
  };

  // What does not depend on where the file lies.
  struct Body {
    std::vector<Node> nodes;
    std::vector<Index> children;
    std::string text;
    std::vector<Document> documents;
  };

  SyntaxTree() = default;

  SyntaxTree(source::FileId file, LocId start, std::shared_ptr<const Body> body)
      : file_(file), start_(start), body_(std::move(body)) {}

  // That of a file with the same bytes.
  SyntaxTree At(source::FileId file, LocId start) const { return {file, start, body_}; }

  // Not so for a tree that Parse did not make.
  bool IsParsed() const { return body_ != nullptr; }

  source::FileId file() const { return file_; }

  const std::vector<Document>& documents() const;

  NodeView Root(const Document& document) const;
  // Any document of this file is damaged.
  bool damaged() const;

 private:
  source::FileId file_;
  LocId start_;
  std::shared_ptr<const Body> body_;  // null: no document
};

// A borrowed look at one node; valid while the tree lives.
class NodeView {
 public:
  NodeView(const SyntaxTree::Body& body, LocId start, SyntaxTree::Index index)
      : body_(&body), start_(start), index_(index) {}

  NodeKind kind() const { return node().kind; }

  Range range() const {
    const Range& range = node().range;
    return {LocId(start_.offset() + range.begin.offset()), range.length};
  }

  // Scalar: its value. A plain scalar of core type null is a node of kind Null.
  std::string_view text() const {
    return kind() == NodeKind::Scalar ? std::string_view(body_->text).substr(node().begin, node().size)
                                      : std::string_view();
  }

  // Null for all else.
  ScalarType scalar_type() const { return kind() == NodeKind::Scalar ? node().type : ScalarType::Null; }

  // Sequence: items; Mapping: entries (twice as many children). 0 for others.
  std::size_t size() const {
    return kind() == NodeKind::Sequence ? node().size : kind() == NodeKind::Mapping ? node().size / 2 : 0;
  }

  NodeView Item(std::size_t i) const;   // Sequence
  NodeView Key(std::size_t i) const;    // Mapping
  NodeView Value(std::size_t i) const;  // Mapping
  // Mapping: the value of a key.
  std::optional<NodeView> Find(std::string_view key) const;
  // Mapping: the key and the value of a key.
  std::optional<std::pair<NodeView, NodeView>> FindEntry(std::string_view key) const;

 private:
  const SyntaxTree::Node& node() const { return body_->nodes[index_]; }

  // Child `at` of this one.
  NodeView Child(std::size_t at) const { return {*body_, start_, body_->children[node().begin + at]}; }

  const SyntaxTree::Body* body_;
  LocId start_;
  SyntaxTree::Index index_;
};

}  // namespace dpc::syntax
