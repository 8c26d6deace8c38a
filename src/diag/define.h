// Turns the blocks of a folder's diagnostics.def into constants. A folder's diagnostics.h reads:
//
//   #include "diag/define.h"
//   namespace dpc::resolve {
//   #define DPC_DIAGNOSTIC DPC_DEFINE_DIAGNOSTIC
//   #include "resolve/diagnostics.def"
//   #undef DPC_DIAGNOSTIC
//   }
//
// which gives `kUnresolvedPort`, whose type knows the number of holes, so that a wrong number of arguments does not
// compile.
#pragma once

#include <algorithm>

#include "diag/diagnostic.h"

namespace dpc {

// N: the number of holes of the message.
template <int N>
struct DiagnosticDef {
  DiagnosticInfo info;
};

// One more than the highest hole number of `message`; all below it must occur.
consteval int CountHoles(std::string_view message) {
  int holes = 0;
  for (std::size_t i = 0; i + 2 < message.size(); ++i) {
    if (message[i] == '{' && message[i + 2] == '}') {
      holes = std::max(holes, message[i + 1] - '0' + 1);
    }
  }
  for (int hole = 0; hole < holes; ++hole) {
    const char text[] = {'{', static_cast<char>('0' + hole), '}'};
    if (message.find(std::string_view(text, 3)) == std::string_view::npos) {
      throw "a hole of the message is missing";
    }
  }
  return holes;
}

}  // namespace dpc

#define DPC_DEFINE_DIAGNOSTIC(number, name, severity, message, page)            \
  inline constexpr ::dpc::DiagnosticDef<::dpc::CountHoles(message)> k##name = { \
      {"DPC" #number, #name, ::dpc::Severity::severity, message, page}};
