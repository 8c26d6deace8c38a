#include "driver/glob.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::driver {
namespace {

// Bytes that are not UTF-8 count as one character each, outside of Unicode.
CodePoint CharacterAt(std::string_view text, std::size_t at) {
  const CodePoint point = DecodeUtf8(text, at);
  return point.size != 0 ? point : CodePoint{0x110000U + static_cast<unsigned char>(text[at]), 1};
}

}  // namespace

Glob::Glob(std::string_view pattern) {
  while (pattern.starts_with("./") || pattern.starts_with('/')) {
    pattern.remove_prefix(pattern.front() == '/' ? 1 : 2);
  }
  while (pattern.ends_with('/')) {
    pattern.remove_suffix(1);
  }
  for (std::size_t at = 0; at < pattern.size();) {
    const bool begins_segment = at == 0 || pattern[at - 1] == '/';
    if (begins_segment && pattern.substr(at, 3) == "**/") {
      AddStar(Kind::AnyFolders);
      at += 3;
    } else if (pattern.substr(at, 2) == "**") {
      AddStar(Kind::AnyTextWithSlashes);
      at += 2;
    } else if (pattern[at] == '*') {
      AddStar(Kind::AnyText);
      ++at;
    } else if (pattern[at] == '?') {
      tokens_.push_back({Kind::AnyCharacter, 0});
      ++at;
    } else {
      const CodePoint point = CharacterAt(pattern, at);
      tokens_.push_back({Kind::Character, point.value});
      at += point.size;
    }
  }
}

void Glob::AddStar(Kind kind) {
  if (tokens_.empty() || tokens_.back().kind < Kind::AnyText) {
    tokens_.push_back({kind, 0});
  } else if (tokens_.back().kind != kind) {
    // Any two that differ are any text: `**/*`, `**/**`, `***`.
    tokens_.back().kind = Kind::AnyTextWithSlashes;
  }
}

void Glob::Enter(std::vector<bool>& states, std::size_t state) const {
  states[state] = true;
  while (state < tokens_.size() && tokens_[state].kind >= Kind::AnyText) {
    states[++state] = true;
  }
}

std::vector<bool> Glob::Step(const std::vector<bool>& states, std::uint32_t character) const {
  std::vector<bool> next(states.size());
  for (std::size_t state = 0; state < tokens_.size(); ++state) {
    if (!states[state]) {
      continue;
    }
    switch (tokens_[state].kind) {
      case Kind::Character:
        if (tokens_[state].character == character) {
          Enter(next, state + 1);
        }
        break;
      case Kind::AnyCharacter:
        if (character != '/') {
          Enter(next, state + 1);
        }
        break;
      case Kind::AnyText:
        if (character != '/') {
          Enter(next, state);
        }
        break;
      case Kind::AnyTextWithSlashes:
        Enter(next, state);
        break;
      case Kind::AnyFolders:
        // Only a whole folder leads on.
        next[state] = true;
        if (character == '/') {
          Enter(next, state + 1);
        }
        break;
    }
  }
  return next;
}

bool Glob::Matches(std::string_view path) const {
  std::vector<bool> states(tokens_.size() + 1);
  Enter(states, 0);
  for (std::size_t at = 0; at < path.size();) {
    if (path[at] == '/' && states.back() && at != 0) {
      return true;
    }
    const CodePoint point = CharacterAt(path, at);
    states = Step(states, point.value);
    if (std::find(states.begin(), states.end(), true) == states.end()) {
      return false;
    }
    at += point.size;
  }
  return states.back();
}

}  // namespace dpc::driver
