#include "json/tree.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "json/json.h"

namespace dpc {

// Reads one text. Each method says whether it could.
class JsonTreeReader {
 public:
  explicit JsonTreeReader(JsonTree& tree) : tree_(tree), text_(tree.text_) {}

  // NOLINTNEXTLINE(readability-function-cognitive-complexity): the grammar, in one place
  bool Run() {
    static constexpr std::string_view kMark = "\xEF\xBB\xBF";
    at_ = text_.starts_with(kMark) ? kMark.size() : 0;
    bool more = true;  // a value is to come
    while (true) {
      SkipSpace();
      if (more) {
        if (!Value(more)) {
          return false;
        }
      } else if (open_.empty()) {
        return at_ == text_.size();
      } else if (Take(',')) {
        more = true;
        ++tree_.compact_bytes_;
        if (InObject() && !Key()) {
          return false;
        }
      } else if (!Close()) {
        return false;
      }
    }
  }

 private:
  using Kind = JsonTree::Kind;

  static constexpr std::size_t kDeepest = 64;
  static constexpr std::size_t kMostKeys = 10000;

  bool InObject() const { return tree_.rows_[open_.back()].kind == Kind::Object; }

  void SkipSpace() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool Take(char c) {
    const bool there = at_ < text_.size() && text_[at_] == c;
    at_ += there ? 1 : 0;
    return there;
  }

  // `more`: a value of what was opened is to come.
  bool Value(bool& more) {
    if (open_.size() > kDeepest) {
      return false;
    }
    more = false;
    if (Take('{')) {
      return Open(Kind::Object, '}', more) && (!more || Key());
    }
    if (Take('[')) {
      return Open(Kind::Array, ']', more);
    }
    return Take('"') ? Text() : Other();
  }

  bool Open(Kind kind, char close, bool& more) {
    open_.push_back(tree_.rows_.size());
    tree_.rows_.push_back({kind, false, 0, 0, 0});
    tree_.compact_bytes_ += 2;
    SkipSpace();
    more = at_ < text_.size() && text_[at_] != close;
    return true;
  }

  bool Close() {
    const bool object = InObject();
    if (!Take(object ? '}' : ']')) {
      return false;
    }
    const std::size_t row = open_.back();
    open_.pop_back();
    tree_.rows_[row].end = static_cast<std::uint32_t>(tree_.rows_.size());
    return !object || KeysDiffer(row);
  }

  bool KeysDiffer(std::size_t object) const {
    static constexpr std::size_t kFew = 8;
    std::vector<std::string_view> keys;
    const std::size_t end = tree_.rows_[object].end;
    for (std::size_t key = object + 1; key < end; key = tree_.rows_[key + 1].end) {
      const std::string_view text = tree_.TextOf(tree_.rows_[key]);
      if (keys.size() < kFew && std::find(keys.begin(), keys.end(), text) != keys.end()) {
        return false;
      }
      keys.push_back(text);
    }
    if (keys.size() <= kFew) {
      return true;
    }
    std::sort(keys.begin(), keys.end());
    return keys.size() <= kMostKeys && std::adjacent_find(keys.begin(), keys.end()) == keys.end();
  }

  bool Key() {
    SkipSpace();
    if (open_.size() > kDeepest || !Take('"') || !Text()) {
      return false;
    }
    SkipSpace();
    ++tree_.compact_bytes_;
    return Take(':');
  }

