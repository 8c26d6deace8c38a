#include "model/naming.h"

#include <algorithm>

namespace dpc::model {

std::optional<std::string> FillTemplate(std::string_view template_text, std::span<const NamingValue> values) {
  constexpr std::size_t kUsualNames = 32;
  std::string out;
  out.reserve(template_text.size() + kUsualNames);
  for (std::size_t at = 0; at < template_text.size();) {
    const char c = template_text[at];
    if (c == '}') {
      return std::nullopt;
    }
    if (c != '{') {
      out += c;
      ++at;
      continue;
    }
    const std::size_t end = template_text.find('}', at);
    const std::string_view hole = template_text.substr(at + 1, end == std::string_view::npos ? 0 : end - at - 1);
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const NamingValue& v) { return v.first == hole; });
    if (end == std::string_view::npos || found == values.end()) {
      return std::nullopt;
    }
    out += found->second;
    at = end + 1;
  }
  return out;
}

}  // namespace dpc::model
