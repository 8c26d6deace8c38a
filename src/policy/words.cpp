#include "policy/words.h"

#include <cctype>
#include <string_view>

#include "base/text.h"

namespace dpc::policy {
namespace {

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Tokenizer {
 public:
  explicit Tokenizer(const std::string& sql) : sql_(sql) {}

  std::vector<Token> Run() {
    while (at_ < sql_.size()) {
      Next();
    }
    return std::move(tokens_);
  }

 private:
  bool StartsWith(std::string_view text) const { return std::string_view(sql_).substr(at_).starts_with(text); }

  void SkipPast(std::string_view end, std::size_t from) {
    const std::size_t found = sql_.find(end, from);
    at_ = found == std::string::npos ? sql_.size() : found + end.size();
  }

  void Next() {
    const std::size_t begin = at_;
    if (StartsWith("/*")) {
      SkipPast("*/", at_ + 2);
    } else if (StartsWith("--")) {
      SkipPast("\n", at_);
    } else if (sql_[at_] == '\'') {
      SkipPast("'", at_ + 1);
    } else if (sql_[at_] == '"') {
      SkipPast("\"", at_ + 1);
      tokens_.push_back({LowerCase(sql_.substr(begin + 1, at_ - begin - 2)), begin, true});
    } else if (IsWordByte(sql_[at_])) {
      while (at_ < sql_.size() && IsWordByte(sql_[at_])) {
        ++at_;
      }
      tokens_.push_back({LowerCase(sql_.substr(begin, at_ - begin)), begin, true});
    } else if (StartsWith("<>") || StartsWith("!=")) {
      at_ += 2;
      tokens_.push_back({sql_.substr(begin, 2), begin, false});
    } else {
      if (std::isspace(static_cast<unsigned char>(sql_[at_])) == 0) {
        tokens_.push_back({sql_.substr(at_, 1), begin, false});
      }
      ++at_;
    }
  }

  const std::string& sql_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> WordsOf(const std::string& sql) {
  return Tokenizer(sql).Run();
}

bool HasSoundBrackets(const std::string& sql) {
  int depth = 0;
  for (const Token& token : WordsOf(sql)) {
    depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth == 0;
}

}  // namespace dpc::policy
