// What a merge with conflicts leaves in a file: both sides, with markers around them. Private to `driver`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dpc::driver {

// The text as each side of the merge would have it, ours first; the text itself where there is no whole conflict in it.
std::vector<std::string> SidesOf(std::string_view text);

}  // namespace dpc::driver
