// "Did you mean". Private to `resolve`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace dpc::resolve {

// A name that is not known is compared with all that are: so many of them that the work is bounded, whatever the
// repository. Those after that get no hint.
class Guesses {
 public:
  std::optional<std::string> Nearest(std::string_view wanted, const std::vector<std::string_view>& names) {
    return Pay(wanted, names.size()) ? NearestName(wanted, names) : std::nullopt;
  }

  // What to say of `wanted`, which is none of `names()`: the nearest one, or all of them if they are few.
  // `count` is how many they are, or more.
  template <class Names>
  std::string Hint(std::string_view wanted, std::size_t count, const Names& names) {
    return Pay(wanted, count) ? HintAmong(wanted, names()) : std::string(kNoGuess);
  }

  std::string Hint(std::string_view wanted, const std::vector<std::string_view>& names) {
    return Hint(wanted, names.size(), [&]() -> const std::vector<std::string_view>& { return names; });
  }

 private:
  // Four hundred different names misspelt in a repository of a thousand; a tenth of a second.
  static constexpr std::size_t kMostCost = 8'000'000;
  static constexpr std::size_t kLeastCost = 8;
  static constexpr std::size_t kLongest = 200;
  static constexpr std::size_t kFew = 8;
  static constexpr std::string_view kNoGuess = "correct the name, or declare it";

  bool Pay(std::string_view wanted, std::size_t count) {
    const std::size_t cost = count * (kLeastCost + std::min(wanted.size(), kLongest));
    const bool enough = cost <= left_;
    left_ -= enough ? cost : 0;
    return enough;
  }

  static std::string HintAmong(std::string_view wanted, const std::vector<std::string_view>& names) {
    if (const auto nearest = NearestName(wanted, names)) {
      return "did you mean `" + *nearest + "`?";
    }
    if (names.empty() || names.size() > kFew) {
      return std::string(kNoGuess);
    }
    std::string list;
    for (const std::string_view name : names) {
      list += (list.empty() ? "`" : ", `") + std::string(name) + "`";
    }
    return "declare it, or write " + std::string(names.size() == 1 ? "" : "one of ") + list;
  }

  std::size_t left_ = kMostCost;
};

}  // namespace dpc::resolve
