#include "diag/emitter.h"

namespace dpc {

std::string FillMessage(std::string_view message, std::span<const std::string> arguments) {
  std::string out;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const bool hole = message[i] == '{' && i + 2 < message.size() && message[i + 2] == '}';
    if (!hole) {
      out += message[i];
      continue;
    }
    out += Printable(arguments[static_cast<std::size_t>(message[i + 1] - '0')]);
    i += 2;
  }
  return out;
}

}  // namespace dpc
