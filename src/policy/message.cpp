#include "policy/message.h"

#include <utility>

#include "base/text.h"

namespace dpc::policy {
namespace {

// Calls `text` for what stands outside of braces and `hole` for each name. False when it is no template.
template <class OnText, class OnHole>
bool Walk(std::string_view message, OnText text, OnHole hole) {
  std::size_t at = 0;
  while (at < message.size()) {
    const std::size_t brace = message.find_first_of("{}", at);
    text(message.substr(at, brace - at));
    if (brace == std::string_view::npos) {
      return true;
    }
    const bool doubled = brace + 1 < message.size() && message[brace + 1] == message[brace];
    if (doubled) {
      text(message.substr(brace, 1));
      at = brace + 2;
      continue;
    }
    const std::size_t close = message.find('}', brace);
    if (message[brace] == '}' || close == std::string_view::npos || close == brace + 1) {
      return false;
    }
    hole(message.substr(brace + 1, close - brace - 1));
    at = close + 1;
  }
  return true;
}

constexpr std::size_t kMostValueBytes = 300;
constexpr std::size_t kMostMessageBytes = 3000;

std::string Cut(std::string text, std::size_t most) {
  if (text.size() <= most) {
    return text;
  }
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return text.substr(0, end) + "...";
}

}  // namespace

std::optional<std::vector<std::string>> HolesOf(std::string_view message) {
  std::vector<std::string> holes;
  const bool sound = Walk(
      message, [](std::string_view) {}, [&](std::string_view name) { holes.emplace_back(name); });
  return sound ? std::optional(std::move(holes)) : std::nullopt;
}

std::string Fill(std::string_view message, const std::function<std::string(std::string_view column)>& value) {
  std::string out;
  Walk(
      message, [&](std::string_view text) { out += text; },
      [&](std::string_view name) { out += Cut(Printable(value(name)), kMostValueBytes); });
  return Cut(std::move(out), kMostMessageBytes);
}

}  // namespace dpc::policy
