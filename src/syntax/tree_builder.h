// The reader's events into a SyntaxTree. Private to `syntax`.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/emitter.h"
#include "syntax/syntax_tree.h"

namespace dpc::syntax {

inline constexpr std::string_view kCoreTags = "tag:yaml.org,2002:";

// Thrown when reading cannot go on; the diagnostic has been reported.
struct StopParsing {
  std::size_t at = 0;     // reading may go on at an entry that begins on a line behind this place
  bool for_good = false;  // nothing more of the file is read
};

// Thrown where the text shows that it is made for a template language.
struct TemplateFound {
  std::size_t at = 0;
};

// Anchor and tag of a node.
struct Properties {
  std::size_t begin = std::string_view::npos;
  std::string_view anchor;  // of the text that is read
  std::string tag;          // resolved; `!` alone forces text

  bool Any() const { return !anchor.empty() || !tag.empty(); }
};

// Receives the events of a file, in order. Places are offsets into its text.
class TreeBuilder {
 public:
  // `start` is where the file lies: places in the tree begin with the file.
  TreeBuilder(SyntaxTree::Body& tree, std::string_view text, LocId start, Emitter& emitter);

  // What comes now goes on after an error, or begins the file.
  void BeginPiece(std::size_t offset, bool resumed);
  // Closes what is open after an error and marks the document as damaged.
  void CloseDamaged();

  void StartDocument();
  void EndDocument();
  void Null(std::size_t at, const Properties& properties);
  // A text without quotes. `length` is that of its first line.
  void Plain(std::size_t begin, std::size_t length, std::string_view value, const Properties& properties);
  // A quoted or block text.
  void Text(std::size_t begin, std::size_t length, std::string_view value, const Properties& properties);
  // False when nothing is marked with that name.
  bool Alias(std::size_t at, std::string_view name);
  void Start(NodeKind kind, std::size_t at, const Properties& properties);
  // `is_key`: a map begins with what ends here as its first key.
  void End(bool is_key);

 private:
  using Index = SyntaxTree::Index;

  // Keys of one map by their text. Ordered, not hashed: no choice of keys makes it slow.
  struct ByText {
    const SyntaxTree::Body* tree;
    using is_transparent = void;
    std::string_view Of(Index node) const;

    bool operator()(Index left, Index right) const { return Of(left) < Of(right); }
  };

  // A collection whose end has not come.
  struct Open {
    Index node = 0;
    std::size_t first_child = 0;                         // in pending_
    std::unique_ptr<std::set<Index, ByText>> keys = {};  // of a map of many
    bool drop_value = false;                             // the value of a refused key
    std::string_view anchor;
    std::size_t expanded = 1;
  };

  std::size_t Children(const Open& open) const { return pending_.size() - open.first_child; }

  static Range At(std::size_t begin, std::size_t length);
  // As a finding has it: among all files.
  Range Shown(Range range) const;
  Range LineRange(std::size_t begin) const;
  void CheckTag(std::string_view tag, Range range);
  void Scalar(Range range, ScalarType type, std::string_view value, const Properties& properties);
  Index NewNode(const SyntaxTree::Node& node);
  void Place(Index node, std::size_t expanded, std::string_view anchor);
  // False when the child is a key that is refused, or its value.
  bool Accept(Open& parent, Index node);
  bool IsUniqueKey(Open& parent, Index node);
  // A key of the map with the same text; nothing when there is none, and then it is known from now on.
  std::optional<Index> FindKey(Open& parent, Index node) const;
  void RefuseKey(const SyntaxTree::Node& key);
  // An open collection stands where a key is wanted, and will be refused itself.
  bool IsInsideKey() const;

  SyntaxTree::Body& tree_;
  std::string_view text_;

  // The rest of a line as it was last measured: all of a text may stand in one.
  struct Rest {
    std::size_t begin = 1;
    std::size_t end = 0;
  };

  mutable Rest line_;
  LocId start_;
  Emitter& emitter_;
  std::size_t piece_begin_ = 0;
  bool resumed_ = false;
  bool in_document_ = false;
  bool cut_off_ = false;  // what is closed now was not complete, and that has been reported
  std::vector<Open> open_;
  std::vector<Index> pending_;                                         // children of what is open, the innermost last
  std::map<std::string_view, std::pair<Index, std::size_t>> anchors_;  // complete: node and expanded size
  std::size_t aliased_ = 0;
  static constexpr std::size_t kNoPlace = std::string_view::npos;
  std::size_t refused_ = kNoPlace;  // the last key that is no text
  bool has_root_ = false;
  Index root_ = 0;
};

}  // namespace dpc::syntax
