// Path patterns of `exclude` and `keep` in dpc.yaml.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dpc::driver {

// Matches whole paths from the root: `*` is any text without `/`, `?` one character but `/`, `**` any text, and `**/`
// any number of folders, also none. A pattern that matches a folder matches all below it. Other characters stand for
// themselves. Takes time proportional to the pattern times the path, whatever both hold.
class Glob {
 public:
  explicit Glob(std::string_view pattern);
  bool Matches(std::string_view path) const;

 private:
  enum class Kind : std::uint8_t { Character, AnyCharacter, AnyText, AnyTextWithSlashes, AnyFolders };

  struct Token {
    Kind kind = Kind::Character;
    std::uint32_t character = 0;
  };

  // Stars side by side become one token of the same meaning, so that no state is followed by many.
  void AddStar(Kind kind);
  // Adds `state` and the states that follow it without reading a character.
  void Enter(std::vector<bool>& states, std::size_t state) const;
  std::vector<bool> Step(const std::vector<bool>& states, std::uint32_t character) const;

  std::vector<Token> tokens_;
};

}  // namespace dpc::driver
