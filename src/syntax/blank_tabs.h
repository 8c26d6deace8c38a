// Tabs in lines that hold nothing, or only a comment. Private to `syntax`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dpc::syntax {

// YAML 1.2 allows tabs there (separation lines); yaml-cpp refuses some of them after a text without quotes. The text
// with spaces in their place, byte for byte as long; nothing when there are none. Lines that a block text (`|`, `>`)
// may own stay as they are: their tabs are content.
std::optional<std::string> WithoutBlankTabs(std::string_view text);

}  // namespace dpc::syntax
