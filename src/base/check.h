// DPC_CHECK: an invariant of ours. A false one is a bug in dpc: it says where and why, and aborts.
// Never reachable from user input; if a fuzzer reaches one, it becomes a diagnostic.
#pragma once

#include <string_view>

namespace dpc {

[[noreturn]] void FailCheck(const char* file, int line, std::string_view condition, std::string_view reason);

}  // namespace dpc

#define DPC_CHECK(condition, reason)                            \
  do {                                                          \
    if (!(condition)) {                                         \
      ::dpc::FailCheck(__FILE__, __LINE__, #condition, reason); \
    }                                                           \
  } while (false)
