// SHA-256 (FIPS 180-4). libgit2 1.5 offers only SHA-1, and a cryptography library would be a dependency for this one
// function.
#pragma once

#include <string>
#include <string_view>

namespace dpc {

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace dpc
