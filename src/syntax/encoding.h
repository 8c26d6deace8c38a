// Which encoding the bytes of a file are in, where it is not UTF-8. Private to `syntax`.
#pragma once

#include <string_view>

namespace dpc::syntax {

// "UTF-16", "UTF-32", by the byte-order mark or by where the zero bytes stand; "" when it may be UTF-8.
std::string_view OtherEncoding(std::string_view bytes);

}  // namespace dpc::syntax
