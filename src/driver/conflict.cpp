#include "driver/conflict.h"

#include <algorithm>
#include <array>

namespace dpc::driver {
namespace {

enum class Part { Both, Ours, Before, Theirs, Broken };

// What a line begins. Git's markers are of seven characters, then a space or nothing more.
char MarkerOf(std::string_view line) {
  static constexpr std::size_t kSize = 7;
  while (line.ends_with('\n') || line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  const bool marker = line.size() >= kSize && std::string_view("<|=>").find(line[0]) != std::string_view::npos &&
                      line.substr(0, kSize) == std::string(kSize, line[0]) &&
                      (line.size() == kSize || line[kSize] == ' ');
  return marker ? line[0] : '\0';
}

Part After(Part part, char marker) {
  switch (marker) {
    case '<':
      return part == Part::Both ? Part::Ours : Part::Broken;
    case '|':
      return part == Part::Ours ? Part::Before : Part::Broken;
    case '=':
      return part == Part::Ours || part == Part::Before ? Part::Theirs : Part::Broken;
    default:
      return part == Part::Theirs ? Part::Both : Part::Broken;
  }
}

}  // namespace

std::vector<std::string> SidesOf(std::string_view text) {
  std::string ours;
  std::string theirs;
  Part part = Part::Both;
  bool found = false;
  for (std::size_t at = 0; at < text.size() && part != Part::Broken;) {
    const std::string_view line = text.substr(at, std::min(text.find('\n', at), text.size() - 1) + 1 - at);
    const char marker = MarkerOf(line);
    found = found || marker != '\0';
    part = marker != '\0' ? After(part, marker) : part;
    if (marker == '\0' && (part == Part::Both || part == Part::Ours)) {
      ours += line;
    }
    if (marker == '\0' && (part == Part::Both || part == Part::Theirs)) {
      theirs += line;
    }
    at += line.size();
  }
  return found && part == Part::Both ? std::vector<std::string>{ours, theirs}
                                     : std::vector<std::string>{std::string(text)};
}

}  // namespace dpc::driver
