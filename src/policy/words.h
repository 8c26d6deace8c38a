// The words of an SQL text, as far as lint and the short form need them. Private to this folder.
#pragma once

#include <string>
#include <vector>

namespace dpc::policy {

struct Token {
  std::string text;  // a word in lower case, or an operator
  std::size_t offset = 0;
  bool word = false;
};

// Texts and comments are left out.
std::vector<Token> WordsOf(const std::string& sql);

// Every bracket is closed, and none that was not opened.
bool HasSoundBrackets(const std::string& sql);

}  // namespace dpc::policy
