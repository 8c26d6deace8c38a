// yaml-cpp's events into a SyntaxTree. Private to `syntax`.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/emitter.h"
#include "syntax/syntax_tree.h"

namespace dpc::syntax {

// Thrown out of an event when a bound is passed; the diagnostic has been reported.
struct StopParsing {
  bool for_good = false;  // nothing more of the file is read
};

// Receives the events of a piece of a file that begins `offset` bytes into it.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(SyntaxTree& tree, source::FileId file, std::string_view text, LocId start, Emitter& emitter);

  void BeginPiece(std::size_t offset, bool resumed);
  // Closes what is open after an error and marks the document as damaged.
  void CloseDamaged();

  // The offset of the last event's source, for errors that yaml-cpp reports at the end of the file.
  std::size_t last_event() const { return last_event_; }

  // The outermost `{` or `[` whose end has not come: what yaml-cpp stumbles over later is often due to it.
  std::optional<std::size_t> open_flow() const;
  // The document that holds `offset` cannot be trusted.
  void MarkDamaged(std::size_t offset);

  // Offsets of quoted and block scalars, and of all events, ascending: the check for tabs needs them.
  const std::vector<std::size_t>& text_scalars() const { return text_scalars_; }

  const std::vector<std::size_t>& events() const { return events_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override;
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  using Index = SyntaxTree::Index;

  // A collection whose end has not come.
  struct Open {
    Index node = 0;
    std::vector<Index> children;
    std::unordered_map<std::string, Range> keys;
    bool drop_value = false;          // the value of a refused key
    std::optional<std::size_t> flow;  // where its `{` or `[` stands
    std::size_t expanded = 1;
  };

  std::size_t Offset(const YAML::Mark& mark);
  // Past anchors and tags in front of the content.
  std::size_t ContentOffset(std::size_t offset) const;
  Range At(std::size_t begin, std::size_t length) const;
  Range LineRange(std::size_t begin) const;
  // Of the quote that closes the one at `begin`; npos when none does.
  std::size_t ClosingQuote(std::size_t begin) const;
  std::uint32_t ScalarLength(std::size_t begin, const std::string& value, bool delimited) const;
  void CheckTag(const std::string& tag, Range range);
  void Start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, NodeKind kind, bool flow);
  void Place(Index node, std::size_t expanded, YAML::anchor_t anchor);
  // False when the child is a key that is refused, or its value.
  bool Accept(Open& parent, Index node);
  bool IsUniqueKey(Open& parent, Index node);
  // An open collection stands where a key is wanted, and will be refused itself.
  bool IsInsideKey() const;
  void CloseCollection();

  SyntaxTree& tree_;
  std::string_view text_;
  LocId start_;
  Emitter& emitter_;
  std::size_t offset_ = 0;
  bool resumed_ = false;
  bool piece_documents_ = false;
  std::size_t document_begin_ = 0;
  bool in_document_ = false;
  bool cut_off_ = false;  // what is closed now was not complete, and that has been reported
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, std::pair<Index, std::size_t>> anchors_;  // complete: node and expanded size
  std::vector<YAML::anchor_t> open_anchors_;                                   // parallel to open_
  std::size_t aliased_ = 0;
  std::size_t last_event_ = 0;
  std::vector<std::size_t> text_scalars_;
  std::vector<std::size_t> events_;
  bool has_root_ = false;
  Index root_ = 0;
};

}  // namespace dpc::syntax
