// SHA-256 (FIPS 180-4), by the processor's own instructions where it has any.
#pragma once

#include <string>
#include <string_view>

namespace dpc {

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace dpc
