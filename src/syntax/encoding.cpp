#include "syntax/encoding.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dpc::syntax {
namespace {

constexpr std::size_t kLooked = 1024;

}  // namespace

// YAML 1.2.2, 5.2: text of ASCII has zero bytes in every second place, or in three of four.
std::string_view OtherEncoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {
    return "UTF-32";
  }
  if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) {
    return "UTF-16";
  }
  const std::string_view head = bytes.substr(0, std::min(bytes.size(), kLooked) / 4 * 4);
  std::array<std::size_t, 4> zeros = {};
  for (std::size_t i = 0; i < head.size(); ++i) {
    zeros[i % 4] += head[i] == '\0' ? 1 : 0;
  }
  const std::size_t all = zeros[0] + zeros[1] + zeros[2] + zeros[3];
  if (all == 0 || all * 3 < head.size()) {
    return "";
  }
  const std::size_t even = zeros[0] + zeros[2];
  const std::size_t odd = zeros[1] + zeros[3];
  if (all * 3 > head.size() * 2 && (zeros[0] == 0 || zeros[3] == 0)) {
    return "UTF-32";
  }
  return std::min(even, odd) == 0 ? "UTF-16" : "";
}

}  // namespace dpc::syntax
