#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace dpc {

void FailCheck(const char* file, int line, std::string_view condition, std::string_view reason) {
  std::fprintf(stderr, "dpc: internal error at %s:%d: %.*s (%.*s)\n", file, line, static_cast<int>(reason.size()),
               reason.data(), static_cast<int>(condition.size()), condition.data());
  std::abort();
}

}  // namespace dpc