  // Behind its first quote.
  bool Text() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\') {
      if (!Character()) {
        return false;
      }
    }
    if (at_ < text_.size() && text_[at_] == '\\') {
      return Decoded(begin);
    }
    AddText(false, begin, at_ - begin);
    return Take('"');
  }

  bool Decoded(std::size_t begin) {
    std::string& out = tree_.decoded_;
    const std::size_t start = out.size();
    out += text_.substr(begin, at_ - begin);
    while (at_ < text_.size() && text_[at_] != '"') {
      const std::size_t from = at_;
      if (text_[at_] == '\\') {
        if (!Escape(out)) {
          return false;
        }
      } else if (Character()) {
        out += text_.substr(from, at_ - from);
      } else {
        return false;
      }
    }
    AddText(true, start, out.size() - start);
    return Take('"');
  }

  void AddText(bool decoded, std::size_t begin, std::size_t size) {
    const std::size_t row = tree_.rows_.size();
    tree_.rows_.push_back({Kind::Text, decoded, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size),
                           static_cast<std::uint32_t>(row + 1)});
    tree_.compact_bytes_ += JsonBytes(tree_.TextOf(tree_.rows_.back()));
  }

  // Passes over one that stands for itself.
  bool Character() {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    const std::size_t size = byte < 0x80 ? 1 : DecodeUtf8(text_, at_).size;
    at_ += size;
    return byte >= 0x20 && size != 0;
  }

  bool Escape(std::string& out) {
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    at_ += 2;
    if (letter == 'u') {
      return Point(out);
    }
    const std::size_t known = kLetters.find(letter);
    if (known == std::string_view::npos) {
      return false;
    }
    out += kMeant[known];
    return true;
  }

  // The digits behind `\u`, and a second half.
  bool Point(std::string& out) {
    auto value = Digits();
    const bool high = value && *value >= 0xD800 && *value <= 0xDBFF;
    if (high) {
      const bool second = text_.substr(at_, 2) == "\\u";
      at_ += second ? 2 : 0;
      const auto low = second ? Digits() : std::nullopt;
      if (!low || *low < 0xDC00 || *low > 0xDFFF) {
        return false;
      }
      value = 0x10000 + ((*value - 0xD800) << 10U) + (*low - 0xDC00);
    }
    if (!value || (*value >= 0xDC00 && *value <= 0xDFFF)) {
      return false;
    }
    AppendUtf8(*value, out);
    return true;
  }

  std::optional<std::uint32_t> Digits() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      static constexpr std::string_view kDigits = "0123456789abcdef";
      const char c = at_ < text_.size() ? text_[at_] : '\0';
      const std::size_t digit = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
      if (digit == std::string_view::npos) {
        return std::nullopt;
      }
      value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
  }

  static void AppendUtf8(std::uint32_t value, std::string& out) {
    const auto rest = [&](unsigned shift) { out += static_cast<char>(0x80U | ((value >> shift) & 0x3FU)); };
    if (value < 0x80) {
      out += static_cast<char>(value);
    } else if (value < 0x800) {
      out += static_cast<char>(0xC0U | (value >> 6U));
      rest(0);
    } else if (value < 0x10000) {
      out += static_cast<char>(0xE0U | (value >> 12U));
      rest(6);
      rest(0);
    } else {
      out += static_cast<char>(0xF0U | (value >> 18U));
      rest(12);
      rest(6);
      rest(0);
    }
  }

  // A number or a word.
  bool Other() {
    const std::size_t begin = at_;
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return AddOther(begin);
      }
    }
    Take('-');
    const bool zero = Take('0');
    if (!zero && !SkipDigits()) {
      return false;
    }
    if (Take('.') && !SkipDigits()) {
      return false;
    }
    if (Take('e') || Take('E')) {
      Take('+') || Take('-');
      if (!SkipDigits()) {
        return false;
      }
    }
    return AddOther(begin);
  }

  bool SkipDigits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      ++at_;
    }
    return at_ != begin;
  }

  bool AddOther(std::size_t begin) {
    const std::size_t row = tree_.rows_.size();
    tree_.rows_.push_back({Kind::Other, false, static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(at_ - begin), static_cast<std::uint32_t>(row + 1)});
    tree_.compact_bytes_ += at_ - begin;
    return true;
  }

  JsonTree& tree_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;  // rows of objects and lists
};

std::unique_ptr<const JsonTree> JsonTree::Read(std::string text) {
  auto tree = std::make_unique<JsonTree>();
  tree->text_ = std::move(text);
  const bool small = tree->text_.size() < std::numeric_limits<std::uint32_t>::max() / 4;
  return small && JsonTreeReader(*tree).Run() ? std::move(tree) : nullptr;
}

JsonNode JsonTree::root() const {
  return {this, 0};
}

std::optional<JsonNode> JsonNode::Find(std::string_view key) const {
  if (IsObject()) {
    for (std::size_t at = at_ + 1; at < row().end; at = tree_->rows_[at + 1].end) {
      if (tree_->TextOf(tree_->rows_[at]) == key) {
        return JsonNode(tree_, at + 1);
      }
    }
  }
  return std::nullopt;
}

std::vector<JsonNode> JsonNode::Items() const {
  std::vector<JsonNode> items;
  for (std::size_t at = at_ + 1; IsArray() && at < row().end; at = tree_->rows_[at].end) {
    items.push_back(JsonNode(tree_, at));
  }
  return items;
}

std::vector<std::pair<std::string_view, JsonNode>> JsonNode::Members() const {
  std::vector<std::pair<std::string_view, JsonNode>> members;
  for (std::size_t at = at_ + 1; IsObject() && at < row().end; at = tree_->rows_[at + 1].end) {
    members.emplace_back(tree_->TextOf(tree_->rows_[at]), JsonNode(tree_, at + 1));
  }
  return members;
}

bool JsonNode::HoldsText(std::string_view part) const {
  for (std::size_t at = at_; at < row().end; ++at) {
    const JsonTree::Row& one = tree_->rows_[at];
    if (one.kind == JsonTree::Kind::Text && tree_->TextOf(one).find(part) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace dpc
