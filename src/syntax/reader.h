// YAML 1.2 as events, in one pass over the text, whatever it holds. Private to `syntax`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/cursor.h"
#include "syntax/tree_builder.h"
#include "syntax/yaml_errors.h"

namespace dpc::syntax {

// Follows the productions of YAML 1.2.2, chapters 5 to 9; numbers in comments are theirs. Wider in one thing: a closing
// bracket may stand as deep as what it belongs to (`key: [` ... `]`), which everybody writes and nobody misreads.
// Calls itself only for nodes, and the builder bounds how deep these are.
class Reader {
 public:
  Reader(std::string_view text, std::size_t begin, TreeBuilder& builder, YamlErrors& errors)
      : cursor_(text, begin), builder_(builder), errors_(errors) {}

  // All documents, to the end of the text. Throws StopParsing after the first error, which has been reported.
  void Run();

 private:
  // Where a node of block style is wanted.
  struct Where {
    int parent = -1;              // the column of what it belongs to; its lines are deeper
    bool beside = false;          // a list or map may begin on the same line: after `- `, `? `
    bool list_at_parent = false;  // a list may be as deep as the key that it belongs to
  };

  // A list or map of block style that has not ended.
  struct Level {
    int column = 0;
    std::size_t entry = 0;  // where its last entry begins
  };

  struct Quoted {
    std::string value;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  // Of a block text.
  struct Header {
    bool literal = false;
    char chomping = ' ';
    int depth = 0;
  };

  // What a `:` behind a node in brackets makes of it.
  enum class Place { Block, Key, FlowList, FlowMap };

  // The stream (9).
  bool Document(bool& may_direct);
  bool Directives();
  void YamlDirective(std::size_t at, const std::vector<std::string_view>& words);
  void TagDirective(std::size_t at, const std::vector<std::string_view>& words);

  // Block style (8).
  void Node(Where where, bool fresh);
  bool EndsBefore(Where where, bool crossed) const;
  void Content(Where where, bool may_be_block, std::size_t begin, const Properties& outer, const Properties& inner);
  bool BlockCollection(bool may_be_block, std::size_t begin, const Properties& outer, const Properties& inner);
  void BlockList(const Properties& properties);
  void RestOfMap(int column);
  void ExplicitEntry(int column);
  void Key();
  void Value(int column);
  bool NextEntry(int column);
  bool KeyFollows();
  void BeginMap(bool may_be_block, std::size_t begin, const Properties& outer);
  void FlowInBlock(Where where, bool may_be_block, std::size_t begin, const Properties& outer, const Properties& inner);
  void EndOfLine(std::string_view what);

  // Flow style (7.4).
  bool FlowNode(Place place, int parent);
  bool FlowCollection(Place place, int parent, const Properties& properties);
  void FlowItems(bool map, int parent, std::size_t open);
  void FlowListEntry(int parent);
  void FlowMapEntry(int parent);
  void FlowValue(int parent);
  void FlowSeparate(int parent);
  bool FlowEnds() const;

  // Scalars.
  Quoted QuotedText(int parent, bool one_line);
  std::size_t LinesOfQuoted(std::size_t begin, int parent);
  void Escape(Quoted& quoted, int parent);
  void HexEscape(Quoted& quoted, std::size_t digits);
  std::uint32_t HexDigits(std::size_t at, std::size_t digits);
  std::size_t PlainLine(bool flow);
  void CheckPlainStart(bool flow);
  std::string_view RestOfPlain(std::string_view first, std::string& joined, int parent, bool flow);
  Header BlockHeader();
  int BlockDepth(int parent);
  void CheckBlankTabs(int depth, bool begun);
  void BlockText(int parent, const Properties& properties);
  template <class Add, class Break>
  void ReadBlockLines(int depth, const Add& add, const Break& end_line);
  void EmitPlain(std::size_t begin, std::size_t first_line_end, std::string_view value, const Properties& properties);
  void EmitQuoted(const Quoted& quoted, const Properties& properties);

  Properties ReadProperties(bool flow);
  void ReadAnchor(Properties& properties);
  void ReadTag(Properties& properties);
  void Alias(const Properties& properties);
  Properties Merged(const Properties& outer, const Properties& inner);

  Cursor cursor_;
  TreeBuilder& builder_;
  YamlErrors& errors_;
  std::map<std::string, std::string, std::less<>> handles_;
  std::vector<Level> levels_;
  Level closed_;  // the last list or map that ended within the present entry
  bool has_closed_ = false;
  std::pair<std::size_t, std::size_t> last_quoted_{0, 0};
  std::size_t open_flow_ = kNowhere;  // the outermost bracket that is open
};

}  // namespace dpc::syntax
