// A reader of JSON text of others, into one flat tree: for what is read in volume. Takes what ParseForeignJson takes,
// but for a NUL byte behind the value, and also numbers that no double holds: numbers are not looked into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dpc {

class JsonNode;

class JsonTree {
 public:
  // Nothing when the text is not JSON, has a key twice in an object or more than 10,000 keys, or is nested deeper than
  // 64.
  static std::unique_ptr<const JsonTree> Read(std::string text);

  JsonNode root() const;

  // Bytes of the same value in CompactJson; of numbers, as they are written.
  std::size_t compact_bytes() const { return compact_bytes_; }

  // Every text in it, keys too, as it is meant.
  template <class Visit>
  void EachText(const Visit& visit) const {
    for (const Row& row : rows_) {
      if (row.kind == Kind::Text) {
        visit(TextOf(row));
      }
    }
  }

 private:
  friend class JsonNode;
  friend class JsonTreeReader;

  enum class Kind : std::uint8_t { Object, Array, Text, Other };

  // In the order of the text; what is in an object or list follows it, a key before its value.
  struct Row {
    Kind kind = Kind::Other;
    bool decoded = false;  // has escapes: the text is among `decoded_`
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t end = 0;  // the row behind all that is in it
  };

  std::string_view TextOf(const Row& row) const {
    return std::string_view(row.decoded ? decoded_ : text_).substr(row.begin, row.size);
  }

  std::string text_;
  std::string decoded_;
  std::vector<Row> rows_;
  std::size_t compact_bytes_ = 0;
};

// A value in a tree, which it does not outlive.
class JsonNode {
 public:
  bool IsObject() const { return row().kind == JsonTree::Kind::Object; }

  bool IsArray() const { return row().kind == JsonTree::Kind::Array; }

  bool IsText() const { return row().kind == JsonTree::Kind::Text; }

  // Of a text.
  std::string_view text() const { return tree_->TextOf(row()); }

  bool Is(std::string_view wanted) const { return IsText() && text() == wanted; }

  bool empty() const { return row().end == at_ + 1; }

  // Of an object; nothing also for what is none.
  std::optional<JsonNode> Find(std::string_view key) const;

  bool Has(std::string_view key) const { return Find(key).has_value(); }

  // What is in a list, in order; nothing for what is none.
  std::vector<JsonNode> Items() const;
  // The same of an object.
  std::vector<std::pair<std::string_view, JsonNode>> Members() const;

  // A text with `part` in it is somewhere in it, or as a key.
  bool HoldsText(std::string_view part) const;

 private:
  friend class JsonTree;

  JsonNode(const JsonTree* tree, std::size_t at) : tree_(tree), at_(at) {}

  const JsonTree::Row& row() const { return tree_->rows_[at_]; }

  const JsonTree* tree_;
  std::size_t at_;
};

}  // namespace dpc
