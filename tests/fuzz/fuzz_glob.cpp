// A pattern and a path, split at the first line break.
#include <cstdint>
#include <string_view>

#include "driver/glob.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::size_t kLongest = 4096;
  const std::string_view text(reinterpret_cast<const char*>(data), size < kLongest ? size : kLongest);
  const std::size_t split = text.find('\n');
  if (split != std::string_view::npos) {
    dpc::driver::Glob(text.substr(0, split)).Matches(text.substr(split + 1));
  }
  return 0;
}
